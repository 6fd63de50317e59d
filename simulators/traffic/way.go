package traffic

import (
	"math"
	"sort"

	"github.com/paulmach/orb"

	"drover/geo"
	"drover/geo/island"
)

// spot is a point of a way: so many metres along it, in degrees. Floats of 32 bits are true to 4 mm for the way's
// metres and to 2 mm for degrees so near 0, 0.
type spot struct {
	at       float32
	lon, lat float32
}

// builder makes a way out of edges, with the corners at which its speed may change.
type builder struct {
	*island.Island
	spots   []spot
	corners []corner
	length  float64
	last    orb.Point
	before  orb.Point // the one before last
}

// hurry is how a part of a way is driven.
type hurry struct {
	factor float64 // of the speed limits
	brake  float64 // m/s²
}

// follow adds edges from a node and gives the node where they end.
func (b *builder) follow(
	from island.NodeID, edges []island.EdgeID, h hurry, light func(island.NodeID) float64,
) island.NodeID {
	for i, id := range edges {
		e := b.Edge(id)
		line := b.Line(id)
		if e.From != from || e.From == e.To && len(b.spots) > 0 && line[0] != b.last {
			line.Reverse()
		}
		limit := float64(b.Street(e.Street).Limit) / 3.6 * h.factor
		wait := 0.0
		if i > 0 && light != nil {
			wait = light(from)
		}
		b.line(line, limit, h.brake, wait)
		from = e.Other(from)
	}
	return from
}

// line adds a line; the vehicle waits at its beginning if it must.
func (b *builder) line(line orb.LineString, limit, brake, wait float64) {
	if len(b.spots) == 0 {
		b.spots = append(b.spots, spot{0, float32(line[0].Lon()), float32(line[0].Lat())})
		b.last, b.before = line[0], line[0]
	}
	for i := 1; i < len(line); i++ {
		part := geo.Distance(b.last, line[i])
		if part < 0.01 {
			continue
		}
		b.corner(line[i], limit, brake, wait)
		wait = 0
		b.length += part
		b.before, b.last = b.last, line[i]
		b.spots = append(b.spots, spot{float32(b.length), float32(line[i].Lon()), float32(line[i].Lat())})
	}
}

// corner notes how fast the last point may be passed on the way to the next.
func (b *builder) corner(next orb.Point, limit, brake, wait float64) {
	c := corner{at: b.length, there: limit, on: limit, brake: brake, stopEngine: math.Inf(1)}
	if b.before != b.last {
		c.there = min(limit, bend(b.before, b.last, next))
	}
	if wait > 0 {
		c.there, c.wait = 0, wait
	}
	b.corners = append(b.corners, c)
}

// stand adds a stop at the end of what there is. The engine is off after so many seconds.
func (b *builder) stand(seconds, stopEngine, brake float64) {
	b.corners = append(b.corners, corner{at: b.length, on: 1, brake: brake, wait: seconds, stopEngine: stopEngine})
	b.before = b.last // what comes next may begin in any direction
}

// bend is how fast a corner may be driven round, m/s: the radius follows from how much the way turns there.
func bend(a, p, c orb.Point) float64 {
	turn := math.Abs(math.Remainder(course(p, c)-course(a, p), 360)) * math.Pi / 180
	if turn < 0.01 {
		return math.Inf(1)
	}
	if turn > 0.6 {
		return max(2.2, 5.6-1.8*(turn-0.6)) // a junction
	}
	radius := min(geo.Distance(a, p), geo.Distance(p, c), 60) / turn
	return max(6, math.Sqrt(sideways*radius))
}

// course from one point to another, degrees clockwise from north.
func course(a, b orb.Point) float64 {
	degrees := math.Atan2(b.Lon()-a.Lon(), b.Lat()-a.Lat()) * 180 / math.Pi
	return math.Mod(degrees+360, 360)
}

// place is where a way is after so many metres, and its course there.
func place(spots []spot, at float64) (orb.Point, float64) {
	i := sort.Search(len(spots), func(i int) bool { return float64(spots[i].at) >= at })
	i = max(1, min(i, len(spots)-1))
	a, b := spots[i-1], spots[i]
	from := orb.Point{float64(a.lon), float64(a.lat)}
	to := orb.Point{float64(b.lon), float64(b.lat)}
	t := max(0, min(1, (at-float64(a.at))/max(0.01, float64(b.at-a.at))))
	return orb.Point{from[0] + t*(to[0]-from[0]), from[1] + t*(to[1]-from[1])}, course(from, to)
}
