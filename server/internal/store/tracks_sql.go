package store

import (
	"fmt"
	"strconv"

	"drover/server/internal/fleet"
)

const (
	// trackDevices has the tile and, in near_days, the days of the devices that were in the vehicles from start until stop
	// and came near it. What is reckoned with times is reckoned in a query of its own: under the policies an index takes
	// only conditions that are leakproof, which timestamptz + interval is not.
	trackDevices = `WITH tile AS MATERIALIZED (
		SELECT b AS box, ST_XMin(b) AS west, ST_YMin(b) AS south, ST_XMax(b) AS east, ST_YMax(b) AS north
		FROM ST_TileEnvelope($1::int, $2::int, $3::int) b
	), seen AS MATERIALIZED (
		SELECT i.device_id, i.vehicle_id, greatest(lower(i.during), $4) AS start, least(upper(i.during), $5) AS stop
		FROM drover.installations i JOIN drover.vehicles v ON v.id = i.vehicle_id AND v.deleted IS NULL
		WHERE i.during && tstzrange($4, $5) AND ($6::int4[] IS NULL OR i.vehicle_id = ANY ($6))
	), near_days AS MATERIALIZED (
		SELECT s.vehicle_id, d.*, d.day + interval '24 hours' AS next,
			$4::timestamptz - interval '1 hour' AS earliest,
			extract(epoch FROM s.start - d.day) AS since, extract(epoch FROM s.stop - d.day) AS until
		FROM tile t, seen s JOIN drover.track_days d ON d.device_id = s.device_id
		WHERE d.day > $4::timestamptz - interval '24 hours' AND d.day < $5
		AND d.day > s.start - interval '24 hours' AND d.day < s.stop
		AND d.west <= t.east AND d.east >= t.west AND d.south <= t.north AND d.north >= t.south
	)`

	// trackHours adds the hours near it.
	trackHours = trackDevices + `, near AS MATERIALIZED (
		SELECT d.vehicle_id, d.device_id, d.day, d.since, d.until, h.hour, h.speed, h.line
		FROM tile t, near_days d JOIN drover.track_hours h ON h.device_id = d.device_id
			AND h.hour >= d.day AND h.hour < d.next AND h.hour > d.earliest AND h.hour < $5
		WHERE h.west <= t.east AND h.east >= t.west AND h.south <= t.north AND h.north >= t.south
	)`

	// nearHours counts them, and says when the first and the last begin.
	nearHours = `count(*), coalesce(min(hour), $4), coalesce(max(hour), $4)`

	// cutTrack is the column line from since until until, which most are wholly within.
	cutTrack = `CASE WHEN since <= 0 AND until >= 86400 THEN line
		ELSE ST_CollectionExtract(ST_LocateBetween(line, since, until), 2) END`

	// tracksOfHours draws in steps of 10 km/h where the hours are few, otherwise each hour with its mean speed.
	tracksOfHours = trackHours + `, cut AS (
		SELECT vehicle_id, hour, speed, ` + cutTrack + ` AS line
		FROM (SELECT vehicle_id, hour, speed, since, until, ST_GeomFromTWKB(line) AS line FROM near) n
	), vertex AS (
		SELECT c.vehicle_id, p.geom, ST_X(p.geom) AS x, ST_Y(p.geom) AS y, ST_Z(p.geom) AS speed,
			lead(p.geom) OVER (PARTITION BY c.vehicle_id, c.hour, p.path[1] ORDER BY p.path[2]) AS next
		FROM cut c, ST_DumpPoints(c.line) p WHERE (SELECT count(*) FROM near) <= 100
	), line AS (
		SELECT vehicle_id AS vehicle, band * 10 AS speed, ST_Collect(ST_Force2D(ST_MakeLine(geom, next))) AS line
		FROM (SELECT v.*, CASE WHEN speed < 0 THEN -0.1 ELSE round(speed / 10) END AS band FROM vertex v, tile t
			WHERE least(x, ST_X(next)) <= t.east AND greatest(x, ST_X(next)) >= t.west
			AND least(y, ST_Y(next)) <= t.north AND greatest(y, ST_Y(next)) >= t.south) v
		GROUP BY vehicle_id, band
		UNION ALL
		SELECT vehicle_id, speed, ST_Force2D(line) FROM cut WHERE (SELECT count(*) FROM near) > 100
	)
	SELECT (SELECT coalesce(ST_AsMVT(f, 'tracks', 4096, 'geom'), '') FROM (
		SELECT vehicle, speed::int AS speed, ST_AsMVTGeom(line, box, 4096, 64, true) AS geom FROM line, tile) f
		WHERE geom IS NOT NULL), ` + nearHours + ` FROM near`
)

