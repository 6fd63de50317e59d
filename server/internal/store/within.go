package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Inside is a vehicle that was in a polygon.
type Inside struct {
	Vehicle     fleet.Vehicle
	First, Last time.Time // of its fixes in there
	Fixes       int64
}

// maxPolygon is the most bytes of GeoJSON that are taken for a polygon.
const maxPolygon = 1 << 20

// Within finds the vehicles that had a valid fix on or inside the polygon (GeoJSON, RFC 7946: Polygon or MultiPolygon)
// from ≤ time < to, by name. ErrInvalid says what is wrong with the polygon, or that it would take longer than 30 s.
func (s *Store) Within(ctx context.Context, of fleet.Scope, geojson []byte, from, to time.Time) (
	[]Inside, error,
) {
	wkb, box, err := s.polygon(ctx, geojson)
	if err != nil {
		return nil, err
	}
	var found []Inside
	err = s.look(ctx, of, "polygon", func(tx pgx.Tx) (err error) {
		if _, err := tx.Exec(ctx, `SET LOCAL statement_timeout = `+withinTimeout); err != nil {
			return err
		}
		found, err = many(ctx, tx, "polygon", scanInside, within, from, to, box[0], box[1], box[2], box[3], wkb)
		return err
	})
	if hasCode(err, codeCanceled) && ctx.Err() == nil {
		return nil, fmt.Errorf("%w span: this would take too long; ask for a shorter time", ErrInvalid)
	}
	return found, err
}

const (
	withinTimeout = `'30s'`

	// The hits are found first, by time and box, whatever the planner believes of the polygon. IS TRUE keeps it from the
	// index of installations by time, in which all of today's overlap.
	within = `WITH hit AS MATERIALIZED (
			SELECT f.device_id, f.time FROM drover.visible_fixes f
			WHERE f.time >= $1 AND f.time < $2 AND f.flags & 3::int2 = 3
			AND f.longitude BETWEEN $3 AND $5 AND f.latitude BETWEEN $4 AND $6
			AND ST_Covers(ST_GeomFromWKB($7, 4326),
				ST_SetSRID(ST_MakePoint(f.longitude / 1e7::float8, f.latitude / 1e7::float8), 4326))
		), inside AS (
			SELECT i.vehicle_id, min(h.time) AS first, max(h.time) AS last, count(*) AS fixes
			FROM hit h JOIN drover.installations i ON i.device_id = h.device_id AND (i.during @> h.time) IS TRUE
			GROUP BY i.vehicle_id
		)
		SELECT ` + vehicleColumns + `, a.first, a.last, a.fixes` + fromVehicles + `
		JOIN inside a ON a.vehicle_id = v.id WHERE v.deleted IS NULL ORDER BY lower(v.name), v.id`
)

func scanInside(row pgx.CollectableRow) (in Inside, err error) {
	err = row.Scan(append(vehicleTargets(&in.Vehicle), &in.First, &in.Last, &in.Fixes)...)
	in.First, in.Last = in.First.UTC(), in.Last.UTC()
	return in, err
}

// polygon reads GeoJSON into WKB and its box in units of 1e-7 degrees: west, south, east, north.
func (s *Store) polygon(ctx context.Context, geojson []byte) (wkb []byte, box [4]int32, err error) {
	var head struct{ Type string }
	switch {
	case len(geojson) > maxPolygon:
		return nil, box, fmt.Errorf("%w polygon: it has more than %d bytes", ErrInvalid, maxPolygon)
	case json.Unmarshal(geojson, &head) != nil, head.Type != "Polygon" && head.Type != "MultiPolygon":
		return nil, box, fmt.Errorf("%w polygon: it is a GeoJSON Polygon or MultiPolygon", ErrInvalid)
	}
	var valid bool
	var reason string
	var bounds [4]float64
	err = s.pool.QueryRow(ctx, `SELECT ST_AsBinary(g), NOT ST_IsEmpty(g) AND ST_IsValid(g), ST_IsValidReason(g),
		coalesce(ST_XMin(g), 0), coalesce(ST_YMin(g), 0), coalesce(ST_XMax(g), 0), coalesce(ST_YMax(g), 0)
		FROM (SELECT ST_Force2D(ST_SetSRID(ST_GeomFromGeoJSON($1), 4326)) AS g) p`, string(geojson)).
		Scan(&wkb, &valid, &reason, &bounds[0], &bounds[1], &bounds[2], &bounds[3])
	if hasClass(err, classData) || hasClass(err, classInternal) {
		return nil, box, fmt.Errorf("%w polygon: %w", ErrInvalid, err)
	}
	if err != nil {
		return nil, box, told(err, "polygon")
	}
	if !valid {
		return nil, box, fmt.Errorf("%w polygon: %s", ErrInvalid, reason)
	}
	for i, limit := range [4]float64{180, 90, 180, 90} {
		if math.Abs(bounds[i]) > limit {
			return nil, box, fmt.Errorf("%w polygon: longitudes are -180 to 180 and latitudes -90 to 90", ErrInvalid)
		}
		box[i] = int32(math.Round(bounds[i] * degrees))
	}
	return wkb, box, nil
}
