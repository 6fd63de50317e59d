package island

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

const (
	together = 9  // junctions nearer than this to each other are one, in metres
	stub     = 75 // dead ends shorter than this are not built
)

// cut is where a road has a junction, or ends.
type cut struct {
	at   float64 // the how manieth point of the road, and a part
	node int32
}

// piece is a part of a road between two nodes.
type piece struct {
	road     int32
	from, to int32
	points   []orb.Point
	bridge   bool
}

// junctions finds where roads meet.
type junctions struct {
	roads []*road
	nodes []orb.Point
	cells map[[2]int32][]int32
	cuts  [][]cut
}

// join makes the pieces between junctions of all roads, in the order of the roads and along each.
func join(roads []*road, wet func(orb.Point) bool) ([]orb.Point, []piece) {
	j := &junctions{roads: roads, cells: map[[2]int32][]int32{}, cuts: make([][]cut, len(roads))}
	all := newIndex(60)
	for i, r := range roads {
		all.addLine(r.points, i)
	}
	for i := range all.segments {
		s := &all.segments[i]
		var seen []*segment
		all.each(s.bound(0), func(o *segment) {
			if (o.of > s.of || o.of == s.of && o.n > s.n+1) && !slices.Contains(seen, o) {
				seen = append(seen, o)
				j.cross(s, o)
			}
		})
	}
	for i, r := range roads {
		j.cut(int32(i), 0, r.points[0])
		j.cut(int32(i), float64(len(r.points)-1), r.points[len(r.points)-1])
		j.landfalls(int32(i), wet)
	}
	return j.nodes, j.pieces()
}

// cross notes the junction of two segments that cross.
func (j *junctions) cross(s, o *segment) {
	if s.of == o.of {
		return
	}
	d, e := sub(s.b, s.a), sub(o.b, o.a)
	det := cross(d, e)
	if math.Abs(det) < 1e-9 {
		return
	}
	t, u := cross(sub(o.a, s.a), e)/det, cross(sub(o.a, s.a), d)/det
	if t < 0 || t > 1 || u < 0 || u > 1 {
		return
	}
	p := between(s.a, s.b, t)
	if a, b := j.roads[s.of], j.roads[o.of]; !a.meets(b) && !a.endsAt(p) && !b.endsAt(p) {
		return
	}
	j.cut(s.of, float64(s.n)+t, p)
	j.cut(o.of, float64(o.n)+u, p)
}

// landfalls notes where a road comes to water and leaves it: its bridges are pieces of their own.
func (j *junctions) landfalls(road int32, wet func(orb.Point) bool) {
	const shore, parts = 16.0, 8 // metres of the bridge on land; looks at each segment
	line := j.roads[road].points
	for n := 1; n < len(line); n++ {
		for k := range parts {
			t := float64(k) / parts
			if here, next := between(line[n-1], line[n], t), between(line[n-1], line[n], t+1.0/parts); wet(here) != wet(next) {
				step := shore / max(1, apart(line[n-1], line[n]))
				if wet(here) {
					step = -step
				}
				at := max(0, min(float64(len(line)-1), float64(n-1)+t-step))
				j.cut(road, at, along(line, at))
			}
		}
	}
}

// along is the point of a line at the how manieth point, and a part.
func along(line []orb.Point, at float64) orb.Point {
	n := min(int(at), len(line)-2)
	return between(line[n], line[n+1], at-float64(n))
}

func (j *junctions) cut(road int32, at float64, p orb.Point) {
	j.cuts[road] = append(j.cuts[road], cut{at, j.node(p)})
}

// node is the node at a point: one that is there, or a new one.
func (j *junctions) node(p orb.Point) int32 {
	x, y := int32(math.Floor(p[0]/together)), int32(math.Floor(p[1]/together))
	for dx := int32(-1); dx <= 1; dx++ {
		for dy := int32(-1); dy <= 1; dy++ {
			for _, n := range j.cells[[2]int32{x + dx, y + dy}] {
				if apart(j.nodes[n], p) < together {
					return n
				}
			}
		}
	}
	n := int32(len(j.nodes))
	j.nodes = append(j.nodes, p)
	j.cells[[2]int32{x, y}] = append(j.cells[[2]int32{x, y}], n)
	return n
}

func (j *junctions) pieces() []piece {
	var pieces []piece
	for i, r := range j.roads {
		cuts := j.cuts[i]
		slices.SortFunc(cuts, func(a, b cut) int { return cmp.Compare(a.at, b.at) })
		for k := 1; k < len(cuts); k++ {
			if line := j.between(r, cuts[k-1], cuts[k]); line != nil {
				pieces = append(pieces, piece{road: int32(i), from: cuts[k-1].node, to: cuts[k].node, points: line})
			}
		}
	}
	return pieces
}

// between is a road's line from one cut to the next; nil if that is nothing.
func (j *junctions) between(r *road, a, b cut) []orb.Point {
	line := []orb.Point{j.nodes[a.node]}
	for n := int(math.Floor(a.at)) + 1; float64(n) < b.at; n++ {
		if apart(r.points[n], j.nodes[a.node]) > 3 && apart(r.points[n], j.nodes[b.node]) > 3 {
			line = append(line, r.points[n])
		}
	}
	line = append(line, j.nodes[b.node])
	if a.node == b.node && lengthOf(line) < 4*together {
		return nil
	}
	return thin(line)
}

// thin leaves out points that are less than 12 cm beside the line (Douglas and Peucker).
func thin(line []orb.Point) []orb.Point {
	const most = 0.12
	if len(line) < 3 {
		return line
	}
	far, at := most, 0
	for i := 1; i < len(line)-1; i++ {
		q, _ := nearestOn(line[i], line[0], line[len(line)-1])
		if d := apart(q, line[i]); d > far {
			far, at = d, i
		}
	}
	if at == 0 {
		return []orb.Point{line[0], line[len(line)-1]}
	}
	return append(slices.Clone(thin(line[:at+1])), thin(line[at:])[1:]...)
}

// prune drops stubs, and then all that is not connected with the most.
func prune(nodes int, pieces []piece) []piece {
	for range 4 {
		degree := make([]int, nodes)
		for i := range pieces {
			degree[pieces[i].from]++
			degree[pieces[i].to]++
		}
		before := len(pieces)
		pieces = slices.DeleteFunc(pieces, func(p piece) bool {
			return (degree[p.from] == 1 || degree[p.to] == 1) && lengthOf(p.points) < stub
		})
		if len(pieces) == before {
			break
		}
	}
	return largest(nodes, pieces)
}

// largest keeps the pieces of the largest connected part.
func largest(nodes int, pieces []piece) []piece {
	parent := make([]int32, nodes)
	for i := range parent {
		parent[i] = int32(i)
	}
	root := func(n int32) int32 {
		for parent[n] != n {
			parent[n] = parent[parent[n]]
			n = parent[n]
		}
		return n
	}
	for i := range pieces {
		parent[root(pieces[i].from)] = root(pieces[i].to)
	}
	sizes, best := map[int32]int{}, int32(-1)
	for i := range pieces {
		r := root(pieces[i].from)
		if sizes[r]++; best < 0 || sizes[r] > sizes[best] {
			best = r
		}
	}
	return slices.DeleteFunc(pieces, func(p piece) bool { return root(p.from) != best })
}
