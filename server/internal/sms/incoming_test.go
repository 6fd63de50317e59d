package sms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

func incoming(key, from, text string) modem.Incoming {
	return modem.Incoming{Key: key, Modem: "north", ICCID: iccidOf(0), From: from, Text: text, Sent: time.Now().Add(-time.Minute),
		Arrived: time.Now(), Raw: []byte{4}}
}

func (d *desk) all() []store.SMSRow {
	d.t.Helper()
	list, _, err := d.store.SMS(d.t.Context(), d.scope, store.SMSQuery{}, store.Page{})
	must(d.t, err)
	return list
}

func (d *desk) heardOnes() []fleet.SMS {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]fleet.SMS(nil), d.heard...)
}

func TestOfADevice(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	d.run()
	for range 3 { // as after a crash before it was deleted from the SIM
		must(t, d.Keep(t.Context(), incoming("a", trackerPhone, " Lat:1 ")))
	}
	eventually(t, func() bool { return len(d.heardOnes()) == 1 }, func() string { return "it was not heard" })
	got := d.heardOnes()[0]
	if got.Device != d.device.ID || got.Text != " Lat:1 " || got.Peer != trackerPhone || got.Sent.IsZero() || !got.In {
		t.Errorf("heard %+v", got)
	}
	eventually(t, func() bool { return !d.all()[0].Done.IsZero() }, func() string { return "it is not done" })
	if all := d.all(); len(all) != 1 || all[0].State != fleet.SMSReceived || all[0].Vehicle == 0 {
		t.Errorf("stored %+v", all)
	}
}

func TestQuarantine(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	d.run()
	_, err := d.store.CreateDevice(t.Context(), d.scope, store.NewDevice{Identity: "2", Phone: "+44 7700 900123"})
	must(t, err)
	_, err = d.store.CreateDevice(t.Context(), d.scope, store.NewDevice{Identity: "3", Phone: "0044 7700 900123"})
	must(t, err)
	broken := incoming("raw", "", "")
	broken.Err = "TP-SCTS: not a time"
	for _, m := range []modem.Incoming{
		incoming("stranger", "+33712345678", "salut"), // ends nearly as the tracker's number does
		incoming("name", "Orange", "Votre solde"), incoming("short", "5678", "code"), incoming("two", "+447700900123", "whose?"), broken,
	} {
		must(t, d.Keep(t.Context(), m))
	}
	list, _, err := d.store.SMS(t.Context(), d.scope, store.SMSQuery{Quarantined: true}, store.Page{})
	must(t, err)
	if len(list) != 5 || list[0].State != fleet.SMSUnreadable || len(list[0].Raw) == 0 || list[0].Reason != broken.Err {
		t.Fatalf("the quarantine holds %+v", list)
	}
	for _, m := range list[1:] {
		if m.State != fleet.SMSQuarantined || m.Device != 0 || m.Reason == "" {
			t.Errorf("quarantined: %+v", m)
		}
	}
	must(t, d.store.NoteSMSSeen(t.Context(), d.scope, list[0].ID))
	if left, _, _ := d.store.SMS(t.Context(), d.scope, store.SMSQuery{Quarantined: true}, store.Page{}); len(left) != 4 {
		t.Errorf("%d are left after one was seen", len(left))
	}
	if n := len(d.heardOnes()); n != 0 {
		t.Errorf("%d were acted on", n)
	}
}

func part(key string, number, total int, text string) modem.Incoming {
	in := incoming(key, trackerPhone, text)
	in.Part = modem.Part{Reference: 7, Number: number, Total: total}
	return in
}

// TestParts: in any order, each as often as it comes, and a part that is read again after the whole is there is known.
func TestParts(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	d.run()
	for _, in := range []modem.Incoming{
		part("3", 3, 3, "c"), part("1", 1, 3, "a"), part("1", 1, 3, "a"), part("2", 2, 3, "b"), part("2", 2, 3, "b"), part("3", 3, 3, "c"),
	} {
		must(t, d.Keep(t.Context(), in))
	}
	eventually(t, func() bool { return len(d.heardOnes()) == 1 }, func() string { return "it was not heard" })
	if got := d.heardOnes()[0]; got.Text != "abc" || got.Device != d.device.ID {
		t.Errorf("heard %+v", got)
	}
	must(t, d.Keep(t.Context(), part("4", 1, 2, "only this")))
	d.exec(`UPDATE drover.sms_in_parts SET arrived = now() - interval '25 hours' WHERE key = '4'`)
	eventually(t, func() bool { return len(d.heardOnes()) == 2 }, func() string { return "the late one was not heard" })
	if got := d.heardOnes()[1]; got.Text != "only this…" || got.Reason != "part 2 of 2 is missing" {
		t.Errorf("heard %+v", got)
	}
	if n := len(d.all()); n != 2 {
		t.Errorf("%d were stored", n)
	}
}

