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
