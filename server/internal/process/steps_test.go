package process

import (
	"slices"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

func TestNormalizeTime(t *testing.T) {
	received := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	const retention = 400 * 24 * time.Hour
	for _, c := range []struct {
		name  string
		said  time.Time
		want  time.Time
		flags fleet.Flags
		kept  string // the attribute device_time
	}{
		{"none", time.Time{}, received, fleet.FlagNoTime, ""},
		{"now", received, received, 0, ""},
		{"to the millisecond", received.Add(-1234567), received.Add(-2 * time.Millisecond), 0, ""},
		{"elsewhere", received.In(time.FixedZone("", 7200)), received, 0, ""},
		{"ten minutes ahead", received.Add(AheadOfUs), received.Add(AheadOfUs), 0, ""},
		{"more ahead", received.Add(AheadOfUs + time.Second), received, fleet.FlagClock, "2026-11-21T12:10:01.000Z"},
		{"a year ago", received.AddDate(-1, 0, 0), received.AddDate(-1, 0, 0), 0, ""},
		{"before the retention", received.Add(-retention - time.Second), received, fleet.FlagClock, "2025-10-17T11:59:59.000Z"},
		{"1970", time.Unix(5, 0), received, fleet.FlagClock, "1970-01-01T00:00:05.000Z"},
		{"the year 9999", time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), received, fleet.FlagClock, "9999-01-01T00:00:00.000Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := protocols.Position{Time: c.said, Attributes: make([]protocols.Attribute, 0, 4)}
			f := Normalize(&fleet.Record{Device: 7, Received: received}, &p, Limits{Retention: retention})
			if !f.Time.Equal(c.want) || f.Flags != c.flags || f.Device != 7 || f.Time.Location() != time.UTC {
				t.Errorf("got %v %v, want %v %v", f.Time, f.Flags.Names(), c.want, c.flags.Names())
			}
			if got := attribute(&f, "device_time"); got != c.kept {
				t.Errorf("device_time is %q, want %q", got, c.kept)
			}
			if len(p.Attributes[:1][0].Name) > 0 {
				t.Error("the position's own attributes were written to")
			}
		})
	}
	old := Normalize(&fleet.Record{Received: received}, &protocols.Position{Time: time.Unix(946_684_799, 0)}, Limits{})
	if old.Flags != fleet.FlagClock {
		t.Error("1999 was believed")
	}
}

func attribute(f *fleet.Fix, name string) string {
	for _, a := range f.Attributes {
		if a.Name == name {
			return a.Value.String()
		}
	}
	return ""
}

