package island

import (
	"math"

	"github.com/paulmach/orb"
)

// builder places buildings along the streets, each on ground that is still free.
type builder struct {
	*Island
	dice
	taken map[[2]int32]bool // squares of the ground
	rings []orb.Ring
}

// ground is how wide a square is, in metres.
const ground = 7

// buildings are the rings of all buildings.
func (i *Island) buildings() []orb.Ring {
	b := &builder{Island: i, dice: newDice(i.seed, diceBuildings), taken: map[[2]int32]bool{}}
	for e := range i.edges {
		s := i.streets[i.edges[e].Street]
		if s.Town != "" && s.Class >= Primary && s.Class != Service && !i.edges[e].Bridge {
			b.along(i.line(EdgeID(e)), s.Class)
		}
	}
	return b.rings
}

// along lines both sides of a street.
func (b *builder) along(line []orb.Point, class Class) {
	for _, side := range []float64{1, -1} {
		next := b.between(10, 20)
		for k, walked := 1, 0.0; k < len(line); k++ {
			part := apart(line[k-1], line[k])
			for ; next < walked+part; next += b.between(1, 7) {
				at := between(line[k-1], line[k], (next-walked)/part)
				next += b.house(at, normal(line[k-1], line[k]), side, class)
			}
			walked += part
		}
	}
}

// house puts one building beside a place of a street and gives how much of the street it takes.
func (b *builder) house(at, across orb.Point, side float64, class Class) float64 {
	width, depth, back := b.between(11, 24), b.between(10, 16), 11.0
	if class != Residential {
		width, depth, back = b.between(20, 44), b.between(14, 26), 14
	}
	if within(b.terrain.yards, add(at, scale(across, side*30))) {
		width, depth, back = b.between(34, 70), b.between(24, 44), 17
	}
	if b.Float64() < 0.07 {
		return width
	}
	centre := add(at, scale(across, side*(back+depth/2)))
	ring := box(centre, width, depth, math.Atan2(across[1], across[0])-math.Pi/2)
	if b.free(ring, centre) {
		b.rings = append(b.rings, ring)
	}
	return width
}

// free is whether a building may stand there; if so it takes the ground.
func (b *builder) free(ring orb.Ring, centre orb.Point) bool {
	t := b.terrain
	if !t.dry(centre, 22) || within(t.parks, centre) || within(t.nothing, centre) {
		return false
	}
	var squares [][2]int32
	for u := 0.0; u <= 1; u += 0.25 {
		for v := 0.0; v <= 1; v += 0.25 {
			p := add(between(ring[0], ring[1], u), scale(sub(ring[3], ring[0]), v))
			square := [2]int32{int32(math.Floor(p[0] / ground)), int32(math.Floor(p[1] / ground))}
			if b.taken[square] || b.lines.near(p, 8) {
				return false
			}
			squares = append(squares, square)
		}
	}
	for _, s := range squares {
		b.taken[s] = true
	}
	return true
}