// TestHeardAgain: what could not be acted on is tried again, and is not in the way of others; so is what a crash left.
func TestHeardAgain(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	must(t, d.Keep(t.Context(), incoming("bad", trackerPhone, "bad")))
	must(t, d.Keep(t.Context(), incoming("good", trackerPhone, "good")))
	var bad, good atomic.Int32
	d.Heard = func(_ context.Context, m fleet.SMS) error {
		if m.Text == "good" {
			good.Add(1)
			return nil
		}
		if bad.Add(1) < 3 {
			return errors.New("the journal is away")
		}
		return nil
	}
	d.run()
	eventually(t, func() bool {
		for _, m := range d.all() {
			if m.Done.IsZero() {
				return false
			}
		}
		return bad.Load() == 3 && good.Load() == 1
	}, func() string { return fmt.Sprintf("bad %d, good %d", bad.Load(), good.Load()) })
}

// TestFlood: nothing but the database holds what comes.
func TestFlood(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	d.run()
	for i := range 300 {
		must(t, d.Keep(t.Context(), incoming(fmt.Sprint(i), trackerPhone, "flood")))
	}
	eventually(t, func() bool { return len(d.heardOnes()) == 300 }, func() string { return fmt.Sprint(len(d.heardOnes()), " heard") })
}

func TestModemsAreWatched(t *testing.T) {
	pool := newScripted("north", "south")
	d := newDesk(t, pool, north(), south())
	d.exec(`INSERT INTO drover.modems (name, state, seen, paused) VALUES ('south', '{}', now(), true)`)
	pool.set("north", func(s *modem.State) { s.Phase = modem.Probing })
	d.run()
	var points []fleet.ModemPoint
	history := func(n int) {
		t.Helper()
		eventually(t, func() bool {
			var err error
			points, err = d.store.ModemHistory(t.Context(), d.scope, "north", time.Time{}, time.Time{})
			must(t, err)
			return len(points) == n
		}, func() string { return fmt.Sprintf("the history is %+v", points) })
	}
	history(1)
	dbm, balance := -71, 3.5
	d.ModemChanged(pool.set("north", func(s *modem.State) {
		s.Phase, s.SignalDBM, s.Balance, s.Currency, s.MSISDN = modem.Ready, &dbm, &balance, "EUR", "+33600000001"
	}))
	history(2)
	if p := points[1]; p.Phase != "ready" || *p.SignalDBM != dbm || *p.Balance != balance || p.Reason == "" {
		t.Errorf("the last point: %+v", p)
	}
	eventually(t, func() bool {
		rows, err := d.store.Modems(t.Context())
		must(t, err)
		var s modem.State
		return len(rows) == 2 && json.Unmarshal(rows[0].State, &s) == nil && s.Phase == modem.Ready
	}, func() string { return "the state is not stored" })
	var where, number string
	must(t, d.sql.QueryRow(t.Context(), `SELECT modem, msisdn FROM drover.sims WHERE iccid = $1`, iccidOf(0)).Scan(&where, &number))
	if where != "north" || number != "+33600000001" {
		t.Errorf("the SIM is in %q, with number %q", where, number)
	}
	if views := d.Views(); !views[0].Low || views[1].Low {
		t.Errorf("3.50 is not said to be low, or what is not known is: %+v", views)
	}
	if !pool.paused["south"] || pool.paused["north"] {
		t.Errorf("paused are %v", pool.paused)
	}
	d.ModemChanged(pool.set("north", func(s *modem.State) { s.ICCID = iccidOf(3) }))
	eventually(t, func() bool {
		var n int
		must(t, d.sql.QueryRow(t.Context(), `SELECT count(*) FROM drover.sims WHERE modem = 'north' AND iccid = $1`, iccidOf(3)).Scan(&n))
		var old string
		must(t, d.sql.QueryRow(t.Context(), `SELECT modem FROM drover.sims WHERE iccid = $1`, iccidOf(0)).Scan(&old))
		return n == 1 && old == ""
	}, func() string { return "the swap is not seen" })
}

func TestPINsAreRemembered(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	pins := PINs{Store: d.store}
	for _, tried := range []bool{true, true, false} {
		if tried {
			must(t, pins.Note(t.Context(), "893301"))
		} else {
			must(t, pins.Forget(t.Context(), "893301"))
		}
		if got, err := pins.Tried(t.Context(), "893301"); err != nil || got != tried {
			t.Errorf("tried: %v, %v", got, err)
		}
	}
}
