package island

import (
	"math"

	"github.com/paulmach/orb"
)

// terrain is what was there before the people, and what they made of it besides streets.
type terrain struct {
	coast   orb.Ring
	land    *area
	edge    *index // the coast's and lakes' shores
	river   []orb.Point
	lake    *area
	waters  []*area // the lake and ponds
	parks   []*area
	yards   []*area // industry
	nothing []*area // no streets here: airport, depots
	shapes  []shape
}

// shape is a surface or line as it is drawn.
type shape struct {
	layer, kind, name string
	rings             []orb.Ring     // a polygon, or
	line              orb.LineString // a line
	from              int            // the zoom from which it is drawn
}

// shore are the places that the coast goes through, in km, from the harbour's bay counterclockwise.
func shore() []orb.Point {
	return kilometres(
		-3.5, -0.45, -4.5, -1.5, -6.4, -2.3, -7.7, -4.4, -6.3, -6.8, -4.7, -8.6, -3.6, -11, -1.8, -12.8, 0.6, -12.3,
		2.2, -11.5, 3.9, -11.6, 5.4, -12.7, 7.6, -13.7, 10.4, -12.4, 13.6, -12.9, 17, -11.2, 20.2, -9.1, 21.9, -5.6,
		24.7, -2.6, 23.9, 0.6, 23.2, 2.6, 23.5, 4.6, 25.1, 6.3, 23, 8.6, 19.8, 8.9, 17.9, 11.4, 14.2, 13.2, 10.6, 12.5,
		7.4, 14, 3.6, 14.6, 0, 13.2, -2.6, 10.4, -4.6, 8.2, -6.9, 6.8, -8.6, 4.4, -7.7, 2.1, -5.1, 1.2, -3.9, 0.5)
}

// kilometres reads points from x, y, x, y… in km.
func kilometres(xy ...float64) []orb.Point {
	points := make([]orb.Point, len(xy)/2)
	for i := range points {
		points[i] = orb.Point{xy[2*i] * km, xy[2*i+1] * km}
	}
	return points
}

func newTerrain(seed uint64) *terrain {
	t := &terrain{edge: newIndex(200)}
	t.makeCoast(newDice(seed, diceCoast))
	t.makeWater(newDice(seed, diceRiver))
	t.makeIndustry(newDice(seed, diceNature))
	t.makeNature(newDice(seed, diceNature+100))
	return t
}

func (t *terrain) makeCoast(d dice) {
	line := spline(shore(), 40, true)
	rough, along := d.newWaves(15, 105, 5200, 330), 0.0
	ring := make(orb.Ring, 0, len(line))
	for i, p := range line[:len(line)-1] {
		along += apart(p, line[i+1])
		calm := min(1, 0.12+apart(p, orb.Point{-3600, 0})/(4.5*km)) // a harbour wants quays
		n := normal(line[(i+len(line)-2)%(len(line)-1)], line[i+1])
		ring = append(ring, add(p, scale(n, rough.at(along)*calm)))
	}
	t.coast = append(ring, ring[0])
	t.land = newArea(t.coast)
	t.edge.addLine(t.coast, 0)
	t.draw("land", "island", "Null Island", 0, t.coast)
	t.shapes = append(t.shapes, shape{layer: "land", kind: "coast", line: orb.LineString(t.coast)})
	t.draw("water", "sea", "", 0, t.coast.Bound().Pad(6*km).ToRing(), t.coast)
	bayless := shore()[3 : len(shore())-3] // what is deep ends before the harbour's bay
	for _, shelf := range [][]orb.Point{
		offset(spline(bayless, 150, true), always(-850)), offset(spline(shore(), 150, true), always(-330)),
	} {
		t.draw("water", "shallows", "", 4, append(shelf, shelf[0]), t.coast)
	}
	for _, at := range [][2]float64{
		{0.205, 0.262}, {0.335, 0.385}, {0.49, 0.545}, {0.575, 0.62}, {0.73, 0.80}, {0.9, 0.945},
	} {
		t.makeBeach(d, at[0], at[1])
	}
}

// makeBeach lays sand along a part of the coast, given in shares of its length.
func (t *terrain) makeBeach(d dice, from, to float64) {
	count := float64(len(t.coast))
	part := t.coast[int(from*count):int(to*count)]
	deep := d.newWaves(5, 0.16, 0.5, 0.07)
	width := func(at float64) float64 { return 105 * math.Sqrt(math.Sin(math.Pi*at)) * (1 + deep.at(at)) }
	inland := offset(part, width)
	ring := append(orb.Ring{}, offset(part, always(-6))...)
	for i := len(inland) - 1; i >= 0; i-- {
		ring = append(ring, inland[i])
	}
	t.draw("land", "beach", "", 9, append(ring, ring[0]))
}

