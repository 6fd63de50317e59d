package geo

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// Thin chooses at most limit points of a trail that keep its shape best, by Visvalingam and Whyatt's method, which
// drops the point that makes the smallest triangle with its neighbours, again and again. It returns their indexes,
// rising; the first and the last point are always among them. A limit below 2 counts as 2. The trail is not changed
// and may cross the date line. Time is O(n log n), memory about 100 bytes a point.
func Thin(trail orb.LineString, limit int) []int {
	limit = max(limit, 2)
	kept := make([]int, 0, min(len(trail), limit))
	if len(trail) <= limit {
		for i := range trail {
			kept = append(kept, i)
		}
		return kept
	}
	line := unroll(trail)
	thin := simplify.VisvalingamKeep(limit).LineString(line.Clone())
	// What is left are points of line in its order; a point that occurs more than once is taken where it occurs first,
	// but for the last.
	at := 0
	for _, point := range thin[:len(thin)-1] {
		for at < len(line)-1 && line[at] != point {
			at++
		}
		if at == len(line)-1 {
			break
		}
		kept = append(kept, at)
		at++
	}
	return append(kept, len(line)-1)
}

// unroll is the trail with longitudes that run on beyond 180 instead of jumping across the map.
func unroll(trail orb.LineString) orb.LineString {
	line := trail.Clone()
	var turns float64
	for i := 1; i < len(line); i++ {
		switch jump := trail[i].Lon() - trail[i-1].Lon(); {
		case jump > 180:
			turns -= 360
		case jump < -180:
			turns += 360
		}
		line[i][0] += turns
	}
	return line
}
