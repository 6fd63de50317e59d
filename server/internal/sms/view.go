package sms

import (
	"time"

	"drover/modem"
)

// View is a modem as people look at it.
type View struct {
	modem.State
	Queue    int // messages that it is to send: those in its hand, and those that only its SIM may or should send
	Counters Counters
	Limits   modem.Limits
	Prefixes []string
	Low      bool // its SIM's balance is under the alarm
}

// Views gives the modems as they are now, in the order of the settings.
func (d *Desk) Views() []View {
	states := map[string]modem.State{}
	for _, s := range d.Pool.States() {
		states[s.Name] = s
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	waiting := map[string]int{}
	for key, l := range d.lanes {
		waiting[key.iccid] += len(l.waiting)
	}
	views := make([]View, 0, len(d.couriers))
	for _, c := range d.couriers {
		s := states[c.line.Name]
		v := View{State: s, Queue: int(c.inHand.Load()), Limits: c.line.Limits, Prefixes: c.line.Prefixes, Low: d.isLow(&s)}
		if s.ICCID != "" {
			v.Queue += waiting[s.ICCID]
		}
		if u := d.usages[s.ICCID]; u != nil {
			v.Counters = u.counters(time.Now())
		}
		views = append(views, v)
	}
	return views
}

func (d *Desk) isLow(s *modem.State) bool {
	return d.BalanceAlarm > 0 && s.Balance != nil && *s.Balance < d.BalanceAlarm
}

// Waiting says how many SMS wait to be sent, or are being sent.
func (d *Desk) Waiting() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.waiting
}
