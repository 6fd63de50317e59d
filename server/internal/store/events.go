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

// Events lists an organization's events, the newest first.
func (s *Store) Events(ctx context.Context, org fleet.OrganizationID, q EventQuery) ([]Event, error) {
	scan := func(row pgx.CollectableRow) (e Event, err error) {
		err = row.Scan(&e.ID, &e.Vehicle, &e.Device, &e.Time, &e.Kind, &e.Text)
		e.Time = e.Time.UTC()
		return e, err
	}
	return many(ctx, s.pool, "events", scan,
		`SELECT e.id, coalesce(i.vehicle_id, 0), e.device_id, e.time, e.kind, e.text
		FROM drover.events e LEFT JOIN drover.installations i ON i.device_id = e.device_id AND i.during @> e.time
		WHERE e.organization_id = $1 AND ($2::int4 = 0 OR e.device_id = $2)
		AND ($3::timestamptz IS NULL OR e.time >= $3) AND ($4::timestamptz IS NULL OR e.time < $4)
		AND ($5::int8 = 0 OR e.id < $5) ORDER BY e.id DESC LIMIT $6`,
		org, q.Device, orNull(&q.From), orNull(&q.To), q.Before, Page{Limit: q.Limit}.limit())
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
