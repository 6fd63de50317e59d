package island

import (
	"math"

	"github.com/paulmach/orb"
)

// Class is the kind of a road, the greatest first.
type Class uint8

// The classes.
const (
	Motorway Class = iota
	Trunk
	Primary
	Secondary
	Residential
	Service
)

// String is the class's name, as tiles have it.
func (c Class) String() string {
	names := [...]string{"motorway", "trunk", "primary", "secondary", "residential", "service"}
	if int(c) < len(names) {
		return names[c]
	}
	return "unknown"
}

// limit is the speed limit in km/h.
func (c Class) limit(inTown bool) int {
	if c == Primary && !inTown {
		return 90
	}
	return [...]int{110, 80, 60, 50, 40, 20}[c]
}

// road is a line that is laid out before it meets the others.
type road struct {
	class  Class
	name   string // empty: it gets one of its town's
	ref    string
	town   *town // nil in the country
	points []orb.Point
}

// meets is whether there is a junction where two roads cross; otherwise one goes over the other. Motorways are left
// at their ends only.
func (r *road) meets(o *road) bool {
	low, high := min(r.class, o.class), max(r.class, o.class)
	return low != Motorway && (low != Trunk || high <= Secondary)
}

// endsAt is whether a road was led to a point, over which it goes a little.
func (r *road) endsAt(p orb.Point) bool {
	return apart(p, r.points[0]) < 2*overlap || apart(p, r.points[len(r.points)-1]) < 2*overlap
}

// overlap is how far a road that is led to another goes over it, in metres.
const overlap = 4.0

// planner lays out the roads, the greatest first: each may depend on those before.
type planner struct {
	*terrain
	seed     uint64
	towns    []*town
	roads    []*road
	ring     *area
	barriers *index // motorways and the ring: what is smaller ends before them
	mains    *index // primary and secondary roads, by their number in roads
}

func (p *planner) add(r *road) {
	if len(r.points) < 2 {
		return
	}
	switch r.class {
	case Motorway, Trunk:
		p.barriers.addLine(r.points, len(p.roads))
	case Primary, Secondary:
		p.mains.addLine(r.points, len(p.roads))
	}
	p.roads = append(p.roads, r)
}

// addRing lays the ring road about the first town.
func (p *planner) addRing() {
	d, home := newDice(p.seed, diceStreets+100), p.towns[0]
	radius := waves{{0.05, 2, d.between(0, 6)}, {0.035, 3, d.between(0, 6)}, {0.012, 5, d.between(0, 6)}}
	var points []orb.Point
	for i := range 120 {
		at := 2 * math.Pi * float64(i) / 120
		sin, cos := math.Sincos(at)
		points = append(points, add(home.centre, scale(orb.Point{cos * 1.03, sin * 0.93}, 2950*(1+radius.at(at)))))
	}
	line := spline(points, 25, true)
	p.ring = newArea(line)
	p.add(&road{class: Trunk, name: "Ring", ref: "R1", town: home, points: line})
}

// freedom says which ends of a road are led to the nearest main road.
type freedom uint8

const (
	first freedom = 1 << iota
	last
	both = first | last
)

// route is a road between towns before it is laid.
type route struct {
	class     Class
	name, ref string
	way       []orb.Point
	free      freedom
}