func TestNormalizeValues(t *testing.T) {
	some := protocols.Some[float64]
	for _, c := range []struct {
		name string
		p    protocols.Position
		want string
	}{
		{"as it should be", protocols.Position{Located: true, Valid: true, Latitude: -90, Longitude: 180, Course: some(359.9)},
			`{"time":null,"valid":true,"latitude":-90,"longitude":180,"course_deg":359.9,"attributes":{}}`},
		{"beyond the pole", protocols.Position{Located: true, Valid: true, Latitude: 90.1},
			`{"time":null,"valid":false,"latitude":null,"longitude":null,"attributes":{}}`},
		{"nowhere", protocols.Position{Located: true, Valid: true},
			`{"time":null,"valid":false,"latitude":0,"longitude":0,"attributes":{}}`},
		{"valid without a location", protocols.Position{Valid: true},
			`{"time":null,"valid":false,"latitude":null,"longitude":null,"attributes":{}}`},
		{"a full circle", protocols.Position{Course: some(360), Speed: some(-1), BatteryPercent: some(101), Satellites: protocols.Some(-1),
			SignalPercent: protocols.Some(200), HDOP: some(-0.1), ExternalVolts: some(-0.1)},
			`{"time":null,"valid":false,"latitude":null,"longitude":null,"course_deg":0,"external_v":-0.1,"attributes":{}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Normalize(&fleet.Record{}, &c.p, Limits{})
			f.Time = time.Time{}
			if got := string(f.Position.AppendJSON(nil)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// passed takes positions of one device through the steps in a batch each, and gives what came out.
func passed(t *testing.T, records ...fleet.Record) (w *worker, batches []store.Batch) {
	t.Helper()
	w = newWorker(0, nil, Limits{Retention: store.DefaultRetention}, 10)
	w.devices[1] = newDevice(store.DeviceState{State: fleet.State{Device: 1}})
	for i, r := range records {
		r.Device = 1
		b := *w.batch("j", uint64(i), entries(uint64(i+1), r))
		b.Fixes, b.Late = slices.Clone(b.Fixes), slices.Clone(b.Late)
		batches = append(batches, b)
	}
	return w, batches
}

func TestJump(t *testing.T) {
	far := func(second int) protocols.Position {
		p := at(second)
		p.Latitude += 1 // 111 km
		return p
	}
	for _, c := range []struct {
		name  string
		said  []protocols.Position
		jumps []bool
		last  int // which of them counts in the end
	}{
		{"there and back", []protocols.Position{at(0), far(1), at(2)}, []bool{false, true, false}, 2},
		{"there to stay", []protocols.Position{at(0), far(1), far(2), far(3)}, []bool{false, true, false, false}, 3},
		{"slow enough", []protocols.Position{at(0), far(3600)}, []bool{false, false}, 1},
		{"two elsewheres", []protocols.Position{at(0), far(1), func() protocols.Position { p := at(2); p.Latitude -= 1; return p }()},
			[]bool{false, true, true}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var records []fleet.Record
			for _, p := range c.said {
				records = append(records, record(fleet.Device{}, p))
			}
			w, batches := passed(t, records...)
			for i, b := range batches {
				if got := b.Fixes[0].Flags&fleet.FlagJump != 0; got != c.jumps[i] {
					t.Errorf("fix %d: jump is %v", i, got)
				}
			}
			if got := w.devices[1].Last; !got.Time.Equal(c.said[c.last].Time) {
				t.Errorf("the last is of %v, want that of %v", got.Time, c.said[c.last].Time)
			}
		})
	}
}

func TestDuplicates(t *testing.T) {
	changed := at(1)
	changed.Satellites = protocols.Some(3)
	wrong := at(0)
	wrong.Time = time.Unix(1000, 0)
	w, b := passed(t,
		record(fleet.Device{}, at(1)), // new
		record(fleet.Device{}, at(1)), // may be stored: the store looks
		record(fleet.Device{}, at(1)), // was met: dropped
		record(fleet.Device{}, changed),
		record(fleet.Device{}, wrong), // a wrong clock: at the time of receipt
		record(fleet.Device{}, wrong), // the same again: dropped
	)
	for i, want := range [][2]int{{1, 0}, {0, 1}, {0, 0}, {0, 1}, {1, 0}, {0, 0}} {
		if got := [2]int{len(b[i].Fixes), len(b[i].Late)}; got != want {
			t.Errorf("record %d: %v new and maybe stored, want %v", i, got, want)
		}
	}
	if w.counts.dropped["duplicate"] != 1 {
		t.Errorf("dropped %v in the last batch", w.counts.dropped)
	}
	if n := len(b[4].Events); n != 1 || b[4].Events[0].Kind != "clock" || len(b[5].Events) != 0 {
		t.Errorf("events %v, then %v, want one of the clock", b[4].Events, b[5].Events)
	}
}

func TestLatest(t *testing.T) {
	silent := protocols.Position{Time: at(5).Time, ExternalVolts: protocols.Some(12.34), Alarms: protocols.AlarmSOS | protocols.AlarmTow}
	again := silent
	again.Time = at(6).Time
	repeated := at(4)
	repeated.Time, repeated.Valid = at(7).Time, false
	w, b := passed(t, record(fleet.Device{}, at(4)), record(fleet.Device{}, silent), record(fleet.Device{}, again),
		record(fleet.Device{}, at(3)), record(fleet.Device{}, repeated))
	d := w.devices[1]
	if !d.Last.Time.Equal(at(7).Time) || d.Last.Flags != fleet.FlagRepeated || d.Last.Valid {
		t.Errorf("the last is %+v", d.Last)
	}
	for name, want := range map[string]struct {
		value  string
		second int
	}{"external_v": {"12.34", 6}, "speed_kmh": {"72", 7}, "n": {"4", 7}, "ignition": {"true", 7}} {
		i := slices.IndexFunc(d.Values, func(v fleet.ValueAt) bool { return v.Name == name })
		if i < 0 || d.Values[i].Value.String() != want.value || !d.Values[i].Time.Equal(at(want.second).Time) {
			t.Errorf("%s: %v, want %v", name, d.Values, want)
		}
	}
	if len(b[1].Events) != 1 || b[1].Events[0].Text != "sos, tow" || len(b[2].Events) != 0 {
		t.Errorf("events %v, then %v, want the alarms once", b[1].Events, b[2].Events)
	}
}

// TestBySMS: what a text brought is marked as such, and its repetition after a crash is not stored.
func TestBySMS(t *testing.T) {
	y := newYard(t, 10)
	y.run(t, y.store)
	d := y.devices[0]
	r := record(d, at(1))
	r.BySMS = true
	y.append(t, record(d, at(0)), r)
	r.Received = r.Received.Add(time.Minute)
	y.append(t, r)
	y.settle(t)
	got := y.fixes(t, d)
	if len(got) != 2 || got[0].Flags != 0 || got[1].Flags != fleet.FlagBySMS {
		t.Errorf("stored %+v", got)
	}
	if f := Normalize(&r, &r.Positions[0], Limits{}); f.Flags != fleet.FlagBySMS {
		t.Errorf("flags %v", f.Flags.Names())
	}
}
