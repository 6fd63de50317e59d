package sms

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// storePatience is how long the desk waits for the database to take what a modem said, before it tries again.
const storePatience = 20 * time.Second

// courier gives one modem one message after the other.
type courier struct {
	desk   *Desk
	line   modem.Line
	jobs   chan job
	inHand atomic.Int32 // jobs given to it and not done
}

type job struct {
	fleet.SMSWaiting
	iccid string // of the SIM that was chosen
}

// outcome is what became of a job.
type outcome struct {
	job
	courier *courier
	unsent  int  // parts that did not go
	again   bool // it waits again, until Due
}

func (c *courier) run(ctx context.Context) error {
	for {
		select {
		case j := <-c.jobs:
			o := c.deliver(ctx, j)
			select {
			case c.desk.outcomes <- o:
			case <-ctx.Done():
				return ctx.Err()
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// deliver sends a message, part by part, as long as nothing fails.
func (c *courier) deliver(ctx context.Context, j job) outcome {
	d, o := c.desk, outcome{job: j, courier: c, unsent: j.Parts}
	m, numbers, tpdus, err := d.Store.TakeSMS(ctx, j.ID, c.line.Name, j.iccid)
	if errors.Is(err, store.ErrNotFound) {
		return o // cancelled, or expired
	}
	if err != nil {
		d.failed(ctx, err, "an SMS could not be taken from the queue")
		o.again, o.Due = true, time.Now().Add(d.Policy.Unasked)
		return o
	}
	d.tell([]fleet.SMS{m})
	for i, number := range numbers {
		started := time.Now()
		receipt, err := d.Pool.Send(ctx, c.line.Name, modem.PDU{To: m.Peer, TPDU: inTime(tpdus[i], time.Until(m.Expires)),
			Part: modem.Part{Number: number, Total: len(numbers)}})
		part := d.Policy.settle(m, receipt, err, time.Now())
		part.Number = number
		went := part.State == fleet.SMSSent || part.State == fleet.SMSUnknown
		if went {
			o.unsent--
			d.metrics.sending.Observe(time.Since(started).Seconds())
		}
		if went && i+1 < len(numbers) {
			part.Next = numbers[i+1]
		}
		if m, err = d.settle(ctx, part); err != nil {
			return o
		}
		d.rematch(ctx, part.ICCID)
		if !went {
			break
		}
	}
	if o.again = m.State == fleet.SMSQueued; o.again {
		o.Due, o.Strict, o.Parts = m.Due, m.Strict, o.unsent
		if m.Strict {
			o.ICCID = m.ICCID
		}
	}
	return o
}

// settle stores what became of a part, however long the database is away: while it is, nothing else can be sent anyway.
// An error says that the server is ending; the next start then makes the part unknown.
func (d *Desk) settle(ctx context.Context, part fleet.SMSPart) (fleet.SMS, error) {
	for {
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), storePatience)
		m, err := d.Store.SettleSMSPart(within, part)
		cancel()
		if err == nil {
			d.tell([]fleet.SMS{m})
			return m, nil
		}
		if errors.Is(err, store.ErrNotFound) { // settled otherwise meanwhile: it took longer than stuck
			return m, err
		}
		d.Log.Warn().Err(err).Msg("what became of an SMS could not be stored; trying again")
		if !pause(ctx, time.Second) {
			return m, err
		}
	}
}
