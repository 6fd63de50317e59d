package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// LoadRegistry reads all devices that are not retired, and all vehicles. unseal opens a password; nil: they stay
// sealed.
func (s *Store) LoadRegistry(ctx context.Context, unseal func(*fleet.Device)) (*fleet.Snapshot, error) {
	devices, err := many(ctx, s.pool, "devices", scanDevice,
		`SELECT `+deviceColumns+fromDevices+` WHERE d.retired IS NULL`)
	if err != nil {
		return nil, err
	}
	for i := range devices {
		if unseal != nil && devices[i].Sealed != nil {
			unseal(&devices[i])
		}
	}
	vehicles, err := many(ctx, s.pool, "vehicles", scanVehicle,
		`SELECT `+vehicleColumns+fromVehicles+` WHERE v.deleted IS NULL`)
	if err != nil {
		return nil, err
	}
	return fleet.NewSnapshot(devices, vehicles), nil
}

// WatchRegistry calls changed after each change of devices or vehicles, by whomever, and once after each time it had to
// connect, since it may have missed some. It returns when ctx ends.
func (s *Store) WatchRegistry(ctx context.Context, changed func()) {
	for ctx.Err() == nil {
		err := s.listen(ctx, changed)
		if ctx.Err() != nil {
			return
		}
		s.log.Warn().Err(err).Msg("listening for changes of the registry ended; connecting again")
		pause(ctx, time.Second)
	}
}

// listen has a connection of its own, so that it takes none from the pool for good.
func (s *Store) listen(ctx context.Context, changed func()) error {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer hangUp(ctx, conn)
	if _, err := conn.Exec(ctx, `LISTEN drover_registry`); err != nil {
		return err
	}
	for {
		changed()
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
	}
}

// pause waits, but no longer than ctx.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
