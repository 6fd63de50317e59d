package store

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

func is(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ptr[T any](v T) *T { return &v }

func TestDevicesAndVehicles(t *testing.T) {
	s, ctx := open(t), t.Context()
	org, devices := withDevices(t, s, 5)
	other, theirs := withDevices(t, s, 1)

	_, err := s.CreateDevice(ctx, other, NewDevice{Identity: devices[0].Identity})
	is(t, "an identity of another organization", err, ErrExists)
	_, err = s.CreateDevice(ctx, org, NewDevice{Identity: " "})
	is(t, "no identity", err, ErrInvalid)
	_, err = s.Device(ctx, org, theirs[0].ID)
	is(t, "another's device", err, ErrNotFound)
	_, err = s.UpdateVehicle(ctx, org, theirs[0].Vehicle, VehicleChange{Name: ptr("mine")}, 0)
	is(t, "another's vehicle", err, ErrNotFound)
	_, err = s.UpdateDevice(ctx, org, devices[0].ID, DeviceChange{Vehicle: &theirs[0].Vehicle}, 0)
	is(t, "into another's vehicle", err, ErrInvalid)
	_, err = s.UpdateVehicle(ctx, org, devices[0].Vehicle, VehicleChange{Name: ptr(" ")}, 0)
	is(t, "no name", err, ErrInvalid)

	d, err := s.UpdateDevice(ctx, org, devices[1].ID, DeviceChange{Disabled: ptr(true), Phone: ptr("+37060000000"), Offset: ptr(protocols.Some(-90 * time.Minute))}, 0)
	if err != nil || !d.Disabled || d.Phone != "+37060000000" || d.Offset != protocols.Some(-90*time.Minute) || d.Identity != devices[1].Identity {
		t.Errorf("changed to %+v, %v", d, err)
	}
	north, err := s.CreateGroup(ctx, org, "North", 0)
	ok(t, err)
	v, err := s.UpdateVehicle(ctx, org, devices[1].Vehicle, VehicleChange{Plate: ptr("ABC 1%0"), Group: &north.ID}, 0)
	if err != nil || v.Name != "Van 1" || v.Plate != "ABC 1%0" || v.Path != "North" {
		t.Errorf("changed to %+v, %v", v, err)
	}
	ok(t, s.RetireDevice(ctx, org, devices[4].ID, 0))
	is(t, "retired twice", s.RetireDevice(ctx, org, devices[4].ID, 0), ErrNotFound)
	again, err := s.CreateDevice(ctx, other, NewDevice{Identity: devices[4].Identity})
	if err != nil || again.ID == devices[4].ID {
		t.Errorf("sold to another: %+v, %v", again, err)
	}
	snapshot, err := s.LoadRegistry(ctx, nil)
	ok(t, err)
	if d, there := snapshot.Device(devices[4].Identity); !there || d.Organization != other.Organization {
		t.Errorf("the registry has %+v", d)
	}
	if got := len(snapshot.Vehicles(org)); got != 5 {
		t.Errorf("%d vehicles, want 5", got)
	}
}

func TestPages(t *testing.T) {
	s, ctx := open(t), t.Context()
	org, devices := withDevices(t, s, 7)
	withDevices(t, s, 3)
	mustWrite(t, s, batchOf(t, s, 0, "j", sample(devices[3].ID, noon(), 1)))
	_, err := s.UpdateVehicle(ctx, org, devices[5].Vehicle, VehicleChange{Plate: ptr("50%_x"), Name: ptr("van 0")}, 0)
	ok(t, err)
	var names []string
	page := Page{Limit: 3}
	for n := 0; ; n++ {
		list, next, err := s.Vehicles(ctx, org, page)
		ok(t, err)
		for _, v := range list {
			names = append(names, v.Name)
			if v.Device == nil || (v.Last != nil) != (v.ID == devices[3].Vehicle) {
				t.Errorf("%+v", v)
			}
		}
		if page.After = next; next == "" || n > 9 {
			break
		}
	}
	if got, want := fmt.Sprint(names), "[Van 0 van 0 Van 1 Van 2 Van 3 Van 4 Van 6]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for search, want := range map[string]int{"%_": 1, "VAN": 7, devices[2].Identity: 1, "none": 0, `\`: 0} {
		list, _, err := s.Vehicles(ctx, org, Page{Search: search})
		ok(t, err)
		found, _, err := s.Devices(ctx, org, Page{Search: search})
		ok(t, err)
		if len(list) != want || len(found) != want {
			t.Errorf("%q: %d vehicles and %d devices, want %d", search, len(list), len(found), want)
		}
	}
	_, _, err = s.Devices(ctx, org, Page{After: "nonsense"})
	is(t, "a bad cursor", err, ErrInvalid)
	first, next, err := s.Devices(ctx, org, Page{Limit: 6})
	ok(t, err)
	rest, end, err := s.Devices(ctx, org, Page{Limit: 6, After: next})
	if err != nil || len(first) != 6 || len(rest) != 1 || end != "" || rest[0].ID != devices[6].ID {
		t.Errorf("%d, then %v, %q, %v", len(first), rest, end, err)
	}
}