// The river's name and the lake's.
const (
	riverName = "River Parallel"
	lakeName  = "Lake Graticule"
)

func (t *terrain) makeWater(d dice) {
	lake := d.blob(orb.Point{10.6 * km, 3.7 * km}, 1950, 1180, 0.2, 0.1)
	t.lake = newArea(lake)
	t.addWater("lake", lakeName, 7, lake)
	bends := d.newWaves(6, 34, 1500, 420)
	t.river = spline(kilometres(9.3, 3.5, 8.2, 2.7, 6.9, 2.5, 5.5, 1.7, 4, 1.3, 2.6, 0.2, 1.1, -0.15, -0.5, 0.5, -2, 0.25,
		-3.2, -0.2, -4.6, -0.3), 30, false)
	for i, p := range t.river {
		t.river[i][1] += bends.at(p[0])
	}
	for len(t.river) > 8 && !t.land.holds(t.river[max(0, len(t.river)-8)]) {
		t.river = t.river[:len(t.river)-1]
	}
	t.addStream(riverName, t.river, 52, 135, 8)
	for _, s := range [][]orb.Point{
		kilometres(13.4, 9.4, 12.6, 8.2, 12.9, 7, 11.9, 5.9, 11.7, 4.4),
		kilometres(8.6, -8.2, 8.2, -9.4, 8.8, -10.6, 8.2, -11.8, 8.5, -13.8),
		kilometres(18.6, -6.2, 19.8, -6.6, 20.4, -7.4, 21.6, -7.6, 22.6, -7.8),
		kilometres(-0.8, 6.4, -2, 7.2, -3.4, 7, -4.4, 7.8, -5.6, 8.4),
	} {
		line := spline(s, 30, false)
		for i := range line {
			line[i][0] += bends.at(line[i][1])
		}
		for len(line) > 4 && !t.land.holds(line[len(line)-4]) {
			line = line[:len(line)-1]
		}
		t.addStream("", line, 9, 26, 10)
	}
}

// addStream draws water along a line, from its narrow beginning to its wide end, both widths in metres.
func (t *terrain) addStream(name string, line []orb.Point, first, last float64, from int) {
	half := func(at float64) float64 { return (first + (last-first)*math.Sqrt(at)) / 2 }
	ring := append(orb.Ring{}, offset(line, half)...)
	right := offset(line, func(at float64) float64 { return -half(at) })
	for i := len(right) - 1; i >= 0; i-- {
		ring = append(ring, right[i])
	}
	ring = append(ring, ring[0])
	t.addWater("river", "", from, ring)
	t.shapes = append(t.shapes, shape{layer: "water", kind: "stream", name: name, line: line, from: from})
}

func (t *terrain) addWater(kind, name string, from int, ring orb.Ring) {
	t.waters = append(t.waters, newArea(ring))
	t.edge.addLine(ring, 1)
	t.draw("water", kind, name, from, ring)
}

func (t *terrain) draw(layer, kind, name string, from int, rings ...orb.Ring) {
	t.shapes = append(t.shapes, shape{layer: layer, kind: kind, name: name, rings: rings, from: from})
}

func within(areas []*area, p orb.Point) bool {
	for _, a := range areas {
		if a.holds(p) {
			return true
		}
	}
	return false
}

// dry is whether a point is on land, and how far from any shore it must be at least.
func (t *terrain) dry(p orb.Point, shore float64) bool {
	return t.land.holds(p) && !within(t.waters, p) && (shore == 0 || !t.edge.near(p, shore))
}

// riverY is the river's latitude in metres at a place between its ends; north is false east of the lake's outflow.
func (t *terrain) riverY(x float64) float64 {
	for i := 1; i < len(t.river); i++ {
		a, b := t.river[i-1], t.river[i]
		if b[0] <= x && x <= a[0] && a[0] > b[0] {
			return a[1] + (b[1]-a[1])*(a[0]-x)/(a[0]-b[0])
		}
	}
	if x > t.river[0][0] {
		return t.river[0][1]
	}
	return t.river[len(t.river)-1][1]
}
