package island

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

func (i *Island) seconds(way []EdgeID) (sum float64) {
	for _, e := range way {
		sum += i.Edge(e).Length*3.6/float64(i.Street(i.Edge(e).Street).Limit) + crossing
	}
	return sum
}

// TestRoute: a route leads along edges from one node to the other, and A* finds none that is slower than Dijkstra's.
func TestRoute(t *testing.T) {
	i := usual()
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		from, to := NodeID(random.IntN(i.Nodes())), NodeID(random.IntN(i.Nodes()))
		way := i.Route(from, to)
		at := from
		for _, e := range way {
			if edge := i.Edge(e); edge.From != at && edge.To != at {
				t.Fatalf("the route from %d to %d leaps at %d", from, to, at)
			}
			at = i.Edge(e).Other(at)
		}
		if at != to {
			t.Fatalf("the route from %d to %d ends at %d", from, to, at)
		}
		if a, b := i.seconds(way), i.seconds(i.Ways(from).To(to)); math.Abs(a-b) > 1e-6 {
			t.Errorf("from %d to %d: %.1f s, and %.1f s at best", from, to, a, b)
		}
	}
	if way := i.Route(5, 5); len(way) != 0 {
		t.Errorf("from a node to itself: %v", way)
	}
}

// TestAddress: a point on a street has its address, one in the country tells the nearest town, one at sea none.
func TestAddress(t *testing.T) {
	i := usual()
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		id := EdgeID(random.IntN(i.Edges()))
		on, _ := middle(i.line(id))
		a, ok := i.Address(degrees(on))
		if !ok || a.Distance > 0.2 {
			t.Fatalf("the middle of edge %d is %.1f m from %s", id, a.Distance, a)
		}
		if s := i.Street(i.Edge(id).Street); a.Edge == id && (a.Street != s || s.Town != "" && a.String() != s.Name+", "+s.Town) {
			t.Errorf("the middle of %+v is %s", s, a)
		}
	}
	ring, ok := i.Address(degrees(i.line(i.edgeOf("Ring"))[0]))
	if !ok || ring.String() != "Ring, Port Null" {
		t.Errorf("on the ring: %s", ring)
	}
	if m1, ok := i.Address(degrees(orb.Point{7000, -2500})); !ok || m1.String() != "M1, 2 km from Port Null" {
		t.Errorf("on the motorway: %s", m1)
	}
	for _, far := range []orb.Point{{-0.3, 0}, {2.35, 48.86}, {0, 0.2}, {180, 89}} {
		if a, ok := i.Address(far); ok {
			t.Errorf("at %v: %s", far, a)
		}
	}
}

func (i *Island) edgeOf(street string) EdgeID {
	for e := range EdgeID(i.Edges()) {
		if i.Street(i.Edge(e).Street).Name == street {
			return e
		}
	}
	return -1
}

func TestWithin(t *testing.T) {
	i := usual()
	for n := range NodeID(50) {
		for _, e := range i.Leaving(n) {
			found := false
			for _, w := range i.Within(i.Node(n), 1) {
				found = found || w == e
			}
			if !found {
				t.Errorf("edge %d is not within 1 m of its node %d", e, n)
			}
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Seed)
	}
}

func BenchmarkRoute(b *testing.B) {
	i := usual()
	from, to := i.Depots()[0].Node, i.Depots()[6].Node
	b.ReportAllocs()
	for b.Loop() {
		i.Route(from, to)
	}
}

func BenchmarkAddress(b *testing.B) {
	i := usual()
	b.ReportAllocs()
	for b.Loop() {
		i.Address(orb.Point{0.004, 0.0123})
	}
}
