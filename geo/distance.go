package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// EarthRadius is the mean radius of the Earth in metres: R1 of the International Union of Geodesy and Geophysics,
// (2a+b)/3 of the GRS 80 ellipsoid.
const EarthRadius = 6_371_008.8

const radians = math.Pi / 180

// Distance is the great-circle distance between two points in metres, by the haversine formula, which is exact for
// near points. It is at most half the Earth's circumference, 20,015,115 m.
func Distance(a, b orb.Point) float64 {
	u := math.Sin((b.Lat() - a.Lat()) * radians / 2)
	v := math.Sin((b.Lon() - a.Lon()) * radians / 2)
	h := u*u + math.Cos(a.Lat()*radians)*math.Cos(b.Lat()*radians)*v*v
	return 2 * EarthRadius * math.Asin(math.Sqrt(min(h, 1)))
}

// Length is the length of a line in metres, the sum of its parts' distances.
func Length(line orb.LineString) float64 {
	var sum float64
	for i := 1; i < len(line); i++ {
		sum += Distance(line[i-1], line[i])
	}
	return sum
}

// Bearing is the direction in which the great circle from a to b begins, in degrees clockwise from north,
// 0 ≤ Bearing < 360; 0 if there is none.
func Bearing(a, b orb.Point) float64 {
	across := (b.Lon() - a.Lon()) * radians
	from, to := a.Lat()*radians, b.Lat()*radians
	east := math.Sin(across) * math.Cos(to)
	north := math.Cos(from)*math.Sin(to) - math.Sin(from)*math.Cos(to)*math.Cos(across)
	bearing := math.Atan2(east, north) / radians
	if bearing < 0 {
		bearing += 360
	}
	if bearing >= 360 { // a sliver below 0 rounds up
		return 0
	}
	return bearing
}
