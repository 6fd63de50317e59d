package traffic

import (
	"math"
	"math/rand/v2"

	"drover/geo/island"
)

// slot is how long a tour may take with its ways through the yard, at the slowest pace, in s.
const slot = 7200

// slowest is the pace of the slowest vehicle; the quickest drives as planned.
const slowest = 0.93

// tour is a way from a depot's gate to customers and back.
type tour struct {
	spots  []spot
	knots  []knot
	length float64 // m
	takes  float64 // s at full pace
}

// planner plans one depot's tours.
type planner struct {
	*island.Island
	*rand.Rand
	home      island.Site
	yard      float64       // s of the longest way through the yard
	customers []island.Site // that it serves
	ways      map[island.NodeID]island.Ways
}

// way is the quickest between two of the places.
func (p *planner) way(from, to island.NodeID) []island.EdgeID {
	ways, ok := p.ways[from]
	if !ok {
		ways = p.Ways(from)
		p.ways[from] = ways
	}
	return ways.To(to)
}

// tours plans some.
func (p *planner) tours(count int) []*tour {
	var tours []*tour
	for len(tours) < count {
		if t, ok := p.tour(); ok {
			tours = append(tours, t)
		}
	}
	return tours
}

// tour plans one. It takes most of a slot; it is false if it comes home too late.
func (p *planner) tour() (*tour, bool) {
	most := (slot - 2*p.yard) * slowest
	b := &builder{Island: p.Island}
	here, left, refused := p.home.Node, most*p.uniform(0.95, 1.02), 0
	b.stand(p.uniform(4, 9), math.Inf(1), braking)
	for refused < 8 {
		next := p.customers[p.IntN(len(p.customers))].Node
		out, back, stop := p.way(here, next), p.way(next, p.home.Node), p.stop()
		takes := p.seconds(out) + stop.wait
		if len(out) == 0 || left-takes < p.seconds(back) {
			refused++
			continue
		}
		left -= takes
		here = b.follow(here, out, p.mood(), p.light)
		b.stand(stop.wait, stop.stopEngine, p.brake())
	}
	b.follow(here, p.way(here, p.home.Node), p.mood(), p.light)
	b.stand(3, math.Inf(1), braking)
	t := &tour{spots: b.spots, knots: drive(b.corners, 0), length: b.length}
	t.takes = float64(t.knots[len(t.knots)-1].time)
	return t, len(b.spots) > 1 && t.takes <= most
}

func (p *planner) uniform(low, high float64) float64 { return low + p.Float64()*(high-low) }

// stop is a stay at a customer: 3 to 15 minutes, some of it or all with the engine running.
func (p *planner) stop() corner {
	c := corner{wait: p.uniform(180, 380), stopEngine: p.uniform(15, 80)}
	switch dice := p.Float64(); {
	case dice < 0.32:
		c.stopEngine = math.Inf(1) // unloads with the engine running
		c.wait = p.uniform(180, 400)
	case dice < 0.38:
		c.wait = p.uniform(480, 900)
	}
	return c
}

// mood is how a way is driven: some are in a hurry.
func (p *planner) mood() hurry {
	h := hurry{factor: p.uniform(0.9, 1), brake: braking}
	if p.Float64() < 0.12 {
		h = hurry{factor: 1.22, brake: slamming}
	}
	return h
}

func (p *planner) brake() float64 {
	if p.Float64() < 0.1 {
		return slamming
	}
	return braking
}

// light is how long the vehicle waits at a node, s: where large streets cross there may be a red light.
func (p *planner) light(n island.NodeID) float64 {
	great := 0
	for _, e := range p.Leaving(n) {
		if c := p.Street(p.Edge(e).Street).Class; c == island.Primary || c == island.Secondary {
			great++
		}
	}
	if great >= 3 && p.Float64() < 0.3 {
		return p.uniform(6, 34)
	}
	return 0
}

// seconds is about what a way takes.
func (p *planner) seconds(edges []island.EdgeID) float64 {
	sum := 0.0
	for _, id := range edges {
		e := p.Edge(id)
		sum += e.Length*3.6/float64(p.Street(e.Street).Limit)*1.05 + 3.6
	}
	return sum + 15
}
