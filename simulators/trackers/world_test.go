package trackers

import (
	"strings"
	"testing"
	"time"
)

// TestPlates: no two of 400,000 vehicles have one plate.
func TestPlates(t *testing.T) {
	seen := map[string]bool{}
	for number := range 400_000 {
		plate := Plate(number)
		if seen[plate] {
			t.Fatalf("%s is there twice", plate)
		}
		seen[plate] = true
	}
}

// TestIslandShift: whenever a run starts, it is day on the island.
func TestIslandShift(t *testing.T) {
	midnight := time.Date(2026, 5, 5, 0, 0, 0, 0, time.UTC)
	for hour := range 24 {
		start := midnight.Add(time.Duration(hour) * time.Hour)
		if there := start.Add(islandShift(start)).Hour(); there < 7 || there >= 19 {
			t.Errorf("at %d UTC it is %d on the island", hour, there)
		}
		if hour == 12 && islandShift(start) != 0 {
			t.Error("noon is not noon")
		}
	}
}

// TestIslandDrive: what a tracker reports of a vehicle of the island hangs together, and follows from number and time.
func TestIslandDrive(t *testing.T) {
	at := time.Date(2026, 5, 5, 9, 0, 0, 0, time.UTC)
	var moved float64
	for number := range 20 {
		d := NewIslandDrive(number, at)
		last := d.Position(at)
		for second := 3; second <= 1800; second += 3 {
			d.Advance(3)
			p := d.Position(at.Add(time.Duration(second) * time.Second))
			metres := distance(&last, &p)
			if !p.Valid || metres > max(p.Speed.Value, last.Speed.Value)/3.6*3+8 || p.Odometer.Value < last.Odometer.Value {
				t.Fatalf("vehicle %d goes %.0f m in 3 s: from %+v to %+v", number, metres, last, p)
			}
			moved += metres
			last = p
		}
		again := NewIslandDrive(number, at.Add(30*time.Minute)).Position(last.Time)
		if distance(&again, &last) > 1 || again.Speed != last.Speed || again.Satellites != last.Satellites {
			t.Errorf("vehicle %d anew: %+v, not %+v", number, again, last)
		}
	}
	if moved < 50_000 {
		t.Errorf("20 vehicles drive %.0f m in half an hour", moved)
	}
}

func TestGroups(t *testing.T) {
	w := newWorld(worldIsland, time.Time{})
	towns := map[string]bool{}
	for number := range 100 {
		town, depot, ok := strings.Cut(w.group(number), "/")
		if !ok || !strings.HasSuffix(depot, "depot") {
			t.Fatalf("vehicle %d is in %q", number, w.group(number))
		}
		towns[town] = true
	}
	if len(towns) < 5 {
		t.Errorf("all vehicles are in %v", towns)
	}
	if g := newWorld(worldEurope, time.Time{}).group(1); g != "" {
		t.Errorf("in Europe a group is %q", g)
	}
}

func BenchmarkAdvance(b *testing.B) {
	at := time.Date(2026, 5, 5, 9, 0, 0, 0, time.UTC)
	for name, d := range map[string]driver{"island": NewIslandDrive(7, at), "europe": NewDrive(7)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Advance(3)
				d.record(at)
			}
		})
	}
}
