package island

import (
	"math"

	"github.com/paulmach/orb"

	"drover/geo"
)

// metresPerDegree of latitude, and at the equator of longitude too.
const metresPerDegree = geo.EarthRadius * math.Pi / 180

const km = 1000.0

// degrees is a place of the plane as longitude and latitude.
func degrees(p orb.Point) orb.Point {
	return orb.Point{p[0] / metresPerDegree, p[1] / metresPerDegree}
}

// metres is a longitude and latitude as a place of the plane.
func metres(p orb.Point) orb.Point {
	return orb.Point{p[0] * metresPerDegree, p[1] * metresPerDegree}
}

func add(a, b orb.Point) orb.Point                { return orb.Point{a[0] + b[0], a[1] + b[1]} }
func sub(a, b orb.Point) orb.Point                { return orb.Point{a[0] - b[0], a[1] - b[1]} }
func scale(a orb.Point, f float64) orb.Point      { return orb.Point{a[0] * f, a[1] * f} }
func dot(a, b orb.Point) float64                  { return a[0]*b[0] + a[1]*b[1] }
func cross(a, b orb.Point) float64                { return a[0]*b[1] - a[1]*b[0] }
func apart(a, b orb.Point) float64                { return math.Hypot(a[0]-b[0], a[1]-b[1]) }
func between(a, b orb.Point, t float64) orb.Point { return add(scale(a, 1-t), scale(b, t)) }

// turn is a point turned about 0, 0 by an angle in radians, counterclockwise.
func turn(p orb.Point, angle float64) orb.Point {
	sin, cos := math.Sincos(angle)
	return orb.Point{p[0]*cos - p[1]*sin, p[0]*sin + p[1]*cos}
}

// normal is the unit vector to the left of the way from a to b; zero where they are one.
func normal(a, b orb.Point) orb.Point {
	d := sub(b, a)
	length := math.Hypot(d[0], d[1])
	if length == 0 {
		return orb.Point{}
	}
	return orb.Point{-d[1] / length, d[0] / length}
}

func lengthOf(line []orb.Point) float64 {
	sum := 0.0
	for i := 1; i < len(line); i++ {
		sum += apart(line[i-1], line[i])
	}
	return sum
}

// nearestOn is the point of the segment from a to b that is nearest to p, and how far along it is, 0..1.
func nearestOn(p, a, b orb.Point) (orb.Point, float64) {
	d := sub(b, a)
	square := dot(d, d)
	if square == 0 {
		return a, 0
	}
	t := max(0, min(1, dot(sub(p, a), d)/square))
	return between(a, b, t), t
}

// spline is a smooth curve (Catmull-Rom) through points, sampled about each step metres; closed: back to the first.
func spline(points []orb.Point, step float64, closed bool) []orb.Point {
	n := len(points)
	pick := func(i int) orb.Point {
		if closed {
			return points[(i+n)%n]
		}
		return points[max(0, min(n-1, i))]
	}
	spans := n - 1
	if closed {
		spans = n
	}
	var line []orb.Point
	for i := range spans {
		a, b, c, d := pick(i-1), pick(i), pick(i+1), pick(i+2)
		parts := max(1, int(math.Round(apart(b, c)/step)))
		for k := range parts {
			line = append(line, catmull(a, b, c, d, float64(k)/float64(parts)))
		}
	}
	return append(line, pick(spans))
}

func catmull(a, b, c, d orb.Point, t float64) orb.Point {
	var p orb.Point
	for i := range p {
		p[i] = b[i] + t/2*(c[i]-a[i]+t*(2*a[i]-5*b[i]+4*c[i]-d[i]+t*(3*(b[i]-c[i])+d[i]-a[i])))
	}
	return p
}

// offset is a line moved to its left by so many metres, which may differ along it (at: 0..1).
func offset(line []orb.Point, by func(at float64) float64) []orb.Point {
	moved := make([]orb.Point, len(line))
	for i, p := range line {
		n := normal(line[max(0, i-1)], line[min(len(line)-1, i+1)])
		moved[i] = add(p, scale(n, by(float64(i)/float64(len(line)-1))))
	}
	return moved
}

func always(v float64) func(float64) float64 { return func(float64) float64 { return v } }
