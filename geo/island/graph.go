package island

import (
	"github.com/paulmach/orb"
)

// The numbers of nodes, edges and streets, from 0.
type (
	// NodeID is a node's.
	NodeID int32
	// EdgeID is an edge's.
	EdgeID int32
	// StreetID is a street's.
	StreetID int32
)

// Street is a road with a name: what an address says.
type Street struct {
	Name  string
	Ref   string // the road's number, such as M1; "": none
	Class Class
	Limit int    // km/h
	Town  string // "": in the country
}

// Edge is the part of a street between two nodes. It may be driven both ways.
type Edge struct {
	From, To NodeID
	Street   StreetID
	Bridge   bool    // over water
	Length   float64 // metres

	first, last int32 // its points
}

// Graph is the network of streets. All of it is connected.
type Graph struct {
	streets []Street
	edges   []Edge
	nodes   []orb.Point // metres
	points  []orb.Point // metres; the lines of the edges, one after the other
	leaving [][]EdgeID  // of each node
	lines   *index      // of each edge
}

// Nodes is how many nodes there are.
func (g *Graph) Nodes() int { return len(g.nodes) }

// Edges is how many edges there are.
func (g *Graph) Edges() int { return len(g.edges) }

// Streets is how many streets there are.
func (g *Graph) Streets() int { return len(g.streets) }

// Node is where a node is, in degrees.
func (g *Graph) Node(n NodeID) orb.Point { return degrees(g.nodes[n]) }

// Edge gives an edge.
func (g *Graph) Edge(e EdgeID) Edge { return g.edges[e] }

// Street gives a street.
func (g *Graph) Street(s StreetID) Street { return g.streets[s] }

// Line is an edge's way from its From to its To, in degrees.
func (g *Graph) Line(e EdgeID) orb.LineString {
	line := make(orb.LineString, 0, 8)
	for _, p := range g.line(e) {
		line = append(line, degrees(p))
	}
	return line
}

// Leaving are the edges at a node; the caller must not change the list.
func (g *Graph) Leaving(n NodeID) []EdgeID { return g.leaving[n] }

// Other is the node at an edge's other end.
func (e Edge) Other(n NodeID) NodeID {
	if n == e.From {
		return e.To
	}
	return e.From
}

func (g *Graph) line(e EdgeID) []orb.Point {
	return g.points[g.edges[e].first:g.edges[e].last]
}

// newGraph takes the pieces that were built, as they are ordered, and leaves out the nodes without any.
func newGraph(nodes []orb.Point, pieces []piece, streets []Street, of []StreetID) (*Graph, map[int32]NodeID) {
	g := &Graph{streets: streets, lines: newIndex(120)}
	numbers := map[int32]NodeID{}
	number := func(n int32) NodeID {
		id, ok := numbers[n]
		if !ok {
			id = NodeID(len(g.nodes))
			numbers[n] = id
			g.nodes = append(g.nodes, nodes[n])
			g.leaving = append(g.leaving, nil)
		}
		return id
	}
	for i, p := range pieces {
		e := Edge{From: number(p.from), To: number(p.to), Street: of[i], Bridge: p.bridge, Length: lengthOf(p.points)}
		e.first = int32(len(g.points))
		g.points = append(g.points, p.points...)
		e.last = int32(len(g.points))
		id := EdgeID(len(g.edges))
		g.edges = append(g.edges, e)
		g.leaving[e.From] = append(g.leaving[e.From], id)
		if e.To != e.From {
			g.leaving[e.To] = append(g.leaving[e.To], id)
		}
		g.lines.addLine(p.points, int(id))
	}
	return g, numbers
}
