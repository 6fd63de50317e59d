package island

import (
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"
)

// dice are the random numbers of one purpose: what one draws more of does not change another's.
type dice struct{ *rand.Rand }

// The purposes that have dice of their own.
const (
	diceCoast = iota + 1
	diceRiver
	diceNature
	diceGrids
	diceStreets
	diceSites
	diceBuildings
)

func newDice(seed uint64, purpose uint64) dice {
	return dice{rand.New(rand.NewPCG(seed, purpose))} // repeatable on purpose
}

func (d dice) between(low, high float64) float64 { return low + d.Float64()*(high-low) }

// waves is a smooth random function, a sum of sines.
type waves []wave

type wave struct{ height, rate, phase float64 }

// newWaves has lengths from longest down to shortest metres; the longest are height metres high, the others less.
func (d dice) newWaves(count int, height, longest, shortest float64) waves {
	w := make(waves, count)
	for i := range w {
		length := longest * math.Pow(shortest/longest, float64(i)/max(1, float64(count-1)))
		w[i] = wave{
			height: height * math.Pow(length/longest, 0.9) * d.between(0.6, 1.2),
			rate:   2 * math.Pi / length, phase: d.between(0, 2*math.Pi),
		}
	}
	return w
}

func (w waves) at(x float64) float64 {
	sum := 0.0
	for _, s := range w {
		sum += s.height * math.Sin(s.rate*x+s.phase)
	}
	return sum
}

// blob is a closed, organic shape about a centre, with radii in metres before it is turned.
func (d dice) blob(centre orb.Point, rx, ry, angle, rough float64) orb.Ring {
	const corners = 72
	radius := make(waves, 6)
	for i := range radius {
		radius[i] = wave{rough / math.Pow(float64(i+1), 0.7), float64(i + 2), d.between(0, 2*math.Pi)}
	}
	ring := make(orb.Ring, 0, corners+1)
	for i := range corners {
		at := 2 * math.Pi * float64(i) / corners
		r := 1 + radius.at(at)
		sin, cos := math.Sincos(at)
		ring = append(ring, add(centre, turn(orb.Point{r * rx * cos, r * ry * sin}, angle)))
	}
	return append(ring, ring[0])
}

// box is a rectangle about a centre.
func box(centre orb.Point, width, height, angle float64) orb.Ring {
	var ring orb.Ring
	for _, c := range [][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}} {
		ring = append(ring, add(centre, turn(orb.Point{c[0] * width / 2, c[1] * height / 2}, angle)))
	}
	return ring
}
