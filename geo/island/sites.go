package island

import (
	"strings"

	"github.com/paulmach/orb"
)

// Site is a place that vehicles drive to.
type Site struct {
	Name string
	Kind string // depot, shop, office, service or warehouse
	Town string
	Node NodeID    // on its street
	At   orb.Point // degrees; beside the street
	Yard NodeID    // of a depot: the far end of its yard's rows, to which Route leads from Node
}

// customersOf is how many customers each town has, in the order of the towns.
func customersOf() []int { return []int{74, 34, 22, 20, 14} }

// place is a customer before the graph is made.
type place struct {
	Site
	node int32
}

// settle finds the customers' places in the middle of streets, and splits the pieces there.
func settle(seed uint64, towns []*town, t *terrain, roads []*road, nodes *[]orb.Point,
	pieces []piece,
) ([]place, []piece) {
	d := newDice(seed, diceSites)
	taken := map[string]bool{}
	split := map[int]place{}
	for i, town := range towns {
		for range customersOf()[i] {
			at, ok := d.spot(town, roads, pieces, split)
			if !ok {
				continue
			}
			line := pieces[at].points
			mid, side := middle(line)
			kind := d.trade(within(t.yards, mid))
			name := d.firm(kind, taken)
			*nodes = append(*nodes, mid)
			split[at] = place{Site{Name: name, Kind: kind.kind, Town: town.name, At: degrees(side)}, int32(len(*nodes) - 1)}
		}
	}
	var all []piece
	var places []place
	for i, p := range pieces {
		c, ok := split[i]
		if !ok {
			all = append(all, p)
			continue
		}
		places = append(places, c)
		first, second := halves(p, (*nodes)[c.node], c.node)
		all = append(all, first, second)
	}
	return places, all
}

// spot draws a street of a town where a customer may be.
func (d dice) spot(t *town, roads []*road, pieces []piece, split map[int]place) (int, bool) {
	for range 20_000 {
		i := d.IntN(len(pieces))
		r := roads[pieces[i].road]
		_, used := split[i]
		if r.town == t && !used && (r.class == Residential || r.class == Secondary) && lengthOf(pieces[i].points) > 80 {
			return i, true
		}
	}
	return 0, false
}

// trade draws what a customer does; in industry it is more often a warehouse.
func (d dice) trade(industry bool) customerKind {
	kinds := trades()
	if industry || d.Float64() < 0.15 {
		return kinds[len(kinds)-1]
	}
	return kinds[d.IntN(len(kinds)-1)]
}

// firm draws a name that no customer has yet.
func (d dice) firm(kind customerKind, taken map[string]bool) string {
	words := strings.Fields(stems)
	for {
		name := words[d.IntN(len(words))] + " " + kind.words[d.IntN(len(kind.words))]
		if !taken[name] {
			taken[name] = true
			return name
		}
	}
}

// middle is the middle of a line, and a point beside it.
func middle(line []orb.Point) (on, beside orb.Point) {
	left := lengthOf(line) / 2
	for i := 1; ; i++ {
		part := apart(line[i-1], line[i])
		if left <= part || i == len(line)-1 {
			on = between(line[i-1], line[i], min(1, left/max(part, 0.01)))
			return on, add(on, scale(normal(line[i-1], line[i]), 16))
		}
		left -= part
	}
}

// halves splits a piece at a point in its middle.
func halves(p piece, at orb.Point, node int32) (first, second piece) {
	first, second = p, p
	left, i := lengthOf(p.points)/2, 1
	for ; i < len(p.points)-1 && left > apart(p.points[i-1], p.points[i]); i++ {
		left -= apart(p.points[i-1], p.points[i])
	}
	first.points = append(append([]orb.Point{}, p.points[:i]...), at)
	second.points = append([]orb.Point{at}, p.points[i:]...)
	first.to, second.from = node, node
	return first, second
}
