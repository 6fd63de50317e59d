package island

import (
	"math"

	"github.com/paulmach/orb"
)

// index finds segments near a point. It is filled first and read afterwards, then by anybody.
type index struct {
	cell     float64 // metres
	cells    map[[2]int32][]int32
	segments []segment
}

// segment is a straight part of something.
type segment struct {
	a, b orb.Point
	of   int32 // what it is part of
	n    int32 // the how manieth part
}

func newIndex(cell float64) *index { return &index{cell: cell, cells: map[[2]int32][]int32{}} }

func (x *index) addLine(line []orb.Point, of int) {
	for i := 1; i < len(line); i++ {
		s := segment{line[i-1], line[i], int32(of), int32(i - 1)}
		x.eachCell(s.bound(0), func(cell [2]int32) {
			x.cells[cell] = append(x.cells[cell], int32(len(x.segments)))
		})
		x.segments = append(x.segments, s)
	}
}

func (s *segment) bound(margin float64) orb.Bound {
	return orb.MultiPoint{s.a, s.b}.Bound().Pad(margin)
}

func (x *index) eachCell(b orb.Bound, use func([2]int32)) {
	for i := x.number(b.Min[0]); i <= x.number(b.Max[0]); i++ {
		for j := x.number(b.Min[1]); j <= x.number(b.Max[1]); j++ {
			use([2]int32{i, j})
		}
	}
}

func (x *index) number(v float64) int32 { return int32(math.Floor(v / x.cell)) }

// each calls use with the segments that may touch a box, some of them twice.
func (x *index) each(b orb.Bound, use func(*segment)) {
	x.eachCell(b, func(cell [2]int32) {
		for _, i := range x.cells[cell] {
			use(&x.segments[i])
		}
	})
}

// found is where a segment comes nearest to a point.
type found struct {
	*segment
	point    orb.Point
	at       float64 // along the segment, 0..1
	distance float64 // metres
}

// nearest looks for the nearest segment within so many metres that suits; suits may be nil.
func (x *index) nearest(p orb.Point, within float64, suits func(of int32) bool) (best found, ok bool) {
	for reach := min(within, x.cell); ; reach = min(within, 2*reach) {
		best = found{distance: reach}
		x.each(orb.Bound{Min: p, Max: p}.Pad(reach), func(s *segment) {
			if suits != nil && !suits(s.of) {
				return
			}
			q, t := nearestOn(p, s.a, s.b)
			if d := apart(p, q); d < best.distance || d == best.distance && best.segment == nil {
				best = found{s, q, t, d}
			}
		})
		if best.segment != nil || reach >= within {
			return best, best.segment != nil
		}
	}
}

// near is whether something is within so many metres.
func (x *index) near(p orb.Point, within float64) bool {
	_, ok := x.nearest(p, within, nil)
	return ok
}
