package island

import (
	"math"

	"github.com/paulmach/orb"
)

// seam is how far streets lead over the line that joins two quarters: they end there, and the rest is pruned.
const seam = 22.0

// quay is how far the streets along the river are from its middle, in metres.
const quay = 118.0

// plan lays out all roads.
func plan(t *terrain, towns []*town, seed uint64) []*road {
	p := &planner{terrain: t, seed: seed, towns: towns, barriers: newIndex(150), mains: newIndex(150)}
	d := newDice(seed, diceGrids)
	grids := p.firstTown(d)
	for _, town := range towns[1:] {
		grids = append(grids, p.otherTown(d, town)...)
	}
	p.addRing()
	for _, g := range grids {
		p.addAvenues(g)
	}
	p.addCountry()
	p.addDepots()
	for _, g := range grids {
		p.addStreets(g)
	}
	return p.roads
}

// firstTown has a quarter on each side of the river, quays along it, and an old town with its wall.
func (p *planner) firstTown(d dice) []*grid {
	t := p.towns[0]
	wall := d.ringOf(add(t.centre, orb.Point{-250, 1420}), 800)
	old := newArea(wall)
	p.add(&road{class: Secondary, name: "Old Wall", town: t, points: wall})
	p.addQuays(t)
	north := d.newGrid(t, add(t.centre, orb.Point{200, 900}), t.angle, t.blocks, 5.6*km)
	north.holds = func(at orb.Point) bool {
		return at[1] > p.riverY(at[0])+quay-seam && old.beyond(at, seam)
	}
	north.quays = func(at orb.Point) bool {
		above, reach := at[1]-p.riverY(at[0]), quay+seam
		if above > 0 {
			reach += 40 // its own quarter begins there
		}
		return math.Abs(above) < 3*quay && distance(at, p.river) < reach &&
			p.land.holds(at) && t.holds(at, -150) && at[0] > -2900
	}
	south := d.newGrid(t, add(t.centre, orb.Point{300, -1500}), t.angle-0.42, [2]float64{132, 206}, 5.6*km)
	south.holds = func(at orb.Point) bool { return at[1] < p.riverY(at[0])-quay+seam }
	inner := d.newGrid(t, add(t.centre, orb.Point{-250, 1420}), t.angle+0.55, [2]float64{84, 112}, 1.2*km)
	inner.holds = func(at orb.Point) bool { return old.withMargin(at, seam) }
	inner.every = 5
	return []*grid{north, south, inner}
}

// beyond is whether a point is outside, or at most margin metres inside.
func (a *area) beyond(p orb.Point, margin float64) bool { return !a.withMargin(p, -margin) }

// addQuays lays a street along each bank of the river, inside the town.
func (p *planner) addQuays(t *town) {
	for _, side := range []struct {
		name string
		by   float64
	}{{"South Quay", quay}, {"North Quay", -quay}} {
		var part []orb.Point
		for _, at := range offset(p.river, always(side.by)) {
			if t.holds(at, -60) && p.land.holds(at) && distance(at, p.coast) > 90 {
				part = append(part, at)
			}
		}
		p.add(&road{class: Secondary, name: side.name, town: t, points: part})
	}
}

// otherTown has one grid, and a small core that is turned against it.
func (p *planner) otherTown(d dice, t *town) []*grid {
	centre := add(t.centre, orb.Point{d.between(-250, 250), d.between(-250, 250)})
	core := d.ringOf(centre, t.radius*0.2)
	old := newArea(core)
	p.add(&road{class: Secondary, name: "Market Ring", town: t, points: core})
	outer := d.newGrid(t, t.centre, t.angle, t.blocks, t.radius*1.35)
	outer.holds = func(at orb.Point) bool { return old.beyond(at, seam) }
	inner := d.newGrid(t, centre, t.angle+math.Pi/5, [2]float64{86, 110}, t.radius*0.35)
	inner.holds = func(at orb.Point) bool { return old.withMargin(at, seam) }
	inner.every = 6
	return []*grid{outer, inner}
}
