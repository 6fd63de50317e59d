package live

import (
	"errors"
	"math"
)

// box is the part of the map that a reader looks at, in degrees × 10⁷. West is greater than east where it crosses the
// date line.
type box struct {
	west, south, east, north int32
}

const (
	scale  = 1e7
	circle = 360.0
)

var errBox = errors.New("bbox wants [west, south, east, north] in degrees, south not above north")

// newBox reads west, south, east and north in degrees. Maps that were turned around the world give longitudes beyond
// ±180, which are brought back.
func newBox(degrees []float64) (*box, error) {
	if len(degrees) != 4 {
		return nil, errBox
	}
	west, south, east, north := degrees[0], degrees[1], degrees[2], degrees[3]
	for _, d := range degrees {
		if math.IsNaN(d) || math.Abs(d) > 1e6 {
			return nil, errBox
		}
	}
	if south > north {
		return nil, errBox
	}
	b := &box{south: fixed(max(south, -90), 90), north: fixed(min(north, 90), 90)}
	if east-west >= circle {
		west, east = -180, 180
	}
	b.west, b.east = fixed(around(west), 180), fixed(around(east), 180)
	return b, nil
}

// around brings a longitude into -180..180.
func around(degrees float64) float64 {
	if math.Abs(degrees) <= 180 {
		return degrees
	}
	return degrees - circle*math.Round(degrees/circle)
}

// fixed is degrees × 10⁷, within ±most degrees.
func fixed(degrees, most float64) int32 {
	return int32(math.Round(min(max(degrees, -most), most) * scale))
}

func (b *box) holds(s *spot) bool {
	if s.state&stateMask == 0 || s.latitude < b.south || s.latitude > b.north {
		return false
	}
	if b.west > b.east {
		return s.longitude >= b.west || s.longitude <= b.east
	}
	return s.longitude >= b.west && s.longitude <= b.east
}
