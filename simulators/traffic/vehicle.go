package traffic

import (
	"math"
	"time"

	"github.com/paulmach/orb"
)

// epoch is when the odometers were at their first value, in s since 1970: 2026-01-01.
const epoch = 1_767_225_600

const day = 86_400

// yardSpeed is how fast vehicles go in the yard, m/s.
const yardSpeed = 4

// Vehicle is one vehicle of a fleet at one moment.
type Vehicle struct {
	fleet  *Fleet
	number uint64
	depot  int
	pace   float64 // of the planned speeds, slowest..1
	bay    float64 // m from the far end of the yard
	phase  float64 // s by which its slots begin later than the day
	begin  float64 // s of the day from which it works
	end    float64 // s of the day until which it may leave
	first  float64 // odometer at the epoch, m

	slot     int64   // that it is in, counted from the epoch
	odometer float64 // when the slot began, m
	now      float64 // s since the epoch, on the island's clock
}

// State is what can be seen of a vehicle.
type State struct {
	Point    orb.Point // degrees
	Speed    float64   // km/h
	Course   float64   // degrees clockwise from north, 0 ≤ Course < 360
	Odometer float64   // metres
	Ignition bool
}

// Vehicle is the vehicle of a number at a time of the island's clock.
func (f *Fleet) Vehicle(number int, at time.Time) *Vehicle {
	n := uint64(number)
	d := f.depotOf(number)
	ends := f.depots[d].yardEnds
	v := &Vehicle{
		fleet: f, number: n, depot: d, pace: slowest + share(n, 2)*(1-slowest),
		bay: ends[mix(n, 3)%uint64(len(ends))], phase: share(n, 4) * slot,
		begin: (4.4 + 0.6*share(n, 5)) * 3600, end: (19 + 1.5*share(n, 6)) * 3600,
		first: math.Floor(share(n, 7) * 9e7),
	}
	v.odometer = v.first
	v.now = float64(at.UnixNano())/1e9 - epoch
	v.roll()
	return v
}

// Advance lets so many seconds pass.
func (v *Vehicle) Advance(seconds float64) {
	v.now += seconds
	v.roll()
}

// roll comes to the slot of the moment, and counts what was driven in those before.
func (v *Vehicle) roll() {
	now := max(int64(0), int64(math.Floor((v.now-v.phase)/slot)))
	for ; v.slot < now; v.slot++ {
		v.odometer += v.drives()
	}
}

// working is whether it drives a tour in its slot: not at night.
func (v *Vehicle) working() bool {
	start := math.Mod(v.phase+float64(v.slot)*slot, day)
	return start >= v.begin && start < v.end
}

func (v *Vehicle) tour() *tour {
	tours := v.fleet.depots[v.depot].tours
	return tours[mix(v.number, 100+uint64(v.slot))%uint64(len(tours))]
}

// drives is how far it drives in the slot, m.
func (v *Vehicle) drives() float64 {
	if !v.working() {
		return 0
	}
	return v.tour().length + 2*(v.gate()-v.bay)
}

func (v *Vehicle) gate() float64 {
	yard := v.fleet.depots[v.depot].yard
	return float64(yard[len(yard)-1].at)
}

// State is where the vehicle is now, and how it goes.
func (v *Vehicle) State() State {
	since := v.now - v.phase - float64(v.slot)*slot
	if !v.working() || since < 0 {
		return v.parked(v.odometer)
	}
	t := v.tour()
	out, through := v.gate()-v.bay, yardTime(v.gate()-v.bay)
	tour := t.takes / v.pace
	switch {
	case since < through:
		return v.inYard(since, false, v.odometer)
	case since < through+tour:
		m := look(t.knots, since-through, v.pace)
		point, course := place(t.spots, m.at)
		return State{point, m.speed * 3.6, course, v.odometer + out + m.at, m.running}
	case since < 2*through+tour:
		return v.inYard(through-(since-through-tour), true, v.odometer+out+t.length)
	}
	return v.parked(v.odometer + 2*out + t.length)
}

// parked stands in its bay.
func (v *Vehicle) parked(odometer float64) State {
	point, course := place(v.fleet.depots[v.depot].yard, v.bay)
	return State{Point: point, Course: course, Odometer: odometer}
}

// inYard is between bay and gate, so many seconds after it would have left the bay.
func (v *Vehicle) inYard(since float64, home bool, odometer float64) State {
	out := v.gate() - v.bay
	gone, speed := yardAt(out, since)
	point, course := place(v.fleet.depots[v.depot].yard, v.bay+gone)
	if home {
		course, gone = math.Mod(course+180, 360), out-gone
	}
	return State{point, speed * 3.6, course, odometer + gone, true}
}

// yardTime is how long a way in the yard takes, from standing to standing.
func yardTime(way float64) float64 {
	up := yardSpeed / gathering
	if way < yardSpeed*up {
		return 2 * math.Sqrt(way/gathering)
	}
	return way/yardSpeed + up
}

// yardAt is how far a vehicle in the yard has gone after so many seconds, and its speed, m/s.
func yardAt(way, since float64) (gone, speed float64) {
	takes := yardTime(way)
	up := min(yardSpeed/gathering, takes/2)
	switch {
	case since < up:
		return gathering * since * since / 2, gathering * since
	case since > takes-up:
		left := max(0, takes-since)
		return way - gathering*left*left/2, gathering * left
	}
	return gathering*up*up/2 + gathering*up*(since-up), gathering * up
}
