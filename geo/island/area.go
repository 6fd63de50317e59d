package island

import (
	"math"

	"github.com/paulmach/orb"
)

// area tells quickly whether a point is inside a ring: it looks only at the sides in the point's strip.
type area struct {
	ring   orb.Ring
	bound  orb.Bound
	height float64
	strips [][]int32 // the sides that touch each strip
}

func newArea(ring orb.Ring) *area {
	a := &area{ring: ring, bound: ring.Bound()}
	count := max(1, len(ring)/8)
	a.height = (a.bound.Max[1] - a.bound.Min[1]) / float64(count)
	a.strips = make([][]int32, count)
	for i := 1; i < len(ring); i++ {
		low, high := min(ring[i-1][1], ring[i][1]), max(ring[i-1][1], ring[i][1])
		for s := a.strip(low); s <= a.strip(high); s++ {
			a.strips[s] = append(a.strips[s], int32(i))
		}
	}
	return a
}

func (a *area) strip(y float64) int {
	return max(0, min(len(a.strips)-1, int((y-a.bound.Min[1])/a.height)))
}

// holds counts the sides east of the point: an odd number is inside.
func (a *area) holds(p orb.Point) bool {
	if !a.bound.Contains(p) {
		return false
	}
	inside := false
	for _, i := range a.strips[a.strip(p[1])] {
		from, to := a.ring[i-1], a.ring[i]
		if (from[1] > p[1]) != (to[1] > p[1]) &&
			p[0] < (to[0]-from[0])*(p[1]-from[1])/(to[1]-from[1])+from[0] {
			inside = !inside
		}
	}
	return inside
}

// distance is how far a point is from a ring's edge, in metres.
func distance(p orb.Point, ring []orb.Point) float64 {
	best := math.Inf(1)
	for i := 1; i < len(ring); i++ {
		q, _ := nearestOn(p, ring[i-1], ring[i])
		best = min(best, apart(p, q))
	}
	return best
}
