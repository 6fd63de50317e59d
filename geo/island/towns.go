package island

import (
	"math"

	"github.com/paulmach/orb"
)

// town is where people live.
type town struct {
	name   string
	centre orb.Point
	radius float64 // metres, on the average
	angle  float64 // of its streets, radians
	blocks [2]float64
	edge   waves // of its boundary, by direction
}

// towns are the island's, largest first.
func towns() []*town {
	return []*town{
		{name: "Port Null", centre: orb.Point{450, 60}, radius: 4200, angle: 0.16, blocks: [2]float64{136, 214}},
		{name: "Meridian", centre: orb.Point{14_800, -3900}, radius: 2650, angle: -0.28, blocks: [2]float64{132, 205}},
		{name: "Equator Bay", centre: orb.Point{2900, -9700}, radius: 2050, angle: 0.08, blocks: [2]float64{122, 186}},
		{name: "Northgate", centre: orb.Point{4.5 * km, 10.1 * km}, radius: 1950, angle: 0.42, blocks: [2]float64{126, 190}},
		{name: "Sandhaven", centre: orb.Point{21.6 * km, 3.7 * km}, radius: 1500, angle: -0.12, blocks: [2]float64{114, 176}},
	}
}

// layOut gives each town its boundary.
func layOut(seed uint64) []*town {
	all := towns()
	d := newDice(seed, diceNature+200)
	for _, t := range all {
		for k := 2; k <= 7; k++ {
			t.edge = append(t.edge, wave{0.13 / math.Sqrt(float64(k)), float64(k), d.between(0, 2*math.Pi)})
		}
	}
	return all
}

// reach is how far the town goes in the direction of a point.
func (t *town) reach(p orb.Point) float64 {
	d := sub(p, t.centre)
	return t.radius * (1 + t.edge.at(math.Atan2(d[1], d[0])))
}

// holds is whether a point is in the town, or at most so far outside.
func (t *town) holds(p orb.Point, outside float64) bool {
	return apart(p, t.centre) < t.reach(p)+outside
}

func (t *town) boundary() orb.Ring {
	const corners = 120
	ring := make(orb.Ring, 0, corners+1)
	for i := range corners {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		far := add(t.centre, orb.Point{cos, sin})
		ring = append(ring, add(t.centre, scale(orb.Point{cos, sin}, t.reach(far)+70)))
	}
	return append(ring, ring[0])
}
