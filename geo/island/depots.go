package island

import "github.com/paulmach/orb"

// yard is a depot's place before its streets are laid: rows for parking beside each other.
type yard struct {
	name   string
	town   int
	centre orb.Point
	angle  float64
}

// yards are the depots; the first towns have more.
func yards() []yard {
	return []yard{
		{"Harbour depot", 0, orb.Point{-3080, -1350}, 0.62},
		{"Datum depot", 0, orb.Point{3850, -2150}, 0.3},
		{"Ringside depot", 0, orb.Point{2560, 3080}, -0.7},
		{"Ellipsoid depot", 1, orb.Point{13.05 * km, -5.65 * km}, -0.3},
		{"Bay depot", 2, orb.Point{4.1 * km, -10.95 * km}, 0.1},
		{"Mill depot", 3, orb.Point{5.9 * km, 9.1 * km}, 0.5},
		{"Dune depot", 4, orb.Point{20.8 * km, 2.8 * km}, 0.2},
	}
}

// Measures of a depot's yard in metres.
const (
	yardRows  = 5
	rowLength = 96.0
	rowGap    = 22.0
)

// clearYards keeps other streets out of the depots.
func (t *terrain) clearYards() {
	for _, y := range yards() {
		t.nothing = append(t.nothing, newArea(box(y.centre, rowLength+90, yardRows*rowGap+80, y.angle)))
		t.draw("industrial", "depot", y.name, 12, box(y.centre, rowLength+34, yardRows*rowGap+22, y.angle))
	}
}

// addDepots lays the streets of the depots' yards: rows joined at their ends, and a drive to the next main road.
func (p *planner) addDepots() {
	for _, y := range yards() {
		p.add(&road{class: Service, name: y.name, town: p.towns[y.town], points: p.lead(y.rows(), Service)})
	}
}

// rows is the way through a yard from its far end to its gate.
func (y *yard) rows() []orb.Point {
	var line []orb.Point
	for row := range yardRows {
		side := rowLength / 2
		if row%2 == 1 {
			side = -side
		}
		up := (float64(row) - float64(yardRows-1)/2) * rowGap
		for _, x := range []float64{-side, -side / 3, side / 3, side} {
			line = append(line, add(y.centre, turn(orb.Point{x, up}, y.angle)))
		}
	}
	return line
}
