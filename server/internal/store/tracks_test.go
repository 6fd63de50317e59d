package store

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// message gives the fields of a protocol buffer: numbers as they are, the rest as bytes.
func message(t *testing.T, b []byte, field func(number, value uint64, bytes []byte)) {
	t.Helper()
	for len(b) > 0 {
		key, n := binary.Uvarint(b)
		value, m := binary.Uvarint(b[n:])
		b = b[n+m:]
		switch key & 7 {
		case 0:
			field(key>>3, value, nil)
		case 2:
			field(key>>3, 0, b[:value])
			b = b[value:]
		default:
			t.Fatalf("wire type %d", key&7)
		}
	}
}

// features reads a vector tile (Mapbox Vector Tile 2.1): by layer, the properties of each feature, all of them numbers.
func features(t *testing.T, tile []byte) map[string][]map[string]int64 {
	t.Helper()
	layers := map[string][]map[string]int64{}
	message(t, tile, func(_, _ uint64, layer []byte) {
		var name string
		var keys []string
		var values []int64
		var tags [][]byte
		message(t, layer, func(number, _ uint64, b []byte) {
			switch number {
			case 1:
				name = string(b)
			case 2:
				message(t, b, func(number, _ uint64, b []byte) {
					if number == 2 {
						tags = append(tags, b)
					}
				})
			case 3:
				keys = append(keys, string(b))
			case 4:
				message(t, b, func(number, n uint64, _ []byte) {
					if number == 6 { // sint
						n = n>>1 ^ -(n & 1)
					}
					values = append(values, int64(n))
				})
			}
		})
		for _, b := range tags {
			properties := map[string]int64{}
			for len(b) > 0 {
				key, n := binary.Uvarint(b)
				value, m := binary.Uvarint(b[n:])
				b = b[n+m:]
				properties[keys[key]] = values[value]
			}
			layers[name] = append(layers[name], properties)
		}
	})
	return layers
}

// tileAt is the tile of a place.
func tileAt(zoom int, lat, lon float64) Tile {
	n := math.Exp2(float64(zoom))
	return Tile{zoom, int((lon + 180) / 360 * n), int((1 - math.Asinh(math.Tan(lat*math.Pi/180))/math.Pi) / 2 * n)}
}

// trip is fixes each ten seconds of a vehicle that goes east on 48° N at 60 km/h from a longitude.
func trip(device fleet.DeviceID, start time.Time, lon float64, count int) []fleet.Fix {
	fixes := make([]fleet.Fix, count)
	for i := range fixes {
		at := start.Add(time.Duration(i) * 10 * time.Second)
		fixes[i] = fleet.Fix{Device: device, Received: at, Position: protocols.Position{Time: at, Located: true, Valid: true,
			Latitude: 48, Longitude: lon + float64(i)*0.00224, Speed: protocols.Some(60.0), Course: protocols.Some(90.0)}}
	}
	return fixes
}

