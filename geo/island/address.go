package island

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Address is what a coordinate of the island is called.
type Address struct {
	Street   Street
	Edge     EdgeID
	Distance float64 // metres from the street
	Town     string  // that it is in, or else the nearest
	Away     float64 // metres from the town's edge; 0: in it
}

// String is "Ring, Port Null", or "M1, 4 km from Meridian".
func (a Address) String() string {
	if a.Away == 0 {
		return a.Street.Name + ", " + a.Town
	}
	return fmt.Sprintf("%s, %.0f km from %s", a.Street.Name, max(1, math.Round(a.Away/km)), a.Town)
}

// Address finds the street nearest to a point in degrees, and the town. It is false further than 2.5 km from every
// street.
func (i *Island) Address(p orb.Point) (Address, bool) {
	const farthest = 2500
	at := metres(p)
	if !i.terrain.land.bound.Pad(farthest).Contains(at) {
		return Address{}, false
	}
	near, ok := i.lines.nearest(at, farthest, nil)
	if !ok {
		return Address{}, false
	}
	edge := EdgeID(near.of)
	a := Address{Street: i.streets[i.edges[edge].Street], Edge: edge, Distance: near.distance, Away: math.Inf(1)}
	for _, t := range i.towns {
		if away := max(0, apart(near.point, t.centre)-t.reach(near.point)-120); away < a.Away {
			a.Town, a.Away = t.name, away
		}
	}
	return a, true
}

// Within are the edges within so many metres of a point in degrees.
func (g *Graph) Within(p orb.Point, distance float64) []EdgeID {
	var edges []EdgeID
	at := metres(p)
	g.lines.each(orb.Bound{Min: at, Max: at}.Pad(distance), func(s *segment) {
		if q, _ := nearestOn(at, s.a, s.b); apart(q, at) <= distance && !slices.Contains(edges, EdgeID(s.of)) {
			edges = append(edges, EdgeID(s.of))
		}
	})
	return edges
}