// routes are the roads between towns, with the places that they go through.
func routes() []route {
	centre, angle := airport()
	airportGate := add(centre, turn(orb.Point{0, 420}, angle))
	return []route{
		{Motorway, "M1", "M1", kilometres(2.9, -0.95, 4.9, -1.9, 6.9, -2.5, 8.8, -2.4), first},
		{Motorway, "M1", "M1", kilometres(8.8, -2.4, 10.6, -1.8, 12.3, -0.9, 14.3, -0.6), 0},
		{Motorway, "M1", "M1", kilometres(14.3, -0.6, 16.4, -0.2, 18.2, 1, 19.4, 2.5, 20.4, 3.6), last},
		{Motorway, "M2", "M2", kilometres(0.7, -2.2, 1.0, -4.3, 2, -5.6, 2.6, -6.9, 2.8, -8), both},
		{Motorway, "M3", "M3", kilometres(1.3, 2.2, 2.0, 4.3, 3.3, 5.8, 3.9, 7.3, 4.2, 8.5), both},
		{Primary, "Meridian Approach", "A1", kilometres(14.3, -0.6, 14.4, -1.2, 14.7, -1.9), last},
		{Primary, "Airport Road", "A9", append(kilometres(8.8, -2.4, 8.3, -4), airportGate), 0},
		{Primary, "Airport Road", "A9", from(airportGate, kilometres(7.5, -6.4, 6.9, -7.8, 7.3, -9.6, 7, -10.6)), 0},
		{Primary, "South Coast Road", "A5", kilometres(4.4, -10.3, 5.7, -10.6, 7, -10.6), first},
		{Primary, "South Coast Road", "A5", kilometres(7, -10.6, 10, -9.3, 12.2, -8, 13.9, -6.4), last},
		{Primary, "West Coast Road", "A6", kilometres(-1.5, -1.8, -3.6, -4.1, -4, -5.9, -2.5, -8.6, -0.4, -9.9, 1.2, -9.9),
			both},
		{Primary, "Cape Road", "A7", kilometres(-1.4, 2.1, -3.4, 4, -3.7, 6.2, -1.5, 8.5, 1, 9.9, 2.9, 10), both},
		{Primary, "Lake Road", "A4", kilometres(6.2, 10, 8.4, 9.4, 10.6, 7.2, 13.4, 6.7, 16.8, 6, 19, 5.4, 20.5, 4.5),
			both},
		{Primary, "East Coast Road", "A8", kilometres(17.1, -4.2, 18.8, -4.9, 20.7, -4.6, 21.8, -2.2, 21.9, 0.4, 21.5, 2.3),
			both},
		{Secondary, "Cape Lane", "", kilometres(-3.6, 4.3, -5.2, 3.9, -6.9, 4.1, -7.9, 3.6), first},
		{Secondary, "North Shore Lane", "", kilometres(-1.6, 8.3, -1.5, 10.2, 0.2, 11.8, 2.6, 12.6, 4.4, 12), both},
		{Secondary, "Hill Lane", "", kilometres(3.5, 6.2, 5.4, 7, 7.4, 7.3, 9.6, 7.9), last},
		{Secondary, "Wood Lane", "", kilometres(13.6, 6.8, 13.9, 8.9, 13.4, 11, 12.2, 12.2), first},
		{Secondary, "Cove Lane", "", kilometres(17, 6.1, 17.8, 8, 17.5, 9.9, 17.8, 10.9), first},
		{Secondary, "Fen Lane", "", kilometres(12.4, 6.4, 13.9, 4.6, 14.4, 2.4, 14.2, 0.2, 13.6, -2), both},
		{Secondary, "South Cape Lane", "", kilometres(7.2, -10.8, 6.6, -12, 7.4, -13.2), first},
		{Secondary, "Long Lane", "",
			kilometres(12.3, -8.2, 13.6, -9.6, 15.6, -10.2, 17.2, -9.2, 18.4, -6.8, 18.6, -5.2), both},
		{Secondary, "Point Lane", "", kilometres(20.9, -4.4, 22.4, -3.6, 24, -2.6), first},
		{Secondary, "Heron Lane", "", kilometres(-3.9, -5.6, -5.4, -5.9, -6.6, -5.2), first},
		{Secondary, "Farm Lane", "", kilometres(1.6, -5.2, -0.2, -6.3, -1.9, -6.6, -3.4, -7.2), last},
		{Primary, "Shore Drive", "A3", kilometres(2.6, 1.5, 5.6, 3.2, 8, 4.9, 10.6, 5.7, 12.2, 6.8), both},
	}
}

// addCountry lays the roads between towns.
func (p *planner) addCountry() {
	for _, r := range routes() {
		line := spline(r.way, 25, false)
		if r.free&last != 0 {
			line = p.lead(line, r.class)
		}
		if r.free&first != 0 {
			line = reverse(p.lead(reverse(line), r.class))
		}
		p.add(&road{class: r.class, name: r.name, ref: r.ref, points: line})
	}
}

func from(start orb.Point, way []orb.Point) []orb.Point { return append([]orb.Point{start}, way...) }

// lead goes on from the end of a line to the nearest main road or ring, and a little over it, so that they cross.
func (p *planner) lead(line []orb.Point, class Class) []orb.Point {
	const farthest = 1500
	for p.ring.holds(line[len(line)-1]) && class != Service {
		line = line[:len(line)-1] // what comes from outside ends at the ring
	}
	end := line[len(line)-1]
	to, ok := p.mains.nearest(end, farthest, nil)
	if ring, found := p.barriers.nearest(end, farthest, p.isRing); found && (!ok || ring.distance < to.distance+250) {
		to, ok = ring, true
	}
	if !ok {
		return line
	}
	for len(line) > 2 && apart(line[len(line)-1], to.point) < 60 && class != Service {
		line = line[:len(line)-1]
	}
	end = line[len(line)-1]
	on := scale(sub(to.point, end), 1/max(1, apart(to.point, end)))
	for far := apart(end, to.point) - 25; far > 25; far -= 25 {
		line = append(line, add(to.point, scale(on, -far)))
	}
	return append(line, to.point, add(to.point, scale(on, overlap)))
}

func (p *planner) isRing(i int32) bool { return p.roads[i].class == Trunk }

func reverse(line []orb.Point) []orb.Point {
	turned := make([]orb.Point, len(line))
	for i, q := range line {
		turned[len(line)-1-i] = q
	}
	return turned
}
