package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// atReach is how long before the moment a fix may be.
const atReach = `interval '24 hours'`

// FixesAt gives for each of the vehicles (nil: all) the latest fix that says where it was at a moment, at most 24 hours
// old, of each device that was in it. fn keeps nothing but Attributes of what it is given.
func (s *Store) FixesAt(ctx context.Context, of fleet.Scope, at time.Time, vehicles []fleet.VehicleID,
	fn func(fleet.VehicleID, *fleet.Fix) error,
) error {
	return s.look(ctx, of, "fixes", func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, fixesAt, at, vehicles)
		if err != nil {
			return err
		}
		defer rows.Close()
		read := s.reading()
		for rows.Next() {
			var r fixRow
			var vehicle fleet.VehicleID
			if err := rows.Scan(append([]any{&vehicle}, r.targets()...)...); err != nil {
				return err
			}
			var f fleet.Fix
			if err := read.retry(ctx, func(n *names) error { return r.read(n, &f) }); err != nil {
				return fmt.Errorf("a fix of device %d at %v: %w", r.device, r.at.UTC(), err)
			}
			if err := fn(vehicle, &f); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// fixesAt goes back in the index, ten minutes by ten minutes.
var fixesAt = `SELECT i.vehicle_id, f.time, f.device_id, f.received, f.latitude, f.longitude,
		f.altitude, f.speed, f.course, f.flags, f.data
	FROM drover.installations i JOIN drover.vehicles v ON v.id = i.vehicle_id AND v.deleted IS NULL,
	LATERAL (SELECT * FROM drover.visible_fixes f WHERE f.device_id = i.device_id
		AND f.time <= $1 AND f.time > $1::timestamptz - ` + atReach + ` AND (i.during @> f.time) IS TRUE
		AND ` + bin("f.time") + ` BETWEEN ` + bin("$1::timestamptz - "+atReach) + ` AND ` + bin("$1::timestamptz") + `
		AND f.flags & ` + strconv.Itoa(shownFlags) + `::int2 = 3
		ORDER BY ` + bin("f.time") + ` DESC, f.time DESC LIMIT 1) f
	WHERE (i.during @> $1::timestamptz) IS TRUE AND ($2::int4[] IS NULL OR i.vehicle_id = ANY ($2))
	ORDER BY i.vehicle_id, f.time`

// fixRow is a row of fixes under the cursor.
type fixRow struct {
	row
	at   time.Time
	data []byte
}

func (r *fixRow) targets() []any {
	return []any{&r.at, &r.device, &r.received, &r.latitude, &r.longitude, &r.altitude, &r.speed, &r.course, &r.flags,
		&r.data}
}

func (r *fixRow) read(n *names, f *fleet.Fix) error {
	r.time = microseconds(r.at)
	f.Attributes = nil
	r.row.fix(f)
	d := decoder{names: n, data: r.data}
	return d.position(&f.Position)
}
