package sms

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"drover/modem"
	"drover/server/internal/fleet"
)

// signalEvery is how often a point of each modem's history is stored, besides those of changes.
const signalEvery = 5 * time.Minute

// ModemChanged is for modem.Config.Changed: it never blocks. Between two looks of the watch only the latest state
// counts.
func (d *Desk) ModemChanged(s modem.State) {
	d.mu.Lock()
	d.states[s.Name] = s
	d.mu.Unlock()
	signal(d.noticed)
	signal(d.wake)
}

// watch stores how modems are. Only its goroutine uses it.
type watch struct {
	*Desk
	saved   map[string]modem.State // as they were stored last
	pointed map[string]time.Time   // when a point of the history was
	low     map[string]bool        // the balance is under the alarm, by ICCID
}

func (d *Desk) runWatch(ctx context.Context) error {
	w := &watch{Desk: d, saved: map[string]modem.State{}, pointed: map[string]time.Time{}, low: map[string]bool{}}
	for !w.resume(ctx) {
		if !pause(ctx, time.Second) {
			return ctx.Err()
		}
	}
	tick := time.NewTicker(d.Every)
	defer tick.Stop()
	for {
		select {
		case <-d.noticed:
			d.mu.Lock()
			states := slices.Collect(maps.Values(d.states))
			clear(d.states)
			d.mu.Unlock()
			w.look(ctx, states, false)
		case <-tick.C:
			w.look(ctx, d.Pool.States(), true)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// resume pauses what a person paused before the server was started anew; false if the database does not answer.
func (w *watch) resume(ctx context.Context) bool {
	rows, err := w.Store.Modems(ctx)
	if err != nil {
		w.failed(ctx, err, "the modems' states could not be read")
		return false
	}
	for _, row := range rows {
		if row.Paused && w.courier(row.Name) != nil {
			if err := w.Pool.Pause(row.Name, true); err != nil {
				w.failed(ctx, err, "a modem could not be paused")
			}
		}
	}
	w.look(ctx, w.Pool.States(), true)
	return true
}

// look stores states: what matters at once, with a point of the history; the rest when all are looked at anyway.
func (w *watch) look(ctx context.Context, states []modem.State, all bool) {
	now := time.Now().UTC()
	for _, s := range states {
		before, known := w.saved[s.Name]
		turned := !known || turnedFrom(before, s)
		low := w.fellLow(&s)
		if !turned && !all && low == "" {
			continue
		}
		var point *fleet.ModemPoint
		if turned || low != "" || now.Sub(w.pointed[s.Name]) >= signalEvery {
			point = pointOf(s, now, low)
		}
		if err := w.save(ctx, s, point, !known || otherSIM(before, s)); err != nil {
			w.failed(ctx, err, "a modem's state could not be stored")
			continue // the next look tries again
		}
		w.saved[s.Name] = s
		if point != nil {
			w.pointed[s.Name] = now
		}
		if turned {
			w.say(s)
		}
	}
}

func (w *watch) save(ctx context.Context, s modem.State, point *fleet.ModemPoint, sim bool) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := w.Store.SaveModem(ctx, s.Name, text, point); err != nil {
		return err
	}
	if sim && (s.ICCID != "" || s.Phase == modem.SIMError) {
		return w.Store.SeeModemSIM(ctx, s.Name, s.ICCID, s.IMSI, s.MSISDN, s.Operator)
	}
	return nil
}

// turnedFrom says whether a change is worth a point of the history at once.
func turnedFrom(before, s modem.State) bool {
	return before.Phase != s.Phase || before.Reason != s.Reason || before.ICCID != s.ICCID ||
		before.Registration != s.Registration || before.PLMN != s.PLMN
}

func otherSIM(before, s modem.State) bool {
	return before.ICCID != s.ICCID || before.IMSI != s.IMSI || before.MSISDN != s.MSISDN || before.Operator != s.Operator
}

func pointOf(s modem.State, now time.Time, low string) *fleet.ModemPoint {
	p := &fleet.ModemPoint{
		Modem: s.Name, Time: now, Phase: string(s.Phase), Reason: s.Reason, ICCID: s.ICCID,
		Registration: string(s.Registration), PLMN: s.PLMN, SignalDBM: s.SignalDBM, Temperature: s.Temperature,
		StorageUsed: &s.StorageUsed, Balance: s.Balance,
	}
	if low != "" {
		p.Reason = low
	}
	return p
}

// fellLow says in words that a balance has just fallen under the alarm.
func (w *watch) fellLow(s *modem.State) string {
	if s.Balance == nil {
		return ""
	}
	was, is := w.low[s.ICCID], w.isLow(s)
	w.low[s.ICCID] = is
	if was || !is {
		return ""
	}
	words := fmt.Sprintf("the balance of the SIM is %.2f %s, under the alarm of %.2f",
		*s.Balance, s.Currency, w.BalanceAlarm)
	w.Log.Warn().Str("modem", s.Name).Str("iccid", s.ICCID).Msg(words)
	return words
}

// say writes a change into the log: loudly what needs a person.
func (w *watch) say(s modem.State) {
	level := zerolog.InfoLevel
	if slices.Contains([]modem.Phase{modem.Blocked, modem.Hung, modem.SIMError, modem.PUK, modem.Barred}, s.Phase) {
		level = zerolog.WarnLevel
	}
	w.Log.WithLevel(level).Str("modem", s.Name).Str("phase", string(s.Phase)).Str("why", s.Reason).Str("iccid", s.ICCID).
		Str("network", s.Operator).Msg("modem")
}