func TestImport(t *testing.T) {
	s, ctx := open(t), t.Context()
	org, devices := withDevices(t, s, 1)
	_, theirs := withDevices(t, s, 1)
	got, err := s.ImportDevices(ctx, org, []NewDevice{
		{Identity: devices[0].Identity, Name: "Renamed", Phone: "1"},
		{Identity: "new", Protocol: "h02"},
		{Identity: ""},
		{Identity: theirs[0].Identity},
		{Identity: "new", Plate: "P"},
	}, false)
	ok(t, err)
	if got.Added != 1 || got.Updated != 2 || len(got.Failed) != 2 || got.Failed[0].Row != 2 || got.Failed[1].Row != 3 {
		t.Errorf("%+v", got)
	}
	v, err := s.Vehicle(ctx, org, devices[0].Vehicle)
	if err != nil || v.Name != "Renamed" || v.Device.Phone != "1" {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestHistoryFollowsTheVehicle moves a device from one vehicle to another.
func TestHistoryFollowsTheVehicle(t *testing.T) {
	s, ctx := open(t), t.Context()
	org, devices := withDevices(t, s, 2)
	mover, from, to := devices[0], devices[0].Vehicle, devices[1].Vehicle
	moved := time.Now().UTC()
	_, err := s.UpdateDevice(ctx, org, mover.ID, DeviceChange{Vehicle: &to}, 0)
	ok(t, err)
	mustWrite(t, s, batchOf(t, s, 0, "j", sample(mover.ID, moved.Add(-48*time.Hour), 1), sample(mover.ID, moved.Add(-time.Minute), 2),
		sample(mover.ID, moved.Add(time.Minute), 3), sample(devices[1].ID, moved.Add(-time.Hour), 4), sample(devices[1].ID, moved.Add(2*time.Minute), 5)))
	ok(t, s.RetireDevice(ctx, org, mover.ID, 0))
	for vehicle, want := range map[fleet.VehicleID]string{from: "[1 2]", to: "[4 3 5]"} {
		if vehicle == to {
			want = "[4 5]" // it was retired before its third fix's time
		}
		var got []int
		err := s.Fixes(ctx, org, vehicle, moved.AddDate(-1, 0, 0), moved.Add(time.Hour), 0, func(f *fleet.Fix) error {
			got = append(got, int(f.Speed.Value))
			return nil
		})
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("vehicle %d: %v, %v, want %s", vehicle, got, err, want)
		}
	}
	n := 0
	err = s.Fixes(ctx, org, from, moved.AddDate(-1, 0, 0), moved, 1, func(f *fleet.Fix) error { n++; return nil })
	if n != 1 || err != nil {
		t.Errorf("%d fixes of at most one, %v", n, err)
	}
	is(t, "another organization's", s.Fixes(ctx, fleet.Scope{Organization: org.Organization + 1}, from, moved, moved, 0, nil), ErrNotFound)
	if n := count(t, s, `SELECT count(*) FROM drover.positions WHERE vehicle = 'Van 0'`); n != 2 {
		t.Errorf("the view has %d positions of the first vehicle, want 2", n)
	}
	if n := count(t, s, `SELECT count(*) FROM drover.last_positions WHERE geom IS NOT NULL`); n != 2 {
		t.Errorf("the view has %d last positions, want 2", n)
	}
}

func TestWithin(t *testing.T) {
	s, ctx := open(t), t.Context()
	org, devices := withDevices(t, s, 3)
	other, theirs := withDevices(t, s, 1)
	var fixes []fleet.Fix
	for i, d := range append(devices, theirs...) {
		for n := range 10 {
			f := sample(d.ID, noon().Add(time.Duration(n)*time.Minute), 0)
			f.Latitude, f.Longitude = 10+float64(i%3), 20+float64(n)
			f.Valid = n != 3
			fixes = append(fixes, f)
		}
	}
	mustWrite(t, s, batchOf(t, s, 0, "j", fixes...))
	const triangle = `{"type":"Polygon","coordinates":[[[21.5,9],[24,10],[21.5,10.5],[21.5,9]]]}`
	got, err := s.Within(ctx, org, []byte(triangle), noon(), noon().Add(time.Hour))
	if err != nil || len(got) != 1 || got[0].Vehicle.ID != devices[0].Vehicle || got[0].Fixes != 2 ||
		!got[0].First.Equal(noon().Add(2*time.Minute)) || !got[0].Last.Equal(noon().Add(4*time.Minute)) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := s.Within(ctx, other, []byte(triangle), noon(), noon().Add(3*time.Minute)); err != nil || len(got) != 1 || got[0].Fixes != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	for name, bad := range map[string]string{
		"nothing": ``, "a point": `{"type":"Point","coordinates":[1,2]}`, "half": `{"type":"Polygon","coordinates":[[[1,2]]]}`,
		"a bow tie": `{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}`, "words": `{"type":"Polygon","coordinates":"here"}`,
		"empty": `{"type":"Polygon","coordinates":[]}`, "off the map": `{"type":"Polygon","coordinates":[[[0,0],[999,1],[1,0],[0,0]]]}`,
	} {
		_, err := s.Within(ctx, org, []byte(bad), noon(), noon().Add(time.Hour))
		is(t, name, err, ErrInvalid)
	}
}

func TestKnocks(t *testing.T) {
	s, ctx := open(t), t.Context()
	org, _ := withDevices(t, s, 1)
	other, theirs := withDevices(t, s, 1)
	knock := func(identity, address, reason string) fleet.Knock {
		return fleet.Knock{Protocol: "gt06", Identity: identity, Port: 5023, Address: netip.MustParseAddr(address), Reason: reason,
			First: noon(), Last: noon().Add(time.Minute), Count: 2}
	}
	for range 2 {
		ok(t, s.SaveKnocks(ctx, []fleet.Knock{
			knock("stranger", "192.0.2.1", "unknown"), knock("stranger", "::ffff:192.0.2.2", "unknown"),
			knock("", "192.0.2.3", "unreadable"), knock("", "192.0.2.4", "unreadable"), knock(theirs[0].Identity, "fe80::1%eth0", "disabled"),
		}))
	}
	mine, err := s.Knocks(ctx, org)
	if err != nil || len(mine) != 3 {
		t.Fatalf("%v, %v", mine, err)
	}
	hers, err := s.Knocks(ctx, other)
	if err != nil || len(hers) != 1 || hers[0].Identity != theirs[0].Identity || hers[0].Count != 4 {
		t.Fatalf("%v, %v", hers, err)
	}
	var stranger Knock
	for _, k := range mine {
		if k.Identity == "stranger" {
			stranger = k
		} else {
			_, err := s.Adopt(ctx, org, k.ID, NewDevice{})
			is(t, "adopting who said nothing", err, ErrInvalid)
		}
	}
	if stranger.Count != 8 || stranger.Address != netip.MustParseAddr("192.0.2.2") || !stranger.First.Equal(noon()) {
		t.Errorf("%+v", stranger)
	}
	_, err = s.Adopt(ctx, other, stranger.ID, NewDevice{})
	is(t, "adopting what one does not see", err, ErrNotFound)
	d, err := s.Adopt(ctx, org, stranger.ID, NewDevice{Name: "Adopted"})
	if err != nil || d.Identity != "stranger" || d.Protocol != "gt06" || d.Vehicle == 0 {
		t.Errorf("%+v, %v", d, err)
	}
	_, err = s.Adopt(ctx, org, stranger.ID, NewDevice{})
	is(t, "adopting twice", err, ErrNotFound)
}

func TestKnocksAreBounded(t *testing.T) {
	s, ctx := open(t), t.Context()
	many := []fleet.Knock{{Protocol: "h02", Identity: "long ago", First: noon().Add(-2 * time.Hour), Last: noon().Add(-2 * time.Hour)}}
	for i := range maxKnocks + 1 {
		many = append(many, fleet.Knock{Protocol: "h02", Identity: fmt.Sprint(i), First: noon(), Last: noon(), Count: 1})
	}
	ok(t, s.SaveKnocks(ctx, many))
	ok(t, s.forgetKnocks(ctx, noon().Add(-time.Hour)))
	if n := count(t, s, `SELECT count(*) FROM drover.knocks`); n != maxKnocks {
		t.Errorf("%d knocks, want %d", n, maxKnocks)
	}
}

func TestEvents(t *testing.T) {
	s, ctx := open(t), t.Context()
	org, devices := withDevices(t, s, 2)
	other, _ := withDevices(t, s, 0)
	b := &Batch{Journal: "j", To: 1}
	_, err := s.Position(ctx, 0, "j")
	ok(t, err)
	for i := range 10 {
		b.Events = append(b.Events, fleet.Event{Device: devices[i%2].ID, Time: noon().Add(time.Duration(i) * time.Minute), Kind: "alarm", Text: fmt.Sprint(i)})
	}
	b.Events = append(b.Events, fleet.Event{Device: 9999, Time: noon(), Kind: "alarm"})
	mustWrite(t, s, b)
	b.From, b.To = 1, 2
	mustWrite(t, s, b) // the same again: nothing twice
	for want, q := range map[string]EventQuery{
		"[9 8 7 6 5 4 3 2 1 0]": {},
		"[8 6]":                 {Device: devices[0].ID, Limit: 2},
		"[3 2]":                 {From: noon().Add(2 * time.Minute), To: noon().Add(4 * time.Minute)},
		"[1 0]":                 {Before: 3},
	} {
		list, err := s.Events(ctx, org, q)
		ok(t, err)
		var got []string
		for _, e := range list {
			got = append(got, e.Text)
			if e.Vehicle == 0 {
				t.Error("an event without a vehicle")
			}
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%+v: %v, want %s", q, got, want)
		}
	}
	if list, err := s.Events(ctx, other, EventQuery{}); err != nil || len(list) > 0 {
		t.Errorf("another organization sees %v, %v", list, err)
	}
}

func TestLastFixes(t *testing.T) {
	s, ctx := open(t), t.Context()
	org, devices := withDevices(t, s, 3)
	_, theirs := withDevices(t, s, 1)
	mustWrite(t, s, batchOf(t, s, 0, "j", sample(devices[1].ID, noon(), 1), sample(theirs[0].ID, noon(), 2)))
	var got []LastFix
	ok(t, s.LastFixes(ctx, org, func(l LastFix) error {
		got = append(got, l)
		return nil
	}))
	if len(got) != 1 || got[0].Device != devices[1].ID || got[0].Vehicle != devices[1].Vehicle || got[0].Fix.HDOP.Value != 0.9 {
		t.Errorf("%+v", got)
	}
	n := 0
	ok(t, s.AllStates(ctx, func(state *fleet.State) error {
		n++
		if len(state.Values) != 2 || state.Values[0].Value.String() != "13.812" || !state.Values[1].Time.Equal(noon()) {
			t.Errorf("%+v", state)
		}
		return nil
	}))
	if n != 2 {
		t.Errorf("%d states, want 2", n)
	}
	_, err := s.State(ctx, org, theirs[0].ID)
	is(t, "another's state", err, ErrNotFound)
	if state, err := s.State(ctx, org, devices[0].ID); err != nil || state.Device != devices[0].ID || !state.Last.Time.IsZero() {
		t.Errorf("a device that never spoke: %+v, %v", state, err)
	}
}

// TestWatchRegistry changes a device while someone listens, also after the connection was cut.
func TestWatchRegistry(t *testing.T) {
	s := open(t)
	org, devices := withDevices(t, s, 1)
	ctx, cancel := context.WithCancel(t.Context())
	changed := make(chan struct{}, 100)
	var group sync.WaitGroup
	group.Go(func() { s.WatchRegistry(ctx, func() { changed <- struct{}{} }) })
	next := func(what string) {
		t.Helper()
		select {
		case <-changed:
		case <-time.After(20 * time.Second):
			t.Fatal("nothing heard: " + what)
		}
	}
	next("at first")
	_, err := s.UpdateDevice(t.Context(), org, devices[0].ID, DeviceChange{Disabled: ptr(true)}, 0)
	ok(t, err)
	next("a change")
	_, err = s.pool.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE query LIKE 'LISTEN%' AND datname = current_database()`)
	ok(t, err)
	next("connected again")
	cancel()
	group.Wait()
}
