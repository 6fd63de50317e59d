package island

import (
	"math"

	"github.com/paulmach/orb"
)

// sampling is how far apart the points of a street are before it is thinned, in metres.
const sampling = 18

// grid is a quarter's streets: two families of curves that cross.
type grid struct {
	town   *town
	centre orb.Point
	angle  float64 // radians
	blocks [2]float64
	reach  float64 // metres from the centre
	every  int     // the how manieth street is an avenue
	warp   [4]waves
	bow    [2]float64
	holds  func(orb.Point) bool // is a point in the quarter
	gaps   dice                 // where streets are left out
	quays  func(orb.Point) bool // may an avenue of the first family go through here; nil: as holds
}

func (d dice) newGrid(t *town, centre orb.Point, angle float64, blocks [2]float64, reach float64) *grid {
	g := &grid{town: t, centre: centre, angle: angle, blocks: blocks, reach: reach, every: 4, gaps: d}
	size := min(1, reach/3000)
	for i := range g.warp {
		g.warp[i] = d.newWaves(3, 70*size, 4200*max(0.4, size), 1300*max(0.5, size))
	}
	for i := range g.bow {
		g.bow[i] = d.between(0.02, 0.06) / km * float64(1-2*d.IntN(2))
	}
	return g
}

// at is the place of grid coordinates, in metres of streets that were straight.
func (g *grid) at(u, v float64) orb.Point {
	x := u + g.warp[0].at(v) + g.warp[1].at(u+v*0.6) + g.bow[0]*v*v*0.5
	y := v + g.warp[2].at(u) + g.warp[3].at(v-u*0.7) + g.bow[1]*u*u*0.5
	return add(g.centre, turn(orb.Point{x, y}, g.angle))
}

// addAvenues lays the avenues, addStreets all others.
func (p *planner) addAvenues(g *grid) { p.addFamilies(g, true) }
func (p *planner) addStreets(g *grid) { p.addFamilies(g, false) }

func (p *planner) addFamilies(g *grid, avenues bool) {
	for family := range 2 {
		spacing := g.blocks[family]
		count := int(g.reach / spacing)
		every := g.every
		if spacing > 150 {
			every = (g.every + 1) / 2
		}
		for i := -count; i <= count; i++ {
			class := Residential
			switch {
			case i == 0:
				class = Primary
			case i%every == 0:
				class = Secondary
			}
			if (class != Residential) == avenues {
				p.addCurve(g, family, float64(i)*spacing, class)
			}
		}
	}
}

// addCurve lays one curve of a grid, in as many parts as may be built.
func (p *planner) addCurve(g *grid, family int, fixed float64, class Class) {
	var part []orb.Point
	end := func() {
		p.add(&road{class: class, town: g.town, points: part})
		part = nil
	}
	open := true
	for along := -g.reach; along <= g.reach; along += sampling {
		if math.Mod(along+g.reach, 390) < sampling {
			open = class != Residential || g.gaps.Float64() > 0.09
		}
		at := g.at(fixed, along)
		if family == 1 {
			at = g.at(along, fixed)
		}
		if open && p.builds(g, family, at, class) {
			part = append(part, at)
		} else if part != nil {
			end()
		}
	}
	end()
}

// builds is whether a street of a grid may lead through a place.
func (p *planner) builds(g *grid, family int, at orb.Point, class Class) bool {
	inside := g.holds(at)
	if family == 0 && class != Residential && g.quays != nil && g.quays(at) {
		return true // on its way to a bridge, or on it
	}
	if !inside || !p.dry(at, 34) || within(p.nothing, at) {
		return false
	}
	outside := 0.0
	if class == Residential {
		outside = -90
	}
	if !g.town.holds(at, outside) || class != Primary && within(p.parks, at) {
		return false
	}
	return class != Residential || !p.barriers.near(at, 52)
}

// ringOf is a closed avenue about a place.
func (d dice) ringOf(centre orb.Point, radius float64) []orb.Point {
	shape := d.blob(centre, radius*1.12, radius*0.9, 0.3, 0.05)
	return spline(shape[:len(shape)-1], sampling, true)
}

// withMargin is whether a point is inside, or at most margin metres outside; if that is negative, so far inside.
func (a *area) withMargin(p orb.Point, margin float64) bool {
	if a.holds(p) {
		return margin >= 0 || distance(p, a.ring) > -margin
	}
	return margin > 0 && a.bound.Pad(margin).Contains(p) && distance(p, a.ring) < margin
}
