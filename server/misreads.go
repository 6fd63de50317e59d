package main

import (
	"context"
	"time"

	"drover/protocols/all"
	"drover/server/internal/fleet"
	"drover/server/internal/misread"
	"drover/server/internal/store"
)

// keepMisreads writes down what nobody understood, and tries again what somebody wants tried, every other second until
// ctx ends.
func (d *drover) keepMisreads(ctx context.Context) error {
	reader, err := misread.NewReader(all.Protocols())
	if err != nil {
		return err
	}
	tick := time.NewTicker(knockBookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		pieces, dropped := d.misreads.Take()
		if dropped > 0 {
			d.log.Warn().Int64("pieces", dropped).Msg("more is not understood than can be kept")
		}
		if len(pieces) > 0 {
			if err := d.store.SaveMisreads(ctx, pieces); err != nil && ctx.Err() == nil {
				d.log.Warn().Err(err).Msg("what was not understood could not be kept")
			}
		}
		if err := d.replay(ctx, reader); err != nil && ctx.Err() == nil {
			d.log.Warn().Err(err).Msg("what was not understood could not be tried again")
		}
	}
}

// replay tries what somebody wants tried: what is understood now goes the way of every fix.
func (d *drover) replay(ctx context.Context, reader *misread.Reader) error {
	wanted, err := d.store.Replays(ctx)
	if err != nil {
		return err
	}
	for i := range wanted {
		if err := d.replayOne(ctx, reader, &wanted[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *drover) replayOne(ctx context.Context, reader *misread.Reader, m *store.Misread) error {
	known := func(identity string) (fleet.Device, bool) { return d.registry.Now().Device(identity) }
	meaning, err := reader.Understand(&m.Misread, known)
	records := meaning.Records(&m.Misread, known)
	if err == nil && len(records) == 0 {
		err = errNothingKnown
	}
	if err != nil {
		return d.store.Unasked(ctx, m.ID, err.Error())
	}
	if err := d.journal.Append(ctx, records...); err != nil {
		return err
	}
	return d.store.ForgetMisreads(ctx, []int64{m.ID})
}
