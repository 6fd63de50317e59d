package sms

import (
	"context"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
)

const (
	lookAhead = 64               // messages of a lane that are looked at while the first wait for their numbers' sake
	stuck     = 10 * time.Minute // after which what is being sent is not any more, whoever sent it
)

// postman decides which modem sends what. Only its goroutine takes from the lanes.
type postman struct {
	*Desk
	later  []fleet.SMSWaiting // to be tried again, not before they are due
	looked time.Time          // when time was last looked at
}

func (d *Desk) runPostman(ctx context.Context) error {
	p := &postman{Desk: d}
	for !p.start(ctx) {
		if !pause(ctx, time.Second) {
			return ctx.Err()
		}
	}
	for {
		if time.Since(p.looked) >= d.Every {
			p.overdue(ctx)
		}
		timer := time.NewTimer(time.Until(p.place(ctx, time.Now())))
		select {
		case <-d.wake:
		case o := <-d.outcomes:
			p.took(o)
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		timer.Stop()
	}
}

// start settles what an earlier server left, and reads the queue; false if the database does not answer.
func (p *postman) start(ctx context.Context) bool {
	var names []string
	for _, c := range p.couriers {
		names = append(names, c.line.Name)
	}
	cut, err := p.Store.InterruptedSMS(ctx, names, stuck)
	if err != nil {
		p.failed(ctx, err, "what was being sent could not be looked after")
		return false
	}
	p.tell(cut)
	waiting, err := p.Store.QueuedSMS(ctx)
	if err != nil {
		p.failed(ctx, err, "the queue could not be read")
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range waiting {
		if p.enqueue(w) {
			p.waiting++
		}
	}
	return true
}

// failed logs what the database did not do, unless the server is ending.
func (d *Desk) failed(ctx context.Context, err error, what string) {
	if ctx.Err() == nil {
		d.Log.Warn().Err(err).Msg(what)
	}
}

// tell counts and tells states.
func (d *Desk) tell(changed []fleet.SMS) {
	for _, m := range changed {
		d.metrics.outgoing.WithLabelValues(string(m.State)).Inc()
		d.Changed(m)
	}
}

// overdue looks after what time has settled.
func (p *postman) overdue(ctx context.Context) {
	p.looked = time.Now()
	p.rematchAll(ctx)
	cut, err := p.Store.InterruptedSMS(ctx, nil, stuck)
	p.tell(cut)
	if err == nil {
		var changed []fleet.SMS
		changed, err = p.Store.OverdueSMS(ctx)
		p.tell(changed)
		p.mu.Lock()
		for _, l := range p.lanes {
			p.waiting -= l.prune(p.looked)
		}
		for _, m := range changed {
			if m.State == fleet.SMSQueued && p.enqueue(fleet.SMSWaiting{ID: m.ID, Peer: m.Peer, ICCID: m.ICCID,
				Strict: m.Strict, Priority: m.Priority, Due: m.Due, Expires: m.Expires, Parts: 1}) {
				p.waiting++
			}
		}
		p.metrics.waiting.Set(float64(p.waiting))
		p.mu.Unlock()
	}
	if err != nil {
		p.failed(ctx, err, "SMS that wait could not be looked after")
	}
}

// place gives modems what they can take, and says when to look again at the latest.
func (p *postman) place(ctx context.Context, now time.Time) time.Time {
	seats := p.seats()
	for _, s := range seats {
		p.count(ctx, now, s.ICCID)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	next := p.admit(now)
	for placed := true; placed; {
		placed = false
		for _, l := range p.byHead() {
			at, ok := p.placeOne(l, seats, now)
			if ok {
				placed = true
				break // the heads have changed
			}
			if at.Before(next) {
				next = at
			}
		}
	}
	return next
}

// admit puts what has arrived, and what is due again, into the lanes; d.mu is held.
func (p *postman) admit(now time.Time) (next time.Time) {
	next = p.looked.Add(p.Every)
	coming := append(p.later, p.arrived...)
	p.later, p.arrived = nil, nil
	for _, w := range coming {
		if w.Due.After(now) {
			p.later = append(p.later, w)
			if w.Due.Before(next) {
				next = w.Due
			}
		} else if !p.enqueue(w) {
			p.waiting-- // it was read from the database, too
		}
	}
	return next
}

// placeOne gives a message of a lane to a modem. If there is none, it says when there may be; d.mu is held.
func (p *postman) placeOne(l *lane, seats []modem.Seat, now time.Time) (next time.Time, ok bool) {
	next = now.Add(p.Every)
	for i, w := range l.waiting[:min(len(l.waiting), lookAhead)] {
		open, at, number := p.within(seats, w, now)
		if at.Before(next) {
			next = at
		}
		seat, _, found := modem.Choose(open, modem.Wish{To: w.Peer, Sticky: w.ICCID, Strict: w.Strict})
		if found {
			c := p.courier(seat.Modem)
			if c.inHand.Load() >= inHand {
				return next, false // it tells when it is done
			}
			l.remove(i)
			p.usages[seat.ICCID].add(now, w.Peer, w.Parts)
			c.inHand.Add(1)
			for j := range seats {
				if seats[j].Modem == seat.Modem {
					seats[j].Waiting++
				}
			}
			c.jobs <- job{w, seat.ICCID} // there is room: it has at most inHand
			return next, true
		}
		if !number {
			break
		}
	}
	return next, false
}

// within leaves those of the seats free whose SIMs have room for a message. If there are fewer, it says when the first
// of the others may be, and whether a number is the reason; d.mu is held.
func (p *postman) within(seats []modem.Seat, w fleet.SMSWaiting, now time.Time) (
	open []modem.Seat, next time.Time, number bool,
) {
	next = now.Add(p.Every)
	open = make([]modem.Seat, len(seats))
	copy(open, seats)
	for i := range open {
		s := &open[i]
		u := p.usages[s.ICCID]
		if s.Free = s.Free && u != nil; !s.Free {
			continue
		}
		ok, at, peer := u.room(now, p.courier(s.Modem).line.Limits, w.Peer, w.Parts)
		if s.Free = ok; !ok && at.Before(next) {
			next = at
		}
		number = number || peer
	}
	return open, next, number
}

// count reads what a SIM sent lately, unless that is known.
func (d *Desk) count(ctx context.Context, now time.Time, iccid string) {
	d.mu.Lock()
	known := iccid == "" || d.usages[iccid] != nil
	d.mu.Unlock()
	if known {
		return
	}
	sent, err := d.Store.SentLately(ctx, iccid, now.Add(-day))
	month := 0
	if err == nil {
		month, err = d.Store.CountSent(ctx, iccid, monthOf(now))
	}
	if err != nil {
		d.failed(ctx, err, "what a SIM has sent could not be read; it sends nothing until then")
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.usages[iccid] = newUsage(now, sent, month)
}

func (d *Desk) courier(name string) *courier {
	for _, c := range d.couriers {
		if c.line.Name == name {
			return c
		}
	}
	return nil
}

// took notes what a courier has done with a message.
func (p *postman) took(o outcome) {
	o.courier.inHand.Add(-1)
	p.mu.Lock()
	defer p.mu.Unlock()
	if u := p.usages[o.iccid]; u != nil {
		u.undo(o.unsent)
	}
	if o.again {
		p.later = append(p.later, o.SMSWaiting)
	} else {
		p.waiting--
	}
	p.metrics.waiting.Set(float64(p.waiting))
}

// pause waits, and says whether ctx goes on.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
