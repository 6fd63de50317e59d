package island

import (
	"slices"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"drover/geo"
)

var usual = sync.OnceValue(func() *Island { return New(Seed) })

// TestConnected: every node can be reached from every other, and every street has an edge.
func TestConnected(t *testing.T) {
	for seed, i := range map[uint64]*Island{Seed: usual(), 1: New(1), 77: New(77)} {
		seen := make([]bool, i.Nodes())
		seen[0] = true
		streets := map[StreetID]bool{}
		for open := []NodeID{0}; len(open) > 0; {
			here := open[len(open)-1]
			open = open[:len(open)-1]
			for _, e := range i.Leaving(here) {
				streets[i.Edge(e).Street] = true
				if next := i.Edge(e).Other(here); !seen[next] {
					seen[next] = true
					open = append(open, next)
				}
			}
		}
		if alone := slices.Index(seen, false); alone >= 0 {
			t.Errorf("seed %d: node %d cannot be reached", seed, alone)
		}
		if len(streets) != i.Streets() || i.Streets() < 600 || i.Nodes() < 2500 {
			t.Errorf("seed %d: %d of %d streets are driven, %d nodes", seed, len(streets), i.Streets(), i.Nodes())
		}
		if len(i.Depots()) < 5 || len(i.Customers()) < 150 {
			t.Errorf("seed %d: %d depots and %d customers", seed, len(i.Depots()), len(i.Customers()))
		}
	}
}

// TestSame: a seed makes one island, node for node and tile for tile.
func TestSame(t *testing.T) {
	a, b := usual(), New(Seed)
	if !slices.Equal(a.nodes, b.nodes) || !slices.Equal(a.edges, b.edges) || !slices.Equal(a.streets, b.streets) ||
		!slices.Equal(a.customers, b.customers) || !slices.Equal(a.depots, b.depots) {
		t.Error("two islands of one seed differ")
	}
	if slices.Equal(a.nodes, New(Seed+1).nodes) {
		t.Error("another seed makes the same island")
	}
}

// TestEdges: an edge's line leads from its node to its node over land or a bridge, and is as long as it says.
func TestEdges(t *testing.T) {
	i := usual()
	bridges := 0
	for id := range EdgeID(i.Edges()) {
		e, line := i.Edge(id), i.Line(id)
		s := i.Street(e.Street)
		if line[0] != i.Node(e.From) || line[len(line)-1] != i.Node(e.To) {
			t.Fatalf("edge %d of %s does not lead from node to node", id, s.Name)
		}
		if length := geo.Length(line); length < 0.999*e.Length-0.01 || length > 1.001*e.Length+0.01 || e.Length < 1 {
			t.Errorf("edge %d of %s is %.2f m long and says %.2f", id, s.Name, length, e.Length)
		}
		if s.Name == "" || s.Limit < 20 || s.Limit > 110 {
			t.Errorf("edge %d: %+v", id, s)
		}
		for _, p := range line {
			if at := metres(p); !i.terrain.land.holds(at) {
				t.Errorf("%s leads into the sea at %v", s.Name, at)
			} else if i.terrain.wet(at) && !e.Bridge {
				t.Errorf("%s has no bridge over the water at %v", s.Name, at)
			}
		}
		if e.Bridge {
			bridges++
			if len(i.Leaving(e.From)) < 2 || len(i.Leaving(e.To)) < 2 {
				t.Errorf("the bridge of %s leads nowhere", s.Name)
			}
		}
	}
	if bridges < 12 {
		t.Errorf("there are %d bridges", bridges)
	}
}

// TestBothBanks: in town one comes to the other bank of the river by the nearest bridge, wherever one is.
func TestBothBanks(t *testing.T) {
	i := usual()
	bridges := map[StreetID]bool{}
	for _, x := range []float64{-2000, -1200, -400, 400, 1200, 2000, 2800} {
		north := i.nodeAt(orb.Point{x, i.terrain.riverY(x) + 400})
		south := i.nodeAt(orb.Point{x, i.terrain.riverY(x) - 400})
		length := 0.0
		for _, e := range i.Route(north, south) {
			if length += i.Edge(e).Length; i.Edge(e).Bridge {
				bridges[i.Edge(e).Street] = true
			}
		}
		if length > 2800 {
			t.Errorf("at %.0f m the other bank is %.0f m away", x, length)
		}
	}
	if len(bridges) < 4 {
		t.Errorf("only %d bridges are taken", len(bridges))
	}
}

// TestNames: in a town no name is that of two places far from each other, and the great roads are there.
func TestNames(t *testing.T) {
	i := usual()
	known := map[string]bool{}
	for _, s := range i.streets {
		known[s.Name] = true
		if s.Town != "" {
			known[s.Name+", "+s.Town] = true
		}
	}
	for _, want := range []string{
		"M1", "M2", "M3", "Ring, Port Null", "North Quay, Port Null", "South Coast Road", "Lake Road", "Harbour depot, Port Null",
	} {
		if !known[want] {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestDepots(t *testing.T) {
	i := usual()
	if len(i.Depots()) != len(yards()) {
		t.Fatalf("%d of %d depots are open", len(i.Depots()), len(yards()))
	}
	for _, d := range i.Depots() {
		length := 0.0
		for _, e := range i.Route(d.Yard, d.Node) {
			length += i.Edge(e).Length
		}
		if length < yardRows*rowLength || length > 2500 {
			t.Errorf("%s: the way through the yard is %.0f m long", d.Name, length)
		}
	}
	names := map[string]bool{}
	for _, c := range i.Customers() {
		if names[c.Name] || geo.Distance(c.At, i.Node(c.Node)) > 20 {
			t.Errorf("%s is there twice, or not on its street", c.Name)
		}
		names[c.Name] = true
	}
}
