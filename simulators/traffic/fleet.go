package traffic

import (
	"math/rand/v2"

	"drover/geo"
	"drover/geo/island"
)

// tours of each depot.
const toursEach = 40

// Fleet is what all vehicles on an island share.
type Fleet struct {
	island *island.Island
	depots []depot
}

type depot struct {
	island.Site
	yard     []spot    // from its far end to the gate
	yardEnds []float64 // m along the yard where a vehicle may be parked
	tours    []*tour
}

// NewFleet plans the tours, in about a second.
func NewFleet(world *island.Island) *Fleet {
	f := &Fleet{island: world}
	ways := map[island.NodeID]island.Ways{} // for all depots
	for i, site := range world.Depots() {
		d := depot{Site: site}
		b := &builder{Island: world}
		b.follow(site.Yard, world.Route(site.Yard, site.Node), hurry{1, braking}, nil)
		d.yard = b.spots
		for at := 4.0; at < min(b.length-40, 560); at += 11 {
			d.yardEnds = append(d.yardEnds, at)
		}
		p := &planner{Island: world, Rand: rand.New(rand.NewPCG(uint64(i), 0xD0)), home: site,
			yard: yardTime(b.length), customers: served(world, site),
			ways: ways}
		d.tours = p.tours(toursEach)
		f.depots = append(f.depots, d)
	}
	return f
}

// served are the customers of a depot: those of its town, and a few of each other.
func served(world *island.Island, home island.Site) []island.Site {
	var all []island.Site
	for i, c := range world.Customers() {
		near := geo.Distance(world.Node(home.Node), world.Node(c.Node)) < 9000
		if c.Town == home.Town || near || i%4 == 0 {
			all = append(all, c)
		}
	}
	return all
}

// Depot is where a vehicle is at home.
func (f *Fleet) Depot(number int) island.Site { return f.depots[f.depotOf(number)].Site }

// depotOf shares the vehicles out: each depot gets as many as it has a weight.
func (f *Fleet) depotOf(number int) int {
	weights := [...]int{5, 4, 4, 4, 3, 2, 2} // the first town has most
	sum := 0
	for i := range f.depots {
		sum += weights[i%len(weights)]
	}
	left := int(mix(uint64(number), 1) % uint64(sum))
	for i := range f.depots {
		if left -= weights[i%len(weights)]; left < 0 {
			return i
		}
	}
	return 0
}

// mix is a random number that follows from two others (SplitMix64).
func mix(a, b uint64) uint64 {
	z := a*0x9E3779B97F4A7C15 + b*0xD1B54A32D192ED03 + 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// share is mix as 0 ≤ share < 1.
func share(a, b uint64) float64 { return float64(mix(a, b)>>11) / (1 << 53) }
