package store

import (
	"context"
	"time"
)

// knocksKept is how long a stranger who does not come back is listed.
const knocksKept = 90 * 24 * time.Hour

// Tend makes the next days' partitions, drops what is older than the retention, removes for good what was deleted
// long ago, forgets expired sessions, old answers, knocks, SMS and the past of modems, and draws the tracks of what was
// stored: now, and every ten minutes until ctx ends.
func (s *Store) Tend(ctx context.Context) {
	every := time.NewTicker(10 * time.Minute)
	defer every.Stop()
	for {
		s.tidy(ctx, time.Now())
		if _, err := s.DrawTracks(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn().Err(err).Msg("not all tracks could be drawn; the next time is in ten minutes")
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
	}
}

func (s *Store) tidy(ctx context.Context, now time.Time) {
	if err := s.makeAhead(ctx, now); err != nil && ctx.Err() == nil {
		s.log.Warn().Err(err).Msg("the partitions of the next days are not made yet")
	}
	dropped, err := s.dropOld(ctx, now)
	if dropped > 0 {
		s.log.Info().Int("days", dropped).Msg("dropped the fixes of days that are older than the retention")
	}
	if err == nil {
		_, err = s.pool.Exec(ctx, `DELETE FROM drover.sessions WHERE expires < now()`)
	}
	if err == nil {
		_, err = s.pool.Exec(ctx, `DELETE FROM drover.events WHERE time < $1`, now.Add(-s.retention))
	}
	if err == nil {
		err = s.forgetTracks(ctx, now.Add(-s.retention))
	}
	if err == nil {
		_, err = s.pool.Exec(ctx, `DELETE FROM drover.audit WHERE time < $1`, now.Add(-s.retention))
	}
	if err == nil {
		_, err = s.pool.Exec(ctx, `DELETE FROM drover.idempotency_keys WHERE created < $1`, now.Add(-keysKept))
	}
	if err == nil {
		err = s.purge(ctx, now)
	}
	if err == nil {
		err = s.forgetKnocks(ctx, now.Add(-knocksKept))
	}
	if err == nil {
		err = s.trimMisreads(ctx)
	}
	if err == nil {
		err = s.forgetSIMs(ctx, now.Add(-s.retention))
	}
	if err == nil {
		err = s.forgetSMS(ctx, now)
	}
	if err == nil {
		err = s.forgetModemHistory(ctx, now)
	}
	if err != nil && ctx.Err() == nil {
		s.log.Warn().Err(err).Msg("what is out of date could not all be removed; the next time is in ten minutes")
	}
}
