package sms

import (
	"context"
	"time"

	"drover/server/internal/fleet"
)

// heardPatience is how long it is tried to act on a message.
const heardPatience = day

// runTeller gives SMS of devices to who acts on them, the oldest first, and looks after parts that wait.
func (d *Desk) runTeller(ctx context.Context) error {
	tick := time.NewTicker(d.Every)
	defer tick.Stop()
	for {
		if err := d.hear(ctx); err != nil {
			d.failed(ctx, err, "SMS that came could not be acted on")
		}
		if err := d.fileLate(ctx, time.Now()); err != nil {
			d.failed(ctx, err, "parts of SMS could not be looked after")
		}
		select {
		case <-d.heard:
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// hear gives every message that was not acted on once; one that fails is not in the way of others.
func (d *Desk) hear(ctx context.Context) error {
	var after fleet.SMSID
	for {
		list, err := d.Store.UnheardSMS(ctx, after)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, m := range list {
			after = m.ID
			reason := m.Reason
			if d.Heard != nil {
				if err := d.Heard(ctx, m); ctx.Err() != nil {
					return ctx.Err()
				} else if err != nil {
					d.Log.Warn().Err(err).Int64("sms", int64(m.ID)).Msg("an SMS could not be acted on; it is tried again")
					if time.Since(m.Created) < heardPatience {
						continue
					}
					reason = "nothing could be done with it: " + err.Error()
				}
			}
			if err := d.Store.HeardSMS(ctx, m.ID, reason); err != nil {
				return err
			}
		}
	}
}
