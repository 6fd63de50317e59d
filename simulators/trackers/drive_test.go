package trackers

import (
	"math"
	"testing"
	"time"

	"drover/protocols"
)

// TestDrive follows vehicles for six hours: they stay near home, their places follow from their speeds, and their
// odometers and engines from both.
func TestDrive(t *testing.T) {
	for name, home := range map[string][2]float64{
		"north east": {54.687, 25.280}, "north west": {40.417, -3.703}, "south east": {-33.869, 151.209},
		"south west": {-54.802, -68.303}, "origin": {0, 0}, "far north": {69.649, 18.956},
	} {
		t.Run(name, func(t *testing.T) {
			for number := range 20 {
				follow(t, newDriveAt(number, home), home)
			}
		})
	}
}

func follow(t *testing.T, d *Drive, home [2]float64) {
	t.Helper()
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	last := d.Position(at)
	moved, parked := 0.0, 0
	for range 6 * 360 {
		d.Advance(10)
		at = at.Add(10 * time.Second)
		p := d.Position(at)
		speed, course := p.Speed.Value, p.Course.Value
		metres := distance(&last, &p)
		switch {
		case !p.Time.Equal(at) || !p.Located || !p.Valid:
			t.Fatalf("at %v: %+v", at, p)
		case speed < 0 || speed > 120 || course < 0 || course >= 360:
			t.Fatalf("%v km/h towards %v degrees", speed, course)
		case metres > (max(speed, last.Speed.Value)+60)/3.6*10:
			t.Fatalf("%.0f m in 10 s from %v to %v km/h", metres, last.Speed.Value, speed)
		case math.Abs(p.Latitude-home[0]) > 0.5 || math.Abs(p.Longitude-home[1]) > 1:
			t.Fatalf("%f, %f is far from home", p.Latitude, p.Longitude)
		case p.Odometer.Value < last.Odometer.Value || p.Odometer.Value-last.Odometer.Value < metres-2:
			t.Fatalf("the odometer goes from %v to %v over %.0f m", last.Odometer.Value, p.Odometer.Value, metres)
		case !p.Ignition.Value && speed > 0:
			t.Fatalf("%v km/h without the engine", speed)
		case p.Satellites.Value < 4 || p.ExternalVolts.Value < 12 || p.ExternalVolts.Value > 15:
			t.Fatalf("%+v", p)
		}
		if !p.Ignition.Value {
			parked++
		}
		moved += metres
		last = p
	}
	if moved < 20_000 || moved > 6*80_000 {
		t.Errorf("%.0f km in six hours", moved/1000)
	}
	if parked == 0 {
		t.Error("it never parks in six hours")
	}
}

// distance in m on a plane: for 10 s of driving that is exact to centimetres.
func distance(a, b *protocols.Position) float64 {
	north := (b.Latitude - a.Latitude) * metresPerDegree
	east := (b.Longitude - a.Longitude) * metresPerDegree * math.Cos(a.Latitude*math.Pi/180)
	return math.Hypot(north, east)
}

func TestSameNumberSameDrive(t *testing.T) {
	at := time.Unix(1_800_000_000, 0)
	a, b, other := NewDrive(7), NewDrive(7), NewDrive(8)
	a.Advance(3600)
	b.Advance(3600)
	other.Advance(3600)
	if a.record(at) != b.record(at) || a.record(at) == other.record(at) {
		t.Error("a number does not say how its vehicle drives")
	}
}
