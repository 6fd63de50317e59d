package live

import (
	"testing"
	"time"

	"drover/server/internal/fleet"
)

// crowd makes n vehicles of organization 1, each with its device of the same number, and gives fixes of all at a
// time.
func (s *stage) crowd(n int) func(second int) []fleet.Fix {
	devices, vehicles := make([]fleet.Device, n), make([]fleet.Vehicle, n)
	for i := range n {
		devices[i] = fleet.Device{ID: fleet.DeviceID(i + 1), Organization: 1, Vehicle: fleet.VehicleID(i + 1)}
		vehicles[i] = fleet.Vehicle{ID: fleet.VehicleID(i + 1), Organization: 1}
	}
	s.registry.Replace(fleet.NewSnapshot(devices, vehicles))
	fixes := make([]fleet.Fix, n)
	return func(second int) []fleet.Fix {
		for i := range fixes {
			fixes[i] = of(fleet.DeviceID(i+1), at(second, float64(second%90), float64(i)/1e3, 50))
		}
		return fixes
	}
}

// TestSlowReader stalls one reader's TCP while another reads on; then the slow one reads again and sees the present.
func TestSlowReader(t *testing.T) {
	const n = 10_000
	s := newStage(t, nil)
	fixes := s.crowd(n)
	slow, fast := s.view("one", narrow), s.view("one")
	fast.until("a snapshot", func() bool { return len(fast.frames) > 0 })
	second := 0
	for second < 20 || s.metric("skipped_total") < 20 { // 3 MB: more than these sockets hold
		second++
		s.live.Update(fixes(second))
		began := time.Now()
		fast.until("what just changed", func() bool {
			return fast.vehicles[1].Latitude == float64(second%90) && fast.vehicles[n].Latitude == float64(second%90)
		})
		if took := time.Since(began); took > 2*time.Second {
			t.Fatalf("the fast reader waits %v beside a slow one", took)
		}
	}
	one := of(7, at(second+1, 89, 0, 0))
	s.live.Update([]fleet.Fix{one})
	slow.until("the present", func() bool {
		return slow.vehicles[7].Latitude == 89 && slow.vehicles[n].Latitude == float64(second%90)
	})
	full := 0
	for _, f := range slow.frames {
		if len(f.Vehicles) == n {
			full++
		}
	}
	if slow.snapshots() != 1 || full >= second {
		t.Errorf("%d snapshots and %d full frames of %d; want one snapshot, and not every frame",
			slow.snapshots(), full, second)
	}
}

// TestStalledReaderIsGivenUp never reads at all.
func TestStalledReaderIsGivenUp(t *testing.T) {
	s := newStage(t, func(c *Config) { c.Patience = 200 * time.Millisecond })
	fixes := s.crowd(10_000)
	s.view("one", narrow)
	second := 0
	until(t, "a reader", func() bool { return s.metric("readers") == 1 })
	until(t, "the reader to be given up", func() bool {
		second++
		s.live.Update(fixes(second))
		return s.metric("readers") == 0
	})
}
