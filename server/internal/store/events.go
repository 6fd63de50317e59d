package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Event is an event as it is listed.
type Event struct {
	ID      int64
	Vehicle fleet.VehicleID // where the device was at that time; 0 if in none
	fleet.Event
}

// EventQuery asks for events.
type EventQuery struct {
	Device   fleet.DeviceID // 0: of all
	From, To time.Time      // From ≤ time < To; zero: open
	Before   int64          // only those with a lower id; 0: from the newest on
	Limit    int            // 0 means 100, at most 1000
}

// Events lists a scope's events, the newest first.
func (s *Store) Events(ctx context.Context, of fleet.Scope, q EventQuery) ([]Event, error) {
	return lookMany(ctx, s, of, "events", scanEvent,
		`SELECT e.id, coalesce(i.vehicle_id, 0), e.device_id, e.time, e.kind, e.text
		FROM drover.events e LEFT JOIN drover.installations i ON i.device_id = e.device_id AND i.during @> e.time
		WHERE ($1::int4 = 0 OR e.device_id = $1)
		AND ($2::timestamptz IS NULL OR e.time >= $2) AND ($3::timestamptz IS NULL OR e.time < $3)
		AND ($4::int8 = 0 OR e.id < $4) ORDER BY e.id DESC LIMIT $5`,
		q.Device, orNull(&q.From), orNull(&q.To), q.Before, Page{Limit: q.Limit}.limit())
}

// VehicleEvents lists what happened to the devices of a vehicle while they were in it, the newest first; Search of p is
// not looked at.
func (s *Store) VehicleEvents(ctx context.Context, of fleet.Scope, vehicle fleet.VehicleID, p Page) (
	list []Event, next string, err error,
) {
	key, id, err := p.after()
	if err != nil {
		return nil, "", err
	}
	var before *time.Time
	if key != nil {
		at, err := time.Parse(time.RFC3339Nano, *key)
		if err != nil {
			return nil, "", badCursor()
		}
		before = &at
	}
	err = s.look(ctx, of, "events", func(tx pgx.Tx) error {
		if err := hasVehicle(ctx, tx, vehicle); err != nil {
			return err
		}
		list, err = many(ctx, tx, "events", scanEvent, `SELECT e.id, i.vehicle_id, e.device_id, e.time, e.kind, e.text
			FROM drover.installations i JOIN drover.events e ON e.device_id = i.device_id AND (i.during @> e.time) IS TRUE
			WHERE i.vehicle_id = $1 AND ($2::timestamptz IS NULL OR (e.time, e.id) < ($2, $3::int8))
			ORDER BY e.time DESC, e.id DESC LIMIT $4`, vehicle, before, id, p.limit()+1)
		return err
	})
	if n := p.limit(); err == nil && len(list) > n {
		list = list[:n]
		next = cursor(list[n-1].Time.Format(time.RFC3339Nano), list[n-1].ID)
	}
	return list, next, err
}

func scanEvent(row pgx.CollectableRow) (e Event, err error) {
	err = row.Scan(&e.ID, &e.Vehicle, &e.Device, &e.Time, &e.Kind, &e.Text)
	e.Time = e.Time.UTC()
	return e, err
}

// Setting is a value that is kept under a key; ErrNotFound.
func (s *Store) Setting(ctx context.Context, key string) (value string, err error) {
	err = s.pool.QueryRow(ctx, `SELECT value FROM drover.settings WHERE key = $1`, key).Scan(&value)
	return value, told(err, "setting "+key)
}

// SetSetting keeps a value under a key.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	_, err := s.pool.Exec(ctx, `INSERT INTO drover.settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return told(err, "setting "+key)
}
