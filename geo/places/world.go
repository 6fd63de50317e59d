package places

import (
	"math"

	"github.com/paulmach/orb"

	"drover/geo"
)

// World is the gazetteer of the Earth's towns.
type World struct{}

const (
	radians = math.Pi / 180
	metres  = geo.EarthRadius * radians // of a degree

	// Scores: from middle to within inside a town, by how far out; beyond, the metres to its edge less a bonus.
	middle   = -10_000.0
	within   = -5_000.0
	maxBonus = 2_500.0
)

// score says how well a town of that radius tells a point at that distance of its middle: the less, the better.
func score(distance, radius float64) float64 {
	if distance <= radius {
		return middle + (within-middle)*distance/radius
	}
	return distance - radius - min(radius, maxBonus)
}

// search looks for the town by which to tell a point.
type search struct {
	at    orb.Point
	best  town
	score float64 // of the best so far, see score
	found bool
}

// Nearest is the town by which to tell a point; false if the point is not on the Earth or none is within Reach.
func (World) Nearest(at orb.Point) (Place, bool) {
	if math.IsInf(at.Lon(), 0) || !(math.Abs(at.Lat()) <= 90) || math.IsNaN(at.Lon()) {
		return Place{}, false
	}
	at[0] = math.Remainder(at.Lon(), 360)
	s := search{at: at, score: Reach}
	home := min(int((at.Lat()+90)/bandHeight), bands-1)
	s.look(home)
	for away := 1; ; away++ {
		// The nearer edge of a band this far away is at least so many bands off.
		if float64(away-1)*bandHeight*metres > s.far() {
			break
		}
		s.look(home - away)
		s.look(home + away)
	}
	if !s.found {
		return Place{}, false
	}
	place := seen(s.best, at)
	return place, place.Distance <= Reach
}

// far is how far the middle of a better town can be, in metres: all radii are at most maxRadius.
func (s *search) far() float64 {
	if s.score < within {
		return (s.score - middle) / (within - middle) * maxRadius
	}
	return min(s.score+maxRadius+maxBonus, Reach)
}

// look goes through a band from the point's longitude to both sides, as round a ring.
func (s *search) look(band int) {
	if band < 0 || band >= bands {
		return
	}
	from, to := first(band), first(band+1)
	count := to - from
	if count == 0 {
		return
	}
	edge := max(math.Abs(float64(band)*bandHeight-90), math.Abs(float64(band+1)*bandHeight-90), math.Abs(s.at.Lat()))
	narrow := math.Cos(min(edge, 90)*radians) * metres // the least metres of a degree of longitude around here
	start := townsAt()
	nearest := eastOf(start+townSize*from, count, s.at.Lon())
	for i := range count {
		if !s.try(start+townSize*(from+(nearest+i)%count), narrow) {
			break
		}
	}
	for i := range count {
		if !s.try(start+townSize*(from+(nearest-1-i+2*count)%count), narrow) {
			break
		}
	}
}

// eastOf is the first of a band's towns that is not west of a longitude, or their count.
func eastOf(start, count int, lon float64) int {
	low, high := 0, count
	for low < high {
		if half := (low + high) / 2; longitude(start+townSize*half) < lon {
			low = half + 1
		} else {
			high = half
		}
	}
	return low
}

// try takes a town if it is better; false if those further along the band cannot be.
func (s *search) try(entry int, narrow float64) bool {
	across := math.Abs(longitude(entry) - s.at.Lon())
	across = min(across, 360-across)
	far := s.far()
	if across*narrow > far {
		return false
	}
	t := readTown(entry)
	y := (t.at.Lat() - s.at.Lat()) * metres
	if math.Abs(y) > far {
		return true
	}
	x := across * metres * math.Cos((t.at.Lat()+s.at.Lat())/2*radians)
	distance := math.Sqrt(x*x + y*y)
	if found := score(distance, t.radius); found < s.score && distance <= Reach {
		s.best, s.score, s.found = t, found, true
	}
	return true
}
