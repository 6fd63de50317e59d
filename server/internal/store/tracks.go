package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// MaxZoom is the deepest zoom of Track's tiles.
const MaxZoom = 20

// Tile is one of a map: 0 ≤ X, Y < 2^Zoom, counted from the north-west.
type Tile struct{ Zoom, X, Y int }

const (
	hoursZoom = 13 // from here on lines are those of the hours
	fixesZoom = 12 // from here on there is a layer of fixes
	fewHours  = 100
)

// Tracks draws where vehicles (nil: all) were from ≤ time < to, as a Mapbox Vector Tile with the layer tracks (lines
// with vehicle and speed, km/h, -1 if not said) and, from zoom 12 on, the layer fixes (points with vehicle, time in s
// since 1970, speed in km/h and course in degrees, -1 if not said), unless the vehicles were near for more than a
// hundred hours. It is empty where nobody was. See the package's doc, "Tracks".
func (s *Store) Tracks(ctx context.Context, of fleet.Scope, t Tile, vehicles []fleet.VehicleID, from, to time.Time) (
	tile []byte, err error,
) {
	if t.Zoom < 0 || t.Zoom > MaxZoom || min(t.X, t.Y) < 0 || max(t.X, t.Y) >= 1<<t.Zoom {
		return nil, fmt.Errorf("%w tile %d/%d/%d: zooms are 0 to %d, x and y 0 to 2^zoom - 1",
			ErrInvalid, t.Zoom, t.X, t.Y, MaxZoom)
	}
	err = s.look(ctx, of, "tracks", func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SET LOCAL work_mem = '64MB'`); err != nil {
			return err
		}
		lines := tracksOfHours
		if t.Zoom < hoursZoom {
			lines = tracksOfDays(t.Zoom)
		}
		args := []any{t.Zoom, t.X, t.Y, from, to, vehicles}
		var hours int
		var first, last time.Time
		err := tx.QueryRow(ctx, lines, args...).Scan(&tile, &hours, &first, &last)
		if err != nil || hours == 0 || hours > fewHours {
			return err
		}
		fixes, err := one(ctx, tx, "tracks", pgx.RowTo[[]byte], fixesOfHours, append(args, first, last.Add(time.Hour))...)
		tile = append(tile, fixes...) // layers one after the other are a tile
		return err
	})
	return tile, err
}
