package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// installation is a device in a vehicle; From and Until are cut to what was asked for.
type installation struct {
	device      int32
	from, until time.Time
}

// Fixes gives a vehicle's fixes from ≤ time < to, by time, at most limit (0: all). They are those of its devices while
// they were in it. They are read a day at a time, so that memory does not grow with the span. fn keeps nothing but
// Attributes of what it is given.
func (s *Store) Fixes(ctx context.Context, of fleet.Scope, vehicle fleet.VehicleID,
	from, to time.Time, limit int, fn func(*fleet.Fix) error,
) error {
	var installed []installation
	err := s.look(ctx, of, "vehicle", func(tx pgx.Tx) (err error) {
		if err := hasVehicle(ctx, tx, vehicle); err != nil {
			return err
		}
		installed, err = installations(ctx, tx, vehicle, from, to)
		return err
	})
	if err != nil || len(installed) == 0 {
		return err
	}
	days, err := s.days(ctx)
	if err != nil {
		return told(err, "fixes")
	}
	left := limit
	for _, day := range days {
		start, end := later(startOf(day), from), earlier(startOf(day+1), to)
		if !start.Before(end) {
			continue
		}
		n := 0
		// A transaction a day, so that none keeps old rows from being removed.
		err := s.look(ctx, of, "fixes", func(tx pgx.Tx) (err error) {
			n, err = s.dayFixes(ctx, tx, installed, start, end, left, fn)
			return err
		})
		if err != nil {
			return err
		}
		if left -= n; limit > 0 && left <= 0 {
			return nil
		}
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// hasVehicle is ErrNotFound for a vehicle that is not there.
func hasVehicle(ctx context.Context, tx pgx.Tx, id fleet.VehicleID) error {
	_, err := one(ctx, tx, "vehicle", pgx.RowTo[int32],
		`SELECT id FROM drover.vehicles WHERE id = $1 AND deleted IS NULL`, id)
	return err
}

func installations(ctx context.Context, tx pgx.Tx, vehicle fleet.VehicleID, from, to time.Time) (
	[]installation, error,
) {
	scan := func(row pgx.CollectableRow) (i installation, err error) {
		err = row.Scan(&i.device, &i.from, &i.until)
		return i, err
	}
	return many(ctx, tx, "installations", scan,
		`SELECT device_id, greatest(lower(during), $2), least(upper(during), $3)
		FROM drover.installations WHERE vehicle_id = $1 AND during && tstzrange($2, $3)`, vehicle, from, later(to, from))
}

// dayFixes gives the fixes of a span within one partition. left limits them, unless it is 0.
func (s *Store) dayFixes(ctx context.Context, tx pgx.Tx, installed []installation, start, end time.Time,
	left int, fn func(*fleet.Fix) error,
) (n int, err error) {
	var devices []int32
	var from, until []time.Time
	for _, i := range installed {
		if f, u := later(i.from, start), earlier(i.until, end); f.Before(u) {
			devices, from, until = append(devices, i.device), append(from, f), append(until, u)
		}
	}
	if len(devices) == 0 {
		return 0, nil
	}
	var limit *int
	if left > 0 {
		limit = &left
	}
	rows, err := tx.Query(ctx, `SELECT f.time, f.device_id, f.received, f.latitude, f.longitude,
			f.altitude, f.speed, f.course, f.flags, f.data
		FROM unnest($1::int4[], $2::timestamptz[], $3::timestamptz[]) AS i (device_id, start, stop),
			LATERAL (SELECT * FROM drover.visible_fixes f WHERE f.device_id = i.device_id
				AND f.time >= $4 AND f.time < $5 AND f.time >= i.start AND f.time < i.stop
				AND `+bin("f.time")+` BETWEEN `+bin("i.start")+` AND `+bin("i.stop")+` OFFSET 0) f
		ORDER BY f.time LIMIT $6`, devices, from, until, start, end, limit)
	if err != nil {
		return 0, told(err, "fixes")
	}
	defer rows.Close()
	return s.eachFix(ctx, rows, fn)
}

func (s *Store) eachFix(ctx context.Context, rows pgx.Rows, fn func(*fleet.Fix) error) (n int, err error) {
	read := s.reading()
	var r row
	var at time.Time
	var data []byte
	var f fleet.Fix
	for rows.Next() {
		err := rows.Scan(&at, &r.device, &r.received, &r.latitude, &r.longitude, &r.altitude, &r.speed, &r.course, &r.flags,
			&data)
		if err != nil {
			return n, told(err, "fixes")
		}
		r.time = microseconds(at)
		err = read.retry(ctx, func(n *names) error {
			f.Attributes = nil
			r.fix(&f)
			d := decoder{names: n, data: data}
			return d.position(&f.Position)
		})
		if err != nil {
			return n, fmt.Errorf("a fix of device %d at %v: %w", r.device, at.UTC(), err)
		}
		if err := fn(&f); err != nil {
			return n, err
		}
		n++
	}
	return n, told(rows.Err(), "fixes")
}
