package island

import (
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// Seed is that of the island that the server draws and the simulated vehicles drive on.
const Seed = 1884 // the year of the conference that put longitude 0 where it is

// Island is the finished island.
type Island struct {
	Graph
	seed      uint64
	terrain   *terrain
	towns     []*town
	depots    []Site
	customers []Site
	features  func() []feature // made when the first tile is asked for
}

// New makes the island of a seed, in about a second. What only tiles need is made with the first of them, in another.
func New(seed uint64) *Island {
	i := &Island{seed: seed, terrain: newTerrain(seed), towns: layOut(seed)}
	i.terrain.drawTowns(i.towns)
	roads := plan(i.terrain, i.towns, seed)
	nodes, pieces := join(roads, i.terrain.wet)
	pieces = prune(len(nodes), pieces)
	for k := range pieces {
		pieces[k].bridge = i.terrain.bridges(pieces[k].points)
	}
	customers, pieces := settle(seed, i.towns, i.terrain, roads, &nodes, pieces)
	streets, of := name(seed, i.towns, roads, nodes, pieces)
	graph, numbers := newGraph(nodes, pieces, streets, of)
	i.Graph = *graph
	for _, c := range customers {
		c.Node = numbers[c.node]
		i.customers = append(i.customers, c.Site)
	}
	i.openDepots()
	i.features = sync.OnceValue(func() []feature { return i.draw(roads, pieces, of) })
	return i
}

// Depots are where vehicles are at home: their yards' gates. A seed may cut one off; Seed does not.
func (i *Island) Depots() []Site { return slices.Clone(i.depots) }

// Customers are where vehicles bring things.
func (i *Island) Customers() []Site { return slices.Clone(i.customers) }

// Bound is the island's place, in degrees.
func (i *Island) Bound() orb.Bound {
	b := i.terrain.coast.Bound().Pad(2 * km)
	return orb.Bound{Min: degrees(b.Min), Max: degrees(b.Max)}
}

// openDepots finds each depot's gate: the first node from the far end of its yard where another street is.
func (i *Island) openDepots() {
	for _, y := range yards() {
		far := i.nodeAt(y.rows()[0])
		seen := map[NodeID]bool{}
		gate := far
		for next := gate; next >= 0; {
			gate, seen[next] = next, true
			next = i.onward(gate, y.name, seen)
		}
		if gate == far {
			continue // its place was cut off from the streets
		}
		i.depots = append(i.depots, Site{Name: y.name, Kind: "depot", Town: i.towns[y.town].name, Node: gate, Yard: far,
			At: degrees(y.centre)})
	}
}

// onward is the next node along a street that was not seen yet; -1 where another street begins, or there is none.
func (i *Island) onward(from NodeID, street string, seen map[NodeID]bool) NodeID {
	next := NodeID(-1)
	for _, e := range i.leaving[from] {
		if i.streets[i.edges[e].Street].Name != street {
			return -1
		}
		if other := i.edges[e].Other(from); !seen[other] {
			next = other
		}
	}
	return next
}

// nodeAt is the node nearest to a point.
func (i *Island) nodeAt(p orb.Point) NodeID {
	best := NodeID(0)
	for n := range i.nodes {
		if apart(i.nodes[n], p) < apart(i.nodes[best], p) {
			best = NodeID(n)
		}
	}
	return best
}

// wet is whether a point is on water of the island.
func (t *terrain) wet(p orb.Point) bool { return within(t.waters, p) }

// bridges is whether a line leads over water.
func (t *terrain) bridges(line []orb.Point) bool {
	for k := 1; k < len(line); k++ {
		for _, w := range t.waters {
			if !w.bound.Intersects(orb.MultiPoint{line[k-1], line[k]}.Bound()) {
				continue
			}
			for part := 0.0; part <= 1; part += 0.1 {
				if w.holds(between(line[k-1], line[k], part)) {
					return true
				}
			}
		}
	}
	return false
}

// drawTowns draws the built-up surfaces below all else.
func (t *terrain) drawTowns(towns []*town) {
	for _, town := range towns {
		t.draw("land", "town", "", 7, town.boundary())
	}
}
