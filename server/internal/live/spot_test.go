package live

import (
	"math"
	"testing"
	"time"

	"drover/geo"
	"drover/protocols"
	"drover/server/internal/fleet"
)

var noon = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

// at is a valid fix, seconds after noon.
func at(seconds int, latitude, longitude, speed float64) fleet.Fix {
	return fleet.Fix{Device: 1, Position: protocols.Position{Time: noon.Add(time.Duration(seconds) * time.Second),
		Located: true, Valid: true, Latitude: latitude, Longitude: longitude, Speed: protocols.Some(speed)}}
}

func TestSpotFollowsFixes(t *testing.T) {
	b := newBoard(1)
	type want struct {
		latitude int32
		state    uint8
		speed    uint16
	}
	silent := fleet.Fix{Position: protocols.Position{Time: noon.Add(3 * time.Second)}}
	off := fleet.Fix{Position: protocols.Position{Time: noon.Add(5 * time.Second), Ignition: protocols.Some(false),
		Speed: protocols.Some(0.0)}}
	on := at(6, 52, 13, 0)
	on.Ignition = protocols.Some(true)
	turned := at(8, 52, 13, 0)
	turned.Course, turned.Alarms = protocols.Some(359.9), protocols.AlarmSOS
	cells := at(9, 50, 13, 0)
	cells.Valid, cells.Speed = false, protocols.Opt[float64]{}
	nowhere := at(10, math.NaN(), 13, math.NaN())
	for _, step := range []struct {
		name string
		fix  fleet.Fix
		want want
	}{
		{"it drives", at(2, 52, 13, 50), want{520000000, stateMoving, 500}},
		{"an older fix is left out", at(1, 51, 13, 0), want{520000000, stateMoving, 500}},
		{"a heartbeat keeps location and motion", silent, want{520000000, stateMoving | bitNotValid, 500}},
		{"it is found again, and waits at a light", at(4, 51, 13, 3), want{510000000, stateMoving, 30}},
		{"the ignition goes off", off, want{510000000, stateStopped | bitNotValid, 0}},
		{"it idles", on, want{520000000, stateIdle, 0}},
		{"the ignition is remembered", at(7, 52, 13, 0), want{520000000, stateIdle, 0}},
		{"alarm and course", turned, want{520000000, stateIdle | bitAlarm | bitHeading, 0}},
		{"from cells, at no speed", cells, want{500000000, stateIdle | bitNotValid, speedUnknown}},
		{"what is no number is no location", nowhere, want{500000000, stateIdle | bitNotValid, speedUnknown}},
	} {
		b.update(1, &step.fix, geo.Motion{})
		s := b.spots[0]
		if got := (want{s.latitude, s.state, s.speed}); got != step.want {
			t.Errorf("%s: got %+v, want %+v", step.name, got, step.want)
		}
	}
}

func TestBox(t *testing.T) {
	for _, c := range []struct {
		name      string
		box       []float64
		longitude float64
		latitude  float64
		in        bool
	}{
		{"inside", []float64{13, 52, 14, 53}, 13.4, 52.5, true},
		{"on the edge", []float64{13, 52, 14, 53}, 14, 53, true},
		{"west", []float64{13, 52, 14, 53}, 12.9, 52.5, false},
		{"south", []float64{13, 52, 14, 53}, 13.4, 51, false},
		{"over the date line, before it", []float64{170, -20, -170, 20}, 179, 0, true},
		{"over the date line, after it", []float64{170, -20, -170, 20}, -179, 0, true},
		{"over the date line, elsewhere", []float64{170, -20, -170, 20}, 0, 0, false},
		{"a map turned to the east", []float64{350, -20, 370, 20}, 5, 0, true},
		{"a map turned over the date line", []float64{-190, -20, -170, 20}, 179, 0, true},
		{"the whole world, twice", []float64{-360, -95, 360, 95}, -180, -90, true},
	} {
		b, err := newBox(c.box)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		f := at(0, c.latitude, c.longitude, 0)
		var s spot
		s.apply(&f, geo.Stopped)
		if b.holds(&s) != c.in {
			t.Errorf("%s: in the box is %v", c.name, !c.in)
		}
	}
	for _, bad := range [][]float64{{}, {1, 2, 3}, {0, 10, 1, 9}, {math.NaN(), 0, 1, 1}, {0, 0, math.Inf(1), 1}} {
		if _, err := newBox(bad); err == nil {
			t.Errorf("%v is taken for a box", bad)
		}
	}
	if (&box{-1, -1, 1, 1}).holds(new(spot)) {
		t.Error("a vehicle without a location is in a box")
	}
}

func TestDifferences(t *testing.T) {
	a, b, c := named{ID: 1, Name: "a"}, named{ID: 2, Name: "b"}, named{ID: 3, Name: "c"}
	renamed := named{ID: 2, Name: "B"}
	changed, removed := differences([]named{a, b}, []named{renamed, c})
	if len(changed) != 2 || changed[0] != renamed || changed[1] != c || len(removed) != 1 || removed[0] != 1 {
		t.Errorf("changed %v, removed %v", changed, removed)
	}
	changed, removed = differences([]named{a, b, c}, []named{a})
	if len(changed) != 0 || len(removed) != 2 {
		t.Errorf("changed %v, removed %v", changed, removed)
	}
}