func (s *Store) mustDraw(t *testing.T) {
	t.Helper()
	if _, err := s.DrawTracks(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestTracks(t *testing.T) {
	s := open(t)
	of, devices := withDevices(t, s, 2)
	other, _ := withDevices(t, s, 1)
	start := startOf(dayOf(noon())).Add(10 * time.Hour)
	mustWrite(t, s, batchOf(t, s, 0, "tracks", trip(devices[0].ID, start, 10, 360)...))
	mustWrite(t, s, batchOf(t, s, 0, "tracks", trip(devices[1].ID, start.Add(30*time.Minute), 10, 360)...))
	s.mustDraw(t)
	all, none := [2]time.Time{start, start.Add(3 * time.Hour)}, [2]time.Time{start.AddDate(0, 0, 1), start.AddDate(0, 0, 2)}
	first := []fleet.VehicleID{devices[0].Vehicle}
	for _, c := range []struct {
		name     string
		of       fleet.Scope
		tile     Tile
		span     [2]time.Time
		vehicles []fleet.VehicleID
		lines    []int64 // the vehicles of the lines
		fixes    bool
	}{
		{"the world", of, Tile{0, 0, 0}, all, nil, []int64{1, 2}, false},
		{"far", of, tileAt(6, 48, 10.3), all, nil, []int64{1, 2}, false},
		{"one", of, tileAt(6, 48, 10.3), all, first, []int64{1}, false},
		{"near", of, tileAt(12, 48, 10.3), all, nil, []int64{1, 2}, true},
		{"at the door", of, tileAt(15, 48, 10.3), all, nil, []int64{1, 2}, true},
		{"elsewhere", of, tileAt(12, 49, 10.3), all, nil, nil, false},
		{"another day", of, tileAt(6, 48, 10.3), none, nil, nil, false},
		{"the first minutes, at the beginning", of, tileAt(14, 48, 10.001), [2]time.Time{start, start.Add(time.Minute)}, nil, []int64{1}, true},
		{"the first minutes, at the end", of, tileAt(14, 48, 10.5), [2]time.Time{start, start.Add(time.Minute)}, nil, nil, false},
		{"the first minutes, far", of, tileAt(10, 48, 10.001), [2]time.Time{start, start.Add(5 * time.Minute)}, nil, []int64{1}, false},
		{"another's", other, tileAt(6, 48, 10.3), all, nil, nil, false},
		{"another's by name", other, tileAt(6, 48, 10.3), all, first, nil, false},
		{"no group", fleet.Scope{Organization: of.Organization, Groups: []fleet.GroupID{}}, tileAt(15, 48, 10.3), all, nil, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tile, err := s.Tracks(t.Context(), c.of, c.tile, c.vehicles, c.span[0], c.span[1])
			if err != nil {
				t.Fatal(err)
			}
			got := features(t, tile)
			var lines []int64
			for _, f := range got["tracks"] {
				lines = append(lines, f["vehicle"])
				if f["speed"] != 60 {
					t.Errorf("properties %v", f)
				}
			}
			slices.Sort(lines)
			if lines = slices.Compact(lines); !slices.Equal(lines, c.lines) {
				t.Errorf("lines of %v, want %v", lines, c.lines)
			}
			if (len(got["fixes"]) > 0) != c.fixes {
				t.Errorf("fixes %v, want some: %t", got["fixes"], c.fixes)
			}
			for _, f := range got["fixes"] {
				if at := time.Unix(f["time"], 0); f["course"] != 90 && f["course"] != 0 || f["speed"] != 60 ||
					at.Before(c.span[0]) || !at.Before(c.span[1]) {
					t.Errorf("fix %v", f)
				}
			}
		})
	}
	if _, err := s.Tracks(t.Context(), of, Tile{3, 8, 0}, nil, all[0], all[1]); !errors.Is(err, ErrInvalid) {
		t.Errorf("a tile that there is not: %v", err)
	}
}

// What comes late is drawn, too, and what is drawn is not drawn again for ever.
func TestLateFixesAreDrawn(t *testing.T) {
	s := open(t)
	of, devices := withDevices(t, s, 1)
	start := startOf(dayOf(noon())).Add(10 * time.Hour)
	whole := trip(devices[0].ID, start, 10, 300)
	at := tileAt(14, 48, 10.3)
	lines := func() int {
		t.Helper()
		s.mustDraw(t)
		tile, err := s.Tracks(t.Context(), of, at, nil, start, start.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		return len(features(t, tile)["fixes"])
	}
	mustWrite(t, s, batchOf(t, s, 0, "late", append(slices.Clone(whole[:100]), whole[200:]...)...))
	before := lines()
	late := batchOf(t, s, 0, "late", whole[299])
	late.Fixes, late.Late = nil, whole[100:200]
	mustWrite(t, s, late)
	s.tracks.made = map[trackHour]time.Time{}
	late = batchOf(t, s, 0, "late", whole[299])
	late.Fixes, late.Late = nil, whole[100:200]
	mustWrite(t, s, late)
	if after := lines(); before != 0 || after == 0 {
		t.Errorf("%d fixes before the late ones, %d after", before, after)
	}
	marks := func() (n int) {
		t.Helper()
		if err := s.pool.QueryRow(t.Context(), `SELECT count(*) FROM drover.track_marks`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if marks() != 1 {
		t.Errorf("%d marks, want that of the hour, which may be lacking fixes under way", marks())
	}
	if _, err := s.pool.Exec(t.Context(), `UPDATE drover.track_marks SET marked = marked - interval '1 hour'`); err != nil {
		t.Fatal(err)
	}
	s.mustDraw(t)
	if n, err := s.DrawTracks(t.Context()); n != 0 || err != nil || marks() != 0 {
		t.Errorf("%d hours are drawn again, %v; %d marks", n, err, marks())
	}
	if err := s.forgetTracks(t.Context(), start.AddDate(0, 0, 1)); err != nil || lines() != 0 {
		t.Errorf("tracks stay: %v", err)
	}
}

func TestMarks(t *testing.T) {
	m := trackMarks{made: map[trackHour]time.Time{}}
	b := &Batch{Fixes: trip(1, noon(), 10, 400), Late: trip(2, noon(), 10, 1)}
	now := time.Now()
	due := m.due(b, now)
	if len(due) != 3 {
		t.Fatalf("due %v", due)
	}
	m.keep(due, now)
	if again := m.due(b, now.Add(markLife-1)); len(again) != 0 {
		t.Errorf("marked again %v", again)
	}
	if again := m.due(b, now.Add(markLife)); len(again) != 3 {
		t.Errorf("not marked again: %v", again)
	}
	for i := range maxMarks + 10 {
		m.keep([]trackHour{{int32(i), 1}}, now)
	}
	if n := len(slices.Collect(maps.Keys(m.made))); n > maxMarks {
		t.Errorf("%d are remembered", n)
	}
}

func TestFixesAtAndTraces(t *testing.T) {
	s := open(t)
	of, devices := withDevices(t, s, 3)
	other, _ := withDevices(t, s, 1)
	start := startOf(dayOf(noon())).Add(10 * time.Hour)
	mustWrite(t, s, batchOf(t, s, 0, "at", trip(devices[0].ID, start, 10, 360)...))
	mustWrite(t, s, batchOf(t, s, 0, "at", trip(devices[1].ID, start, 11, 100)...))
	s.mustDraw(t)
	at := func(of fleet.Scope, when time.Time, vehicles ...fleet.VehicleID) map[fleet.VehicleID]time.Duration {
		t.Helper()
		found := map[fleet.VehicleID]time.Duration{}
		err := s.FixesAt(t.Context(), of, when, vehicles, func(v fleet.VehicleID, f *fleet.Fix) error {
			found[v] = when.Sub(f.Time)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	one, two := devices[0].Vehicle, devices[1].Vehicle
	for _, c := range []struct {
		name string
		got  map[fleet.VehicleID]time.Duration
		want map[fleet.VehicleID]time.Duration
	}{
		{"on the road", at(of, start.Add(30*time.Minute+5*time.Second)), map[fleet.VehicleID]time.Duration{one: 5 * time.Second, two: 810*time.Second + 5*time.Second}},
		{"one", at(of, start.Add(time.Minute), two), map[fleet.VehicleID]time.Duration{two: 0}},
		{"before", at(of, start.Add(-time.Second)), map[fleet.VehicleID]time.Duration{}},
		{"a day later", at(of, start.Add(25*time.Hour)), map[fleet.VehicleID]time.Duration{}},
		{"another's", at(other, start.Add(time.Minute), one), map[fleet.VehicleID]time.Duration{}},
	} {
		if !maps.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	var traces []Trace
	err := s.Traces(t.Context(), of, nil, start.Add(time.Minute), start.Add(30*time.Minute), func(trace *Trace) error {
		traces = append(traces, *trace)
		return nil
	})
	if err != nil || len(traces) != 2 || traces[0].Vehicle != one {
		t.Fatalf("%+v, %v", traces, err)
	}
	for i, at := range traces[0].Time {
		f := traces[0]
		if want := 10 + float64(at-start.Unix())*0.000224; math.Abs(f.Longitude[i]-want) > 2e-5 ||
			math.Abs(f.Latitude[i]-48) > 2e-5 || f.Speed[i] != 60 || at < start.Unix()+60 || at > start.Unix()+1800 {
			t.Errorf("at %d: %g, %g, %d km/h", at-start.Unix(), f.Latitude[i], f.Longitude[i], f.Speed[i])
		}
	}
}
