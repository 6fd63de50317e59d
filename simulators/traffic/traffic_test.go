package traffic

import (
	"math"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/paulmach/orb"

	"drover/geo"
	"drover/geo/island"
)

var shared = sync.OnceValue(func() *Fleet { return NewFleet(island.New(island.Seed)) })

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// TestNeverLeavesTheStreets follows vehicles through two hours of a working day, second by second: they stay on the streets, keep to
// what limits allow, and do not leap.
func TestNeverLeavesTheStreets(t *testing.T) {
	f := shared()
	speeding, slammed := 0, 0
	for number := range 12 {
		v := f.Vehicle(number, monday.Add(9*time.Hour))
		last := v.State()
		for second := range 2 * 3600 {
			v.Advance(1)
			s := v.State()
			a, ok := f.island.Address(s.Point)
			moved, gain := geo.Distance(last.Point, s.Point), (s.Speed-last.Speed)/3.6
			switch {
			case !ok || a.Distance > 3:
				t.Fatalf("vehicle %d is %.1f m from the nearest street", number, a.Distance)
			case s.Speed > 1.3*fastestAt(f, s.Point)+0.1:
				t.Fatalf("vehicle %d drives %.0f km/h on %s", number, s.Speed, a)
			case math.Abs(gain) > 3:
				t.Fatalf("vehicle %d goes from %.0f to %.0f km/h in a second", number, last.Speed, s.Speed)
			case moved > max(s.Speed, last.Speed)/3.6+2:
				t.Fatalf("vehicle %d leaps %.1f m at %.0f km/h in second %d", number, moved, s.Speed, second)
			case s.Odometer < last.Odometer-0.01 || s.Odometer-last.Odometer < moved-0.6 || s.Odometer-last.Odometer > moved+12:
				t.Fatalf("vehicle %d: the odometer goes from %.1f to %.1f over %.1f m", number, last.Odometer, s.Odometer, moved)
			case !s.Ignition && s.Speed > 0:
				t.Fatalf("vehicle %d drives without its engine", number)
			}
			if s.Speed > 1.1*fastestAt(f, s.Point) {
				speeding++
			}
			if gain < -2.3 {
				slammed++
			}
			last = s
		}
	}
	if speeding == 0 || slammed == 0 {
		t.Errorf("%d s too fast and %d s of hard braking: nothing ever happens", speeding, slammed)
	}
}

// fastestAt is the highest limit of the streets within 3 m of a point.
func fastestAt(f *Fleet, p orb.Point) float64 {
	most := 0
	for _, e := range f.island.Within(p, 3) {
		most = max(most, f.island.Street(f.island.Edge(e).Street).Limit)
	}
	return float64(most)
}

// TestHomeInTime: every tour fits into its slot, at the slowest pace and from the farthest bay.
func TestHomeInTime(t *testing.T) {
	for _, d := range shared().depots {
		through := yardTime(float64(d.yard[len(d.yard)-1].at))
		for i, tour := range d.tours {
			if takes := tour.takes/slowest + 2*through; takes > slot || takes < slot*3/4 {
				t.Errorf("tour %d of %s takes up to %.0f s", i, d.Name, takes)
			}
		}
	}
}

// TestBusyByDay: at any time of the working day most vehicles move, some idle and some stand.
func TestBusyByDay(t *testing.T) {
	f := shared()
	for _, hour := range []float64{7, 10, 13, 18.9} {
		moving, idle, stopped := count(f, 800, hour)
		t.Logf("at %4.1f h: %.0f %% moving, %.0f %% idle, %.0f %% stopped", hour, moving, idle, stopped)
		if math.Abs(moving-60) > 6 || math.Abs(idle-15) > 5 || math.Abs(stopped-25) > 6 {
			t.Errorf("at %.1f h: %.0f %% moving, %.0f %% idle, %.0f %% stopped", hour, moving, idle, stopped)
		}
	}
}

func count(f *Fleet, vehicles int, hour float64) (moving, idle, stopped float64) {
	for number := range vehicles {
		s := f.Vehicle(number, monday.Add(time.Duration(hour*float64(time.Hour)))).State()
		switch {
		case s.Speed > 0:
			moving++
		case s.Ignition:
			idle++
		default:
			stopped++
		}
	}
	all := float64(vehicles) / 100
	return moving / all, idle / all, stopped / all
}

// TestParksAtNight: at two in the morning all are in their depots' yards, with their engines off.
func TestParksAtNight(t *testing.T) {
	f := shared()
	for number := range 500 {
		s := f.Vehicle(number, monday.Add(26*time.Hour)).State()
		home := f.Depot(number)
		if s.Ignition || s.Speed != 0 || geo.Distance(s.Point, home.At) > 150 {
			t.Fatalf("vehicle %d is %.0f m from %s: %+v", number, geo.Distance(s.Point, home.At), home.Name, s)
		}
	}
}

// TestFollowsFromNumberAndTime: a vehicle that drove is where one is that was just made.
func TestFollowsFromNumberAndTime(t *testing.T) {
	f := shared()
	again := NewFleet(island.New(island.Seed))
	for number := range 40 {
		drove := f.Vehicle(number, monday)
		for range 30 * 60 {
			drove.Advance(60)
		}
		a, b := drove.State(), again.Vehicle(number, monday.Add(30*time.Hour)).State()
		if geo.Distance(a.Point, b.Point) > 0.01 || math.Abs(a.Odometer-b.Odometer) > 0.01 || a.Ignition != b.Ignition {
			t.Errorf("vehicle %d: %+v, and anew %+v", number, a, b)
		}
	}
	if f.Vehicle(1, monday.Add(9*time.Hour)).State() == f.Vehicle(2, monday.Add(9*time.Hour)).State() {
		t.Error("two vehicles are one")
	}
}

// TestBeforeTheEpoch: a vehicle of an early time stands in its yard.
func TestBeforeTheEpoch(t *testing.T) {
	if s := shared().Vehicle(3, time.Unix(0, 0)).State(); s.Ignition || s.Speed != 0 {
		t.Errorf("in 1970: %+v", s)
	}
}

// TestSize holds what doc.go says of a vehicle's memory.
func TestSize(t *testing.T) {
	if size := unsafe.Sizeof(Vehicle{}); size > 96 {
		t.Errorf("a vehicle takes %d bytes", size)
	}
}

func BenchmarkNewFleet(b *testing.B) {
	world := island.New(island.Seed)
	for b.Loop() {
		NewFleet(world)
	}
}

func BenchmarkAdvance(b *testing.B) {
	v := shared().Vehicle(7, monday)
	b.ReportAllocs()
	for b.Loop() {
		v.Advance(3)
		v.State()
	}
}
