package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Trace is where a vehicle was, as its tracks have it: all slices have the same length.
type Trace struct {
	Vehicle             fleet.VehicleID
	Time                []int64   // s since 1970, rising
	Latitude, Longitude []float64 // degrees, to about a metre
	Speed               []int32   // km/h; -1 if not said
}

// traceBudget is about how many points Traces gives in all, for a day of traffic.
const traceBudget = 1_500_000

// Traces gives the tracks of vehicles (nil: all) from ≤ time ≤ to, by vehicle, the coarser the more they are;
// between two points a vehicle went straight. What was
// stored in the last minutes may be missing, see the package's doc, "Tracks".
func (s *Store) Traces(ctx context.Context, of fleet.Scope, vehicles []fleet.VehicleID, from, to time.Time,
	fn func(*Trace) error,
) error {
	return s.look(ctx, of, "tracks", func(tx pgx.Tx) error {
		count := len(vehicles)
		if vehicles == nil {
			if err := tx.QueryRow(ctx, `SELECT count(*) FROM drover.vehicles WHERE deleted IS NULL`).Scan(&count); err != nil {
				return err
			}
		}
		rows, err := tx.Query(ctx, traces(count), from, to, vehicles)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var t Trace
			if err := rows.Scan(&t.Vehicle, &t.Time, &t.Latitude, &t.Longitude, &t.Speed); err != nil {
				return err
			}
			if err := fn(&t); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// traces asks for lines that so many vehicles fit the budget with: a day on the road has about as many points.
func traces(vehicles int) string {
	zoom := trackZooms[0]
	for i, points := range []int{60, 160, 450, 900, 1700} { // of trackZooms
		if vehicles*points <= traceBudget {
			zoom = trackZooms[i]
		}
	}
	return fmt.Sprintf(`WITH line AS (
		SELECT i.vehicle_id, d.day, ST_GeomFromTWKB(d.zoom%d) AS line,
			extract(epoch FROM greatest(lower(i.during), $1) - d.day) AS since,
			extract(epoch FROM least(upper(i.during), $2) - d.day) AS until
		FROM drover.installations i JOIN drover.vehicles v ON v.id = i.vehicle_id AND v.deleted IS NULL
		JOIN drover.track_days d ON d.device_id = i.device_id
		WHERE i.during && tstzrange($1, $2) AND d.day > $1::timestamptz - interval '24 hours' AND d.day < $2
		AND ($3::int4[] IS NULL OR i.vehicle_id = ANY ($3))
	), vertex AS (
		SELECT DISTINCT ON (vehicle_id, time) vehicle_id, (extract(epoch FROM day) + ST_M(geom))::int8 AS time,
			degrees(2 * atan(exp(ST_Y(geom) / 6378137)) - pi() / 2) AS latitude,
			degrees(ST_X(geom) / 6378137) AS longitude, ST_Z(geom)::int4 AS speed
		FROM line, ST_DumpPoints(%s) ORDER BY vehicle_id, time
	)
	SELECT vehicle_id, array_agg(time ORDER BY time), array_agg(latitude ORDER BY time),
		array_agg(longitude ORDER BY time), array_agg(speed ORDER BY time)
	FROM vertex GROUP BY vehicle_id ORDER BY vehicle_id`, zoom, cutTrack)
}
