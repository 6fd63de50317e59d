package island

import (
	"math"

	"github.com/paulmach/orb"
)

// makeIndustry draws where people work: estates, the harbour, the airport.
func (t *terrain) makeIndustry(d dice) {
	for _, e := range []struct {
		name         string
		centre       orb.Point
		rx, ry, turn float64
	}{
		{"Harbour", orb.Point{-3250, -1500}, 620, 1050, 0.62},
		{"Datum Estate", orb.Point{3750, -2050}, 760, 520, 0.3},
		{"Ringside Works", orb.Point{2650, 2950}, 620, 400, -0.7},
		{"Ellipsoid Park", orb.Point{13 * km, -5.6 * km}, 640, 430, -0.3},
		{"Fishmarket", orb.Point{4.1 * km, -11 * km}, 420, 260, 0.1},
		{"Northgate Mills", orb.Point{5.9 * km, 9.1 * km}, 420, 330, 0.5},
		{"Sandhaven Yards", orb.Point{20.8 * km, 2.8 * km}, 300, 230, 0.2},
	} {
		ring := d.blob(e.centre, e.rx, e.ry, e.turn, 0.05)
		t.yards = append(t.yards, newArea(ring))
		t.draw("industrial", "industry", e.name, 9, ring)
	}
	for i, y := range []float64{-1010, -1290} {
		pier := box(orb.Point{-4190 - 160*float64(i), y}, 800, 105, 0.22)
		t.draw("industrial", "pier", "", 10, pier)
	}
	t.makeAirport()
	t.clearYards()
}

// The airport: its place, and the direction of its runway.
func airport() (orb.Point, float64) { return orb.Point{9.1 * km, -6.9 * km}, 0.24 }

func (t *terrain) makeAirport() {
	centre, angle := airport()
	field := box(centre, 3050, 820, angle)
	t.nothing = append(t.nothing, newArea(field))
	t.draw("industrial", "airport", "Null Island International", 9, field)
	at := func(x, y float64) orb.Point { return add(centre, turn(orb.Point{x, y}, angle)) }
	t.draw("industrial", "runway", "", 10, box(at(0, -150), 2600, 48, angle))
	t.draw("industrial", "runway", "", 11, box(at(0, 60), 2300, 24, angle))
	for _, x := range []float64{-1140, -380, 380, 1140} {
		t.draw("industrial", "runway", "", 12, box(at(x, -45), 24, 230, angle))
	}
	t.draw("industrial", "runway", "", 11, box(at(0, 170), 760, 210, angle))
	t.draw("industrial", "terminal", "", 12, box(at(0, 285), 420, 60, angle))
}

// park is a green place with a name.
type park struct {
	name         string
	centre       orb.Point
	rx, ry, turn float64
	pond         bool
}

func parks() []park {
	return []park{
		{"Origin Park", orb.Point{1850, 1500}, 520, 390, 0.4, true},
		{"Zero Gardens", orb.Point{-620, 2050}, 260, 190, 1.1, false},
		{"Tropic Park", orb.Point{-900, -1650}, 430, 330, 0.2, true},
		{"Compass Green", orb.Point{1500, -2450}, 330, 230, -0.5, false},
		{"Sextant Common", orb.Point{-1900, 3050}, 300, 240, 0.6, false},
		{"Almanac Field", orb.Point{2300, -900}, 190, 150, 0, false},
		{"Meridian Park", orb.Point{15.5 * km, -3 * km}, 420, 300, -0.3, true},
		{"Azimuth Gardens", orb.Point{14 * km, -2.9 * km}, 230, 170, 0.9, false},
		{"Bay Common", orb.Point{2.2 * km, -9 * km}, 300, 210, 0.1, false},
		{"Lighthouse Green", orb.Point{1.6 * km, -10.6 * km}, 210, 170, 0.8, false},
		{"North Park", orb.Point{4.1 * km, 10.9 * km}, 310, 220, 0.4, true},
		{"Dune Park", orb.Point{21.9 * km, 4.4 * km}, 220, 160, -0.1, false},
	}
}

// makeNature draws parks, woods and fields.
func (t *terrain) makeNature(d dice) {
	for _, p := range parks() {
		ring := d.blob(p.centre, p.rx, p.ry, p.turn, 0.09)
		t.parks = append(t.parks, newArea(ring))
		t.draw("park", "park", p.name, 10, ring)
		if p.pond {
			t.addWater("pond", "", 12, d.blob(add(p.centre, orb.Point{p.rx / 6, -p.ry / 6}), p.rx/3.2, p.ry/3.6, p.turn, 0.13))
		}
	}
	for _, w := range [][5]float64{
		{-4.9, -4.6, 1500, 1050, 0.9}, {-2.1, -6.9, 900, 1300, 0.3}, {7.9, 8.6, 1800, 950, 0.5},
		{10.8, 10.9, 1500, 800, -0.2},
		{14.9, 8.8, 2100, 1300, 0.6}, {17.6, 3.6, 1100, 750, 0.2}, {6.1, -5.3, 900, 700, 0.4}, {12.3, -10.3, 1900, 800, 0.1},
		{18.3, -8.1, 1300, 850, 0.5}, {20.3, -3.3, 850, 1150, 0.1}, {-5.7, 4.9, 900, 1150, 0.3}, {0.9, 7.4, 1050, 650, 0.8},
		{6.7, 5.5, 900, 600, 0.1}, {10.3, -0.1, 800, 430, -0.2}, {1.6, 12.4, 1050, 560, 0.3}, {21.4, 7.3, 900, 520, 0.7},
		{8.3, 11.6, 1100, 600, 0.2},
		{4.6, 4.6, 560, 380, 0.3}, {-2.9, 9.2, 520, 700, 0.1}, {15.8, -8.3, 900, 480, 0.6}, {3.6, -6.7, 620, 400, 1.1},
		{12.1, 1.7, 620, 300, 0.1}, {16.3, 2.4, 480, 760, 0.3},
		{17.4, -0.9, 700, 500, 0.4}, {-5.1, -7.2, 500, 800, 0.5},
	} {
		ring := d.blob(orb.Point{w[0] * km, w[1] * km}, w[2], w[3], w[4], 0.14)
		t.draw("park", "wood", "", 8, ring)
	}
	t.makeFields(d)
}

// makeFields scatters tilled land, in patches of a few parallel strips.
func (t *terrain) makeFields(d dice) {
	for range 520 {
		centre := orb.Point{d.between(-7, 24) * km, d.between(-12.5, 13) * km}
		angle, strips := d.between(0, math.Pi), 2+d.IntN(4)
		width, height := d.between(90, 170), d.between(260, 520)
		if !t.dry(centre, 420) || within(t.nothing, centre) {
			continue
		}
		for k := range strips {
			if d.Float64() < 0.25 {
				continue
			}
			at := add(centre, turn(orb.Point{(float64(k) - float64(strips)/2) * (width + 12), d.between(-40, 40)}, angle))
			t.draw("land", "field", "", 10, box(at, width, height, angle))
		}
	}
}