// tracksOfDays draws the lines that suit a zoom, to half a pixel. It looks at the hours only where they
// are asked for and few.
func tracksOfDays(zoom int) string {
	level := trackZooms[len(trackZooms)-1]
	for _, z := range trackZooms {
		if z >= zoom {
			level = z
			break
		}
	}
	devices, hours := trackDevices, `SELECT 0, $4::timestamptz, $4::timestamptz`
	if zoom >= fixesZoom {
		devices = trackHours
		hours = `SELECT ` + nearHours + ` FROM near WHERE (SELECT count(*) FROM near_days) <= 100`
	}
	return devices + fmt.Sprintf(`, mvt AS (
		SELECT coalesce(ST_AsMVT(f, 'tracks', 1024, 'geom'), '') AS mvt FROM (
			SELECT vehicle_id AS vehicle, speed, ST_AsMVTGeom(ST_Force2D(%s), box, 1024, 16, true) AS geom
			FROM (SELECT vehicle_id, speed, since, until, ST_GeomFromTWKB(zoom%d) AS line FROM near_days) d, tile) f
		WHERE geom IS NOT NULL
	)
	SELECT mvt, hours.* FROM mvt, (%s) hours`, cutTrack, level, hours)
}

// fixesOfHours takes the fixes of the hours from $7 to $8, and of those the newest in each square of eight pixels. That
// the planner knows these times keeps it from planning for the partitions of a year.
var fixesOfHours = trackHours + `, fix AS (
		SELECT n.vehicle_id, f.time, f.speed, f.course, ` + mercatorX + ` AS x, ` + mercatorY + ` AS y
		FROM (SELECT *, day + since * interval '1 s' AS start, day + until * interval '1 s' AS stop,
			hour + interval '1 hour' AS end FROM near) n, LATERAL (
			SELECT * FROM drover.visible_fixes f WHERE f.device_id = n.device_id
			AND f.time >= greatest(n.hour, n.start) AND f.time < least(n.end, n.stop)
			AND f.time >= $7 AND f.time < $8 AND f.flags & ` + strconv.Itoa(shownFlags) + `::int2 = 3
			AND ` + bin("f.time") + ` >= n.hour AND ` + bin("f.time") + ` < n.end OFFSET 0) f
	), square AS (
		SELECT DISTINCT ON (floor((x - west) / (east - west) * 64), floor((y - south) / (north - south) * 64)) fix.*
		FROM fix, tile WHERE x >= west AND x < east AND y >= south AND y < north
		ORDER BY floor((x - west) / (east - west) * 64), floor((y - south) / (north - south) * 64), time DESC
	)
	SELECT coalesce(ST_AsMVT(f, 'fixes', 4096, 'geom'), '') FROM (
		SELECT vehicle_id AS vehicle, extract(epoch FROM time)::bigint AS time,
			CASE WHEN speed >= 0 THEN speed / 10 ELSE -1 END AS speed,
			CASE WHEN course >= 0 THEN course / 10 ELSE -1 END AS course,
			ST_AsMVTGeom(ST_MakePoint(x, y), box, 4096, 0, true) AS geom
		FROM square, tile) f
	WHERE geom IS NOT NULL`

const (
	// shownFlags are the bits of a fix's flags of which the first two are set and the last is not, if it counts for a
	// track: located, valid, a jump.
	shownFlags = rowLocated | rowValid | int(fleet.FlagJump)<<flagShift

	// A fix in web Mercator metres; latitudes end where its map does.
	mercatorX = `f.longitude * (6378137 * pi() / 180e7)`
	mercatorY = `6378137 * ln(tan(pi() / 4 + greatest(least(f.latitude, 850000000), -850000000) * (pi() / 360e7)))`
)
