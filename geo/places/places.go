package places

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"drover/geo"
)

// Reach is how far the middle of a town may be from what it tells, in metres.
const Reach = 200_000.0

// Place is a town as seen from a point.
type Place struct {
	Name     string  // of the town, or of what else a Gazetteer knows
	Country  string  // its code by ISO 3166-1, two capital letters; "" where there is none
	Distance float64 // of the point from the town's middle, metres, 0..Reach
	Bearing  float64 // from the town's middle to the point, degrees clockwise from north, 0 ≤ Bearing < 360
	Inside   bool    // the point is within the town's reach
}

// Gazetteer knows places. World is one.
type Gazetteer interface {
	// Nearest is the place by which to tell a point, in degrees; false if there is none.
	Nearest(at orb.Point) (Place, bool)
}

// Book is gazetteers, the first of which that knows a place is believed.
type Book []Gazetteer

// Nearest asks one after the other.
func (b Book) Nearest(at orb.Point) (Place, bool) {
	for _, g := range b {
		if p, ok := g.Nearest(at); ok {
			return p, true
		}
	}
	return Place{}, false
}

// Name says where a point is; "" if g does not know.
func Name(g Gazetteer, at orb.Point) string {
	p, ok := g.Nearest(at)
	if !ok {
		return ""
	}
	return p.String()
}

// winds are the eight, from north clockwise.
var winds = [...]string{"N", "NE", "E", "SE", "S", "SW", "W", "NW"}

// String is "in Melun, FR" or "4 km NE of Melun, FR"; what belongs to no country is its name alone.
func (p Place) String() string {
	var space [128]byte
	b := space[:0]
	switch {
	case p.Country == "":
		return p.Name
	case p.Inside:
		b = append(b, "in "...)
	default:
		b = strconv.AppendInt(b, int64(max(1, math.Round(p.Distance/1000))), 10)
		b = append(b, " km "...)
		b = append(b, winds[int(math.Round(p.Bearing/45))%len(winds)]...)
		b = append(b, " of "...)
	}
	b = append(b, p.Name...)
	b = append(b, ", "...)
	return string(append(b, p.Country...))
}

// seen is a town as it is seen from a point.
func seen(t town, at orb.Point) Place {
	distance := geo.Distance(t.at, at)
	return Place{Name: t.name(), Country: t.country(), Distance: distance, Bearing: geo.Bearing(t.at, at),
		Inside: distance <= t.radius}
}
