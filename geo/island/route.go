package island

import (
	"slices"

	"github.com/paulmach/orb"
)

const (
	fastest  = 110 / 3.6 // the greatest speed limit, m/s: what is left of a way takes at least that
	crossing = 4         // seconds that each junction costs
)

// Route is the quickest way between two nodes at the speed limits, as the edges in their order, found with A*. It is
// empty if they are the same.
func (g *Graph) Route(from, to NodeID) []EdgeID {
	goal := g.nodes[to]
	by := g.search(from, to, func(p orb.Point) float64 { return apart(p, goal) / fastest })
	return g.back(from, to, by)
}

// Ways are the quickest ways from one node to all others.
type Ways struct {
	graph *Graph
	from  NodeID
	by    []EdgeID
}

// Ways finds the quickest ways from a node to all others at once (Dijkstra).
func (g *Graph) Ways(from NodeID) Ways {
	return Ways{g, from, g.search(from, -1, func(orb.Point) float64 { return 0 })}
}

// To is the way to a node, as Route gives it.
func (w Ways) To(node NodeID) []EdgeID { return w.graph.back(w.from, node, w.by) }

// search gives the edge by which each node is reached soonest, until it comes to one; least is what is left at least.
func (g *Graph) search(from, to NodeID, least func(orb.Point) float64) []EdgeID {
	seconds := make([]float64, len(g.nodes)) // so far; 0: not reached
	by := make([]EdgeID, len(g.nodes))
	done := make([]bool, len(g.nodes))
	open := frontier{{node: from}}
	for len(open) > 0 {
		here := open.pop()
		if here == to {
			break
		}
		if done[here] {
			continue
		}
		done[here] = true
		for _, e := range g.leaving[here] {
			edge := &g.edges[e]
			next := edge.Other(here)
			cost := seconds[here] + edge.Length*3.6/float64(g.streets[edge.Street].Limit) + crossing
			if done[next] || seconds[next] > 0 && seconds[next] <= cost {
				continue
			}
			seconds[next], by[next] = cost, e
			open.push(reached{next, cost + least(g.nodes[next])})
		}
	}
	return by
}

func (g *Graph) back(from, to NodeID, by []EdgeID) []EdgeID {
	var way []EdgeID
	for n := to; n != from; n = g.edges[by[n]].Other(n) {
		way = append(way, by[n])
	}
	slices.Reverse(way)
	return way
}

type reached struct {
	node  NodeID
	total float64 // seconds by way of it, at least
}

// frontier is a binary heap of nodes, the most promising first.
type frontier []reached

func (f *frontier) push(r reached) {
	*f = append(*f, r)
	h := *f
	for i := len(h) - 1; i > 0 && h[i].total < h[(i-1)/2].total; i = (i - 1) / 2 {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
	}
}

func (f *frontier) pop() NodeID {
	h := *f
	first := h[0].node
	h[0] = h[len(h)-1]
	h = h[:len(h)-1]
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if h[child].total < h[least].total {
				least = child
			}
		}
		if least == i {
			break
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
	*f = h
	return first
}
