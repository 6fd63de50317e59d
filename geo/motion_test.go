package geo

import (
	"testing"
	"time"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var start = time.Date(2026, 5, 4, 6, 0, 0, 0, time.UTC)

func second(n int) time.Time { return start.Add(time.Duration(n) * time.Second) }

// metresEast is a point so many metres east of 0, 0, where a degree is 111,195 m.
func metresEast(m float64) orb.Point { return orb.Point{m / (EarthRadius * radians), 0} }

const unsaid = -1 // a report without a speed

func TestMotion(t *testing.T) {
	type step struct {
		second   int
		speed    float64 // km/h or unsaid
		east     float64 // m
		ignition Ignition
		want     State
		since    int // second
	}
	const on, off, no = IgnitionOn, IgnitionOff, IgnitionUnsaid
	for _, c := range []struct {
		name  string
		steps []step
	}{
		{"drives off and parks", []step{
			{0, 0, 0, off, Stopped, 0},
			{10, 0, 0, on, Idle, 10},
			{20, 30, 80, on, Moving, 20},
			{30, 0, 90, on, Moving, 20},
			{40, 0, 90, off, Stopped, 30},
		}},
		{"waits at a light and goes on", []step{
			{0, 50, 0, on, Moving, 0},
			{10, 0, 100, on, Moving, 0},
			{29, 0, 100, on, Moving, 0},
			{39, 50, 150, on, Moving, 0},
			{49, 2, 200, on, Moving, 0},
			{60, 0, 201, on, Moving, 0},
			{79, 0, 201, on, Idle, 49},
		}},
		{"noise at rest", []step{
			{0, 0, 0, off, Stopped, 0},
			{10, 4, 10, no, Stopped, 0},
			{20, 5, 20, no, Stopped, 0},
			{30, 0, 0, on, Idle, 30},
			{40, 4, 10, on, Idle, 30},
			{50, 0, 0, on, Idle, 30},
			{60, 4, 10, on, Idle, 30},
			{70, 4, 20, on, Moving, 60},
		}},
		{"is towed", []step{
			{0, 0, 0, off, Stopped, 0},
			{10, 40, 90, off, Moving, 10},
			{20, 0, 100, off, Stopped, 20},
		}},
		{"crawls in a jam", []step{
			{0, 50, 0, on, Moving, 0},
			{60, 4, 60, on, Moving, 0},
			{120, 4, 120, on, Moving, 0},
			{180, 2, 160, on, Moving, 0},
			{240, 2, 190, on, Idle, 180},
		}},
		{"has no speed", []step{
			{0, unsaid, 0, no, Unknown, 0},
			{30, unsaid, 20, no, Unknown, 0},
			{60, unsaid, 10, no, Stopped, 60},
			{120, unsaid, 30, no, Stopped, 60},
			{130, unsaid, 90, no, Moving, 120},
			{140, unsaid, 130, no, Moving, 120},
			{150, unsaid, 180, no, Moving, 120},
			{300, unsaid, 190, no, Stopped, 150},
		}},
		{"drifts too slowly to move", []step{
			{0, unsaid, 0, no, Unknown, 0},
			{600, unsaid, 400, no, Stopped, 600},
		}},
		{"says only its ignition", []step{
			{0, unsaid, 0, on, Unknown, 0},
			{10, unsaid, 0, off, Stopped, 10},
			{20, unsaid, 0, on, Idle, 20},
			{30, 60, 99, no, Moving, 30},
			{40, unsaid, 120, off, Stopped, 40},
		}},
		{"reports late", []step{
			{100, 50, 0, on, Moving, 100},
			{50, 0, 0, off, Moving, 100},
			{100, 0, 0, off, Moving, 100},
			{101, 50, 0, no, Moving, 100},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var m Motion
			for _, s := range c.steps {
				m = m.Update(Report{
					Time: second(s.second), At: metresEast(s.east), Located: true,
					Speed: s.speed, HasSpeed: s.speed != unsaid, Ignition: s.ignition,
				})
				if m.State != s.want {
					t.Fatalf("second %d: %v, want %v", s.second, m.State, s.want)
				}
				if s.want != Unknown && !m.Since.Equal(second(s.since)) {
					t.Fatalf("second %d: %v since %v, want second %d", s.second, m.State, m.Since.Sub(start), s.since)
				}
			}
		})
	}
}

func TestMotionFromStored(t *testing.T) {
	idle := Motion{State: Idle, Since: start}
	if got := idle.Update(Report{Time: second(60), HasSpeed: true}); got.State != Idle || !got.Since.Equal(start) {
		t.Errorf("idle went on as %v since %v", got.State, got.Since)
	}
	moving := Motion{State: Moving, Since: start}
	got := moving.Update(Report{Time: second(60), Speed: 50, HasSpeed: true})
	if got.State != Moving || !got.Since.Equal(start) {
		t.Errorf("moving went on as %v since %v", got.State, got.Since)
	}
}

func TestStateNames(t *testing.T) {
	for state, want := range map[State]string{
		Unknown: "unknown", Moving: "moving", Idle: "idle", Stopped: "stopped", 9: "unknown",
	} {
		if got := state.String(); got != want {
			t.Errorf("state %d is %q, want %q", state, got, want)
		}
	}
}

func drawReport(t *rapid.T) Report {
	return Report{
		Time:     second(rapid.IntRange(0, 5000).Draw(t, "second")),
		At:       orb.Point{rapid.Float64Range(-0.01, 0.01).Draw(t, "lon"), rapid.Float64Range(-0.01, 0.01).Draw(t, "lat")},
		Located:  rapid.Bool().Draw(t, "located"),
		Speed:    rapid.Float64Range(0, 20).Draw(t, "speed"),
		HasSpeed: rapid.Bool().Draw(t, "has speed"),
		Ignition: Ignition(rapid.IntRange(0, 2).Draw(t, "ignition")),
	}
}

// Whatever comes: since never goes back nor beyond the newest report, it changes only with the state, moving never with
// the ignition just reported off and no speed, and what is late changes nothing.
func TestMotionKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m Motion
		var newest time.Time
		for _, r := range rapid.SliceOf(rapid.Custom(drawReport)).Draw(t, "reports") {
			next := m.Update(r)
			if !r.Time.After(newest) {
				if next != m {
					t.Fatalf("late report %v changed %v to %v", r, m, next)
				}
				continue
			}
			newest = r.Time
			if next.Since.Before(m.Since) || next.Since.After(newest) {
				t.Fatalf("since went from %v to %v at %v", m.Since, next.Since, newest)
			}
			if (next.State == m.State) != next.Since.Equal(m.Since) && next.State == m.State {
				t.Fatalf("since changed without the state: %v to %v", m, next)
			}
			if m.State != Unknown && next.State == Unknown {
				t.Fatalf("forgot %v", m.State)
			}
			if r.HasSpeed && r.Speed > SureSpeed && next.State != Moving {
				t.Fatalf("%g km/h is %v", r.Speed, next.State)
			}
			if r.HasSpeed && r.Speed <= SlowSpeed && r.Ignition == IgnitionOff && next.State != Stopped {
				t.Fatalf("%g km/h with the ignition off is %v", r.Speed, next.State)
			}
			m = next
		}
	})
}

