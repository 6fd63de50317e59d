package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Box is a part of the Earth between two meridians and two parallels, such as what a map shows. It may cross the date
// line. The zero Box holds only the point 0, 0.
type Box struct {
	west         float64 // degrees, -180 ≤ west < 180
	width        float64 // degrees eastward from west, 0..360
	south, north float64 // degrees, -90..90
}

// NewBox is the box from west eastward to east, and from south to north, in degrees, its edges included. It crosses the
// date line if east is less than west, or if one of them is beyond 180°: a map that was dragged round the world says
// 170 to 190, or -190 to -170. From 360° apart on it goes all round. Latitudes beyond the poles are cut.
func NewBox(west, south, east, north float64) (Box, error) {
	for _, edge := range []struct {
		name  string
		value float64
	}{{"west", west}, {"south", south}, {"east", east}, {"north", north}} {
		if math.IsNaN(edge.value) || math.IsInf(edge.value, 0) {
			return Box{}, fmt.Errorf("box: %s is %g, a number of degrees is allowed", edge.name, edge.value)
		}
	}
	if south > north {
		return Box{}, fmt.Errorf("box: south is %g, north of north, %g", south, north)
	}
	b := Box{west: wrap(west), south: max(south, -90), north: min(north, 90), width: 360}
	if b.south > b.north {
		return Box{}, fmt.Errorf("box: south is %g and north %g, -90 to 90 are allowed", south, north)
	}
	if east-west < 360 {
		b.width = eastward(b.west, wrap(east))
	}
	return b, nil
}

// Contains tells whether a point is in the box or on its edge.
func (b Box) Contains(p orb.Point) bool {
	return p.Lat() >= b.south && p.Lat() <= b.north && eastward(b.west, wrap(p.Lon())) <= b.width
}

// wrap brings a longitude to -180 ≤ longitude < 180.
func wrap(lon float64) float64 {
	if lon >= -180 && lon < 180 {
		return lon
	}
	lon = math.Mod(lon+180, 360)
	if lon < 0 {
		lon += 360
	}
	if lon >= 360 { // a sliver below 0 rounds up
		lon = 0
	}
	return lon - 180
}

// eastward is how far to is east of from, both wrapped: 0 ≤ degrees < 360.
func eastward(from, to float64) float64 {
	if to >= from {
		return to - from
	}
	return to - from + 360
}
