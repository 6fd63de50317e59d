package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// WatchNotices tells of each command, SMS, … that changed, by whomever, until ctx ends. After it had to connect again
// it tells the zero Notice: some may have been missed.
func (s *Store) WatchNotices(ctx context.Context, tell func(fleet.Notice)) {
	for again := false; ctx.Err() == nil; again = true {
		err := s.hearNotices(ctx, again, tell)
		if ctx.Err() != nil {
			return
		}
		s.log.Warn().Err(err).Msg("listening for notices ended; connecting again")
		pause(ctx, time.Second)
	}
}

// hearNotices has a connection of its own, so that it takes none from the pool for good.
func (s *Store) hearNotices(ctx context.Context, again bool, tell func(fleet.Notice)) error {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer hangUp(ctx, conn)
	if _, err := conn.Exec(ctx, `LISTEN drover_notice`); err != nil {
		return err
	}
	if again {
		tell(fleet.Notice{})
	}
	for {
		said, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		var n fleet.Notice
		if json.Unmarshal([]byte(said.Payload), &n) == nil && n.Kind != "" { // otherwise it is not the triggers'
			tell(n)
		}
	}
}