// A parked vehicle whose receiver wanders never moves, with or without a speed.
func TestParkedNeverMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m Motion
		at := start
		for range rapid.IntRange(1, 200).Draw(t, "reports") {
			at = at.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "seconds")) * time.Second)
			m = m.Update(Report{
				Time: at, At: metresEast(rapid.Float64Range(-25, 25).Draw(t, "wander")), Located: true,
				Speed: rapid.Float64Range(0, SlowSpeed).Draw(t, "speed"), HasSpeed: rapid.Bool().Draw(t, "has speed"),
			})
			if m.State == Moving {
				t.Fatal("a parked vehicle moves")
			}
		}
	})
}

// A vehicle that drives steadily and says no speed is seen moving within two minutes and never after seen at rest.
func TestDrivingWithoutSpeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kmh := rapid.Float64Range(SlowSpeed+0.5, 150).Draw(t, "km/h")
		interval := rapid.IntRange(1, 120).Draw(t, "seconds")
		var m Motion
		for s := 0; s < 1200; s += interval {
			m = m.Update(Report{Time: second(s), At: metresEast(kmh / 3.6 * float64(s)), Located: true})
			if s >= 120+interval && m.State != Moving {
				t.Fatalf("after %d s at %g km/h it is %v", s, kmh, m.State)
			}
		}
	})
}
