package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	drawnAtOnce = 1000      // hours of devices in a transaction
	drawLock    = 744_200_1 // of the advisory lock that lets one process draw
)

// trackZooms are the zooms that track_days has lines for.
var trackZooms = [...]int{4, 6, 8, 10, 12}

// pixel is the width in web Mercator metres of a pixel at a zoom, of tiles 512 pixels wide.
func pixel(zoom int) float64 { return 40_075_016.686 / 512 / float64(int(1)<<zoom) }

// DrawTracks draws the lines of all hours that have fixes which their lines may lack, and returns how many hours it
// drew. Another process that is at it is left to do it.
func (s *Store) DrawTracks(ctx context.Context) (drawn int, err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return 0, told(err, "tracks")
	}
	defer conn.Release()
	var mine bool
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, drawLock).Scan(&mine); err != nil || !mine {
		return 0, told(err, "tracks")
	}
	defer func() {
		_, _ = conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, drawLock) // it ends with the connection
	}()
	rows, err := conn.Query(ctx, `SELECT DISTINCT day FROM drover.track_marks ORDER BY day DESC`)
	if err != nil {
		return 0, told(err, "tracks")
	}
	days, err := pgx.CollectRows(rows, pgx.RowTo[time.Time])
	for _, day := range days {
		if err != nil {
			break
		}
		var n int
		n, err = drawDay(ctx, conn.Conn(), day)
		drawn += n
	}
	return drawn, told(err, "tracks")
}

// marked is some marked hours of a day.
type marked struct {
	devices      []int32
	hours, marks []time.Time
}

func drawDay(ctx context.Context, conn *pgx.Conn, day time.Time) (drawn int, err error) {
	var device int32
	hour := day
	for {
		m, err := marksAfter(ctx, conn, day, device, hour)
		if err != nil || len(m.devices) == 0 {
			return drawn, err
		}
		if err := m.draw(ctx, conn, day); err != nil {
			return drawn, fmt.Errorf("drawing %s: %w", day.UTC().Format(time.DateOnly), err)
		}
		drawn += len(m.devices)
		device, hour = m.devices[len(m.devices)-1], m.hours[len(m.hours)-1]
	}
}

func marksAfter(ctx context.Context, conn *pgx.Conn, day time.Time, device int32, hour time.Time) (
	m marked, err error,
) {
	rows, err := conn.Query(ctx, `SELECT device_id, hour, marked FROM drover.track_marks
		WHERE day = $1 AND (device_id, hour) > ($2, $3) ORDER BY device_id, hour LIMIT $4`, day, device, hour, drawnAtOnce)
	if err != nil {
		return m, err
	}
	var at, made time.Time
	_, err = pgx.ForEachRow(rows, []any{&device, &at, &made}, func() error {
		m.devices, m.hours, m.marks = append(m.devices, device), append(m.hours, at), append(m.marks, made)
		return nil
	})
	return m, err
}

