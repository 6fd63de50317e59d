package geo

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var eight = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// run is reports every so many seconds, of a vehicle that drives east at a speed from a longitude in kilometres.
type run struct {
	at    string // hh:mm
	span  time.Duration
	every time.Duration
	kmh   float64
	km    float64
	off   bool // the ignition
}

func (r run) reports(t *testing.T) (reports []Report) {
	t.Helper()
	start, err := time.Parse(time.DateTime, "2026-03-01 "+r.at+":00")
	if err != nil {
		t.Fatal(err)
	}
	for d := time.Duration(0); d < r.span; d += r.every {
		km := r.km + r.kmh*d.Hours()
		ignition := IgnitionOn
		if r.off {
			ignition = IgnitionOff
		}
		reports = append(reports, Report{Time: start.Add(d), At: orb.Point{km * 1000 / (EarthRadius * radians), 0},
			Located: true, Speed: r.kmh, HasSpeed: true, Ignition: ignition})
	}
	return reports
}

// tell is segments as text: state from-to, with the distance in km.
func tell(segments []Segment) string {
	var b strings.Builder
	for _, s := range segments {
		fmt.Fprintf(&b, "%s %s-%s", s.State, s.From.Format("15:04"), s.To.Format("15:04"))
		if s.Distance > 0 {
			fmt.Fprintf(&b, " %.1f", s.Distance/1000)
		}
		b.WriteString("; ")
	}
	return strings.TrimSuffix(b.String(), "; ")
}

func TestSegments(t *testing.T) {
	const s, m = time.Second, time.Minute
	for _, c := range []struct {
		name string
		runs []run
		want string
	}{
		{"nothing", nil, "unknown 08:00-12:00"},
		{
			"a trip, idling, another", []run{
				{"08:00", 60 * m, 10 * s, 60, 0, false}, {"09:00", 20 * m, 10 * s, 0, 60, false},
				{"09:20", 160 * m, 10 * s, 30, 60, false},
			},
			"moving 08:00-09:00 60.0; idle 09:00-09:20; moving 09:20-12:00 79.9",
		},
		{
			"parked, and the tracker sleeps", []run{
				{"08:00", 30 * m, 10 * s, 60, 0, false}, {"08:30", 2 * m, 10 * s, 0, 30, true}, {"11:00", 60 * m, 10 * s, 60, 30, false},
			},
			"moving 08:00-08:30 29.8; stopped 08:30-11:00; moving 11:00-12:00 59.8",
		},
		{
			"found elsewhere", []run{
				{"08:00", 30 * m, 10 * s, 60, 0, false}, {"08:30", 2 * m, 10 * s, 0, 30, true}, {"11:00", 60 * m, 10 * s, 60, 90, false},
			},
			"moving 08:00-08:30 29.8; stopped 08:30-08:31; unknown 08:31-11:00; moving 11:00-12:00 59.8",
		},
		{
			"lost on the way", []run{{"08:00", 30 * m, 10 * s, 60, 0, false}, {"10:00", 120 * m, 10 * s, 60, 40, false}},
			"moving 08:00-08:29 29.8; unknown 08:29-10:00; moving 10:00-12:00 119.8",
		},
		{
			"begun the day before, and not over", []run{{"07:00", 360 * m, 10 * s, 60, 0, false}},
			"moving 08:00-12:00 240.0",
		},
		{
			"parked all day", []run{{"06:00", 1 * m, 10 * s, 0, 0, true}, {"13:00", 1 * m, 10 * s, 0, 0, true}},
			"stopped 08:00-12:00",
		},
		{
			"never heard again", []run{{"07:00", 90 * m, 10 * s, 0, 0, true}},
			"stopped 08:00-08:29; unknown 08:29-12:00",
		},
		{"late", []run{{"08:10", 230 * m, 10 * s, 60, 0, false}}, "moving 08:00-12:00 229.8"},
		{"later", []run{{"08:20", 220 * m, 10 * s, 60, 0, false}}, "unknown 08:00-08:20; moving 08:20-12:00 219.8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []Segment
			segments := NewSegments(eight, eight.Add(4*time.Hour), func(s Segment) { got = append(got, s) })
			for _, run := range c.runs {
				for _, r := range run.reports(t) {
					segments.Add(r)
				}
			}
			segments.End()
			if told := tell(got); told != c.want {
				t.Errorf("got  %s\nwant %s", told, c.want)
			}
		})
	}
}

// Whatever is reported, the segments fill the span without a gap, and neighbours differ.
func TestSegmentsFillTheSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := eight, eight.Add(time.Hour)
		at, state := from, State(99)
		segments := NewSegments(from, to, func(s Segment) {
			if !s.From.Equal(at) || !s.From.Before(s.To) || s.State == state || s.Distance < 0 || math.IsNaN(s.Distance) {
				t.Fatalf("after %s at %v comes %+v", state, at, s)
			}
			at, state = s.To, s.State
		})
		now := from.Add(-time.Hour)
		for range rapid.IntRange(0, 60).Draw(t, "reports") {
			now = now.Add(time.Duration(rapid.IntRange(0, 1200).Draw(t, "s")) * time.Second)
			segments.Add(Report{Time: now, At: orb.Point{rapid.Float64Range(0, 0.02).Draw(t, "lon"), 0},
				Located: rapid.Bool().Draw(t, "located"), Speed: rapid.Float64Range(0, 20).Draw(t, "speed"),
				HasSpeed: rapid.Bool().Draw(t, "has speed"), Ignition: Ignition(rapid.IntRange(0, 2).Draw(t, "ignition"))})
		}
		segments.End()
		if !at.Equal(to) {
			t.Fatalf("the segments end at %v", at)
		}
	})
}
