package modems

import "time"

// waitingLimit is how many messages wait for one number; more fail.
const waitingLimit = 1000

// swapWait is how long a report that shall be overtaken waits for the next one.
const swapWait = 5 * time.Second

// parcel is what is handed to a number: a message to its recipient, or its report to the sender.
type parcel struct {
	*message
	report bool
	status byte
	done   time.Time
}

// owner is the number that it is for.
func (p parcel) owner() string {
	if p.report {
		return p.from
	}
	return p.to
}

// outcome is what became of handing over.
type outcome int

const (
	taken  outcome = iota
	absent         // not now: it waits until the network hears that it can be
)

// subscriber is who has a number. Off is guarded by the network's lock, the rest belongs to the network's goroutine.
type subscriber struct {
	phone Phone
	modem *Modem
	off   bool

	waiting []parcel
	parts   map[string]*assembly
	heard   map[string]*window
	behind  *parcel // a report that waits for the next one to overtake it
}

// hand tries to hand a parcel over. It runs on the network's goroutine.
func (n *Network) hand(p parcel) {
	s := n.subscriber(p.owner())
	if s == nil {
		n.fail(p, Failed, StatusNotObtainable)
		return
	}
	if len(s.waiting) == 0 && n.give(s, p) == taken {
		return
	}
	if len(s.waiting) >= waitingLimit {
		n.fail(p, Failed, StatusCongestion)
		return
	}
	s.waiting = append(s.waiting, p)
	n.agenda.after(time.Until(p.expires), func() { n.expire(p) })
}

// give hands a parcel to who is there.
func (n *Network) give(s *subscriber, p parcel) outcome {
	n.mu.Lock()
	off := s.off
	n.mu.Unlock()
	if off {
		return absent
	}
	if s.modem != nil {
		if o := s.modem.receive(p); o != taken {
			return o
		}
	}
	e := p.entry(Delivered, s.modem)
	if p.report {
		e.Kind, e.Status = Reported, p.status
		n.ledger.note(e)
		return taken
	}
	p.message.done = true
	n.ledger.note(e)
	if p.message.report && p.sender != nil {
		n.report(p.message, StatusReceived)
	}
	if s.phone != nil {
		n.ring(s, p)
	}
	return taken
}

// present is told that a number may be reached now. It may be called with a modem's lock held.
func (n *Network) present(msisdn string) {
	n.agenda.after(0, func() {
		s := n.subscriber(msisdn)
		if s == nil {
			return
		}
		for len(s.waiting) > 0 {
			if p := s.waiting[0]; !p.over() && n.give(s, p) != taken {
				return
			}
			s.waiting = s.waiting[1:]
		}
	})
}

// over says that a parcel need not be handed over any more.
func (p parcel) over() bool { return !p.report && p.message.done }

// expire ends the wait for a number that was not reached in time.
func (n *Network) expire(p parcel) {
	if !p.over() && !p.report {
		n.fail(p, Expired, StatusExpired)
	}
}

func (n *Network) fail(p parcel, k Kind, status byte) {
	if p.report {
		return // nobody reports reports
	}
	p.message.done = true
	n.ledger.note(p.entry(k, nil))
	if p.message.report && p.sender != nil {
		n.report(p.message, status)
	}
}

// report sends a delivery report to the modem that asked for it, as well as its faults let it.
func (n *Network) report(m *message, status byte) {
	plan := m.sender.planReport()
	if plan.lost {
		return
	}
	delay := n.config.ReportDelay + plan.late
	if plan.temporary {
		n.reportAfter(delay, m, StatusTrying, false)
		delay += plan.later
	}
	n.reportAfter(delay, m, status, plan.swap)
}

func (n *Network) reportAfter(d time.Duration, m *message, status byte, swap bool) {
	n.agenda.after(d, func() {
		p := parcel{message: m, report: true, status: status, done: time.Now()}
		s := n.subscriber(m.from)
		if s == nil {
			return
		}
		if swap && s.behind == nil {
			s.behind = &p
			n.agenda.after(swapWait, func() { n.release(s, &p) })
			return
		}
		n.hand(p)
		n.release(s, s.behind)
	})
}

// release hands over the report that was to be overtaken, unless that is done.
func (n *Network) release(s *subscriber, p *parcel) {
	if p != nil && s.behind == p {
		s.behind = nil
		n.hand(*p)
	}
}