// draw draws the hours and then their days. The marks go afterwards, unless they were renewed or are so young that a
// fix which they stand for may not be visible yet.
func (m *marked) draw(ctx context.Context, conn *pgx.Conn, day time.Time) error {
	next := day.Add(24 * time.Hour)
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SET LOCAL work_mem = '64MB'`); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, drawHours, m.devices, m.hours, day, next); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, drawDays(), m.devices, day, next)
		return err
	})
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `DELETE FROM drover.track_marks t
		USING unnest($1::int4[], $2::timestamptz[], $3::timestamptz[]) AS d (device_id, hour, marked)
		WHERE t.day = $4 AND (t.device_id, t.hour, t.marked) = (d.device_id, d.hour, d.marked)
		AND d.marked < clock_timestamp() - $5::interval`, m.devices, m.hours, m.marks, day, markSettle)
	return err
}

// drawHours makes lines of fixes. Each begins with the last fix before its hour, so that lines meet. It breaks where
// nothing was said for a quarter of an hour, and at the date line.
var drawHours = `WITH due AS MATERIALIZED (
	SELECT device_id, hour FROM unnest($1::int4[], $2::timestamptz[]) AS d (device_id, hour)
), fix AS (
	SELECT d.device_id, d.hour, f.*, f.time < d.hour AND lead(f.time) OVER w < d.hour AS early,
		f.time - lag(f.time) OVER w > interval '15 min' OR abs(f.x - lag(f.x) OVER w) > 20037508 AS breaks
	FROM due d, LATERAL (
		SELECT f.time, ` + mercatorX + ` AS x, ` + mercatorY + ` AS y,
			CASE WHEN f.speed < 0 THEN -1 ELSE f.speed / 10.0::float8 END AS speed
		FROM drover.fixes f WHERE f.device_id = d.device_id AND f.time >= $3::timestamptz - interval '10 min' AND f.time < $4
		AND f.time >= d.hour - interval '10 min' AND f.time < d.hour + interval '1 hour'
		AND ` + bin("f.time") + ` BETWEEN ` + bin("d.hour - interval '10 min'") + `
			AND ` + bin("d.hour + interval '1 hour'") + `
		AND f.flags & ` + strconv.Itoa(shownFlags) + `::int2 = 3 OFFSET 0) f
	WINDOW w AS (PARTITION BY d.device_id, d.hour ORDER BY f.time)
), part AS (
	SELECT *, count(*) FILTER (WHERE breaks) OVER (PARTITION BY device_id, hour ORDER BY time) AS part
	FROM fix WHERE early IS NOT TRUE
), line AS (
	SELECT device_id, hour, avg(speed) FILTER (WHERE speed > 3) AS speed, ST_MakeLine(
		ST_MakePoint(x, y, speed, extract(epoch FROM time - $3)) ORDER BY time) AS line
	FROM part GROUP BY device_id, hour, part HAVING count(*) > 1
), drawn AS (
	SELECT device_id, hour, coalesce(avg(speed), -1) AS speed, ST_Simplify(ST_Collect(line), 3, true) AS line
	FROM line GROUP BY device_id, hour
)
INSERT INTO drover.track_hours AS h (device_id, hour, west, south, east, north, speed, line)
SELECT device_id, hour, floor(ST_XMin(line)), floor(ST_YMin(line)), ceil(ST_XMax(line)), ceil(ST_YMax(line)), speed,
	ST_AsTWKB(line, 0, 0, 0) FROM drawn JOIN drover.devices d ON d.id = device_id
ON CONFLICT (device_id, hour) DO UPDATE SET (west, south, east, north, speed, line) =
	(excluded.west, excluded.south, excluded.east, excluded.north, excluded.speed, excluded.line)`

// drawDays makes coarser lines of the hours' lines, each of the one before. A part that is smaller than a pixel is left
// out, unless all are.
func drawDays() string {
	var steps, columns, updates strings.Builder
	from := "line"
	for i := len(trackZooms) - 1; i >= 0; i-- {
		zoom := trackZooms[i]
		name := fmt.Sprintf("zoom%d", zoom)
		kept := fmt.Sprintf("ST_Simplify(%s, %.1f, false)", from, pixel(zoom))
		source := from + "s"
		if from == "line" {
			source = "day"
		}
		fmt.Fprintf(&steps, `, %[1]ss AS MATERIALIZED (SELECT *, CASE WHEN ST_IsEmpty(%[2]s) OR %[2]s IS NULL
			THEN ST_Simplify(%[3]s, %.1[5]f, true) ELSE %[2]s END AS %[1]s FROM %[4]s)`, name, kept, from, source, pixel(zoom))
		from = name
	}
	for _, zoom := range trackZooms {
		fmt.Fprintf(&columns, ", ST_AsTWKB(zoom%d, 0, 0, 0)", zoom)
		fmt.Fprintf(&updates, ", zoom%[1]d = excluded.zoom%[1]d", zoom)
	}
	return `WITH part AS (
		SELECT h.*, (ST_Dump(ST_GeomFromTWKB(line))).geom AS part FROM drover.track_hours h
		WHERE device_id = ANY ($1) AND hour >= $2 AND hour < $3
	), day AS (
		SELECT device_id, min(west) AS west, min(south) AS south, max(east) AS east, max(north) AS north,
			coalesce(avg(speed) FILTER (WHERE speed >= 0), -1) AS speed, ST_Collect(part ORDER BY hour) AS line
		FROM part GROUP BY device_id
	)` + steps.String() + `
	INSERT INTO drover.track_days AS d (device_id, day, west, south, east, north, speed,
		zoom4, zoom6, zoom8, zoom10, zoom12)
	SELECT device_id, $2, west, south, east, north, speed` + columns.String() + ` FROM zoom4s
	ON CONFLICT (device_id, day) DO UPDATE SET (west, south, east, north, speed) =
		(excluded.west, excluded.south, excluded.east, excluded.north, excluded.speed)` + updates.String()
}

// forgetTracks removes the lines of what was dropped.
func (s *Store) forgetTracks(ctx context.Context, before time.Time) error {
	for _, statement := range []string{
		`DELETE FROM drover.track_hours WHERE hour < $1`, `DELETE FROM drover.track_days WHERE day < $1`,
		`DELETE FROM drover.track_marks WHERE day < $1`,
	} {
		if _, err := s.pool.Exec(ctx, statement, startOf(dayOf(before))); err != nil {
			return told(err, "tracks")
		}
	}
	return nil
}
