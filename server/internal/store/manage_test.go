package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/server/internal/fleet"
)

func TestGroups(t *testing.T) {
	s, ctx := open(t), t.Context()
	of, devices := withDevices(t, s, 1)
	north, err := s.CreateGroup(ctx, of, " North ", 0)
	ok(t, err)
	depot, err := s.CreateGroup(ctx, of, "Depot 2", north.ID)
	if err != nil || depot.Path != "North/Depot 2" || depot.Parent != north.ID || depot.Revision != 1 {
		t.Fatalf("%+v, %v", depot, err)
	}
	_, err = s.CreateGroup(ctx, of, "north", 0)
	is(t, "a name that is taken, in other letters", err, ErrExists)
	for _, name := range []string{"", " ", "a/b"} {
		_, err = s.CreateGroup(ctx, of, name, 0)
		is(t, "the name "+name, err, ErrInvalid)
	}
	_, err = s.CreateGroup(ctx, of, "x", 999)
	is(t, "in a group that is not there", err, ErrInvalid)
	_, err = s.UpdateGroup(ctx, of, north.ID, GroupChange{Parent: &depot.ID}, 0)
	is(t, "into its own", err, ErrInvalid)
	_, err = s.UpdateGroup(ctx, of, north.ID, GroupChange{Parent: &north.ID}, 0)
	is(t, "into itself", err, ErrInvalid)
	if g, err := s.UpdateGroup(ctx, of, north.ID, GroupChange{Name: ptr("N")}, 1); err != nil || g.Revision != 2 {
		t.Errorf("%+v, %v", g, err)
	}
	_, err = s.UpdateGroup(ctx, of, north.ID, GroupChange{Name: ptr("M")}, 1)
	is(t, "an old revision", err, ErrStale)
	if g, err := s.Group(ctx, of, depot.ID); err != nil || g.Path != "N/Depot 2" {
		t.Errorf("below a renamed group: %+v, %v", g, err)
	}
	_, err = s.UpdateVehicle(ctx, of, devices[0].Vehicle, VehicleChange{Group: &depot.ID}, 0)
	ok(t, err)
	is(t, "with a vehicle", s.DeleteGroup(ctx, of, depot.ID, 0), ErrHeld)
	is(t, "with a group", s.DeleteGroup(ctx, of, north.ID, 0), ErrHeld)
	_, err = s.UpdateVehicle(ctx, of, devices[0].Vehicle, VehicleChange{Group: ptr(fleet.GroupID(0))}, 0)
	ok(t, err)
	ok(t, s.DeleteGroup(ctx, of, depot.ID, 0))
	ok(t, s.DeleteGroup(ctx, of, north.ID, 0))
	_, err = s.UpdateVehicle(ctx, of, devices[0].Vehicle, VehicleChange{Group: &depot.ID}, 0)
	is(t, "into a deleted group", err, ErrInvalid)
	_, err = s.RestoreGroup(ctx, of, depot.ID)
	is(t, "below a deleted group", err, ErrHeld)
	_, err = s.RestoreGroup(ctx, of, north.ID)
	ok(t, err)
	if g, err := s.RestoreGroup(ctx, of, depot.ID); err != nil || g.Path != "N/Depot 2" {
		t.Errorf("%+v, %v", g, err)
	}
	if list, err := s.Groups(ctx, of); err != nil || len(list) != 2 || list[0].Name != "N" {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestDriversTakeTheSeat(t *testing.T) {
	s, ctx := open(t), t.Context()
	of, devices := withDevices(t, s, 2)
	first, second := devices[0].Vehicle, devices[1].Vehicle
	anna, err := s.CreateDriver(ctx, of, fleet.Driver{Name: "Anna", Phone: "+49170555", Key: "01A2", Vehicle: first})
	ok(t, err)
	_, err = s.CreateDriver(ctx, of, fleet.Driver{Name: "Carla", Key: "01A2"})
	is(t, "another's key", err, ErrExists)
	ben, err := s.CreateDriver(ctx, of, fleet.Driver{Name: "Ben"})
	ok(t, err)
	v, err := s.UpdateVehicle(ctx, of, first, VehicleChange{Driver: &ben.ID}, 0)
	if err != nil || v.Driver == nil || v.Driver.ID != ben.ID || v.Vehicle.Driver != "Ben" {
		t.Errorf("%+v, %v", v, err)
	}
	if a, err := s.Driver(ctx, of, anna.ID); err != nil || a.Vehicle != 0 || a.Revision != 2 {
		t.Errorf("who sat there: %+v, %v", a, err)
	}
	_, err = s.UpdateDriver(ctx, of, ben.ID, DriverChange{Vehicle: &second}, ben.Revision)
	is(t, "an old revision", err, ErrStale)
	_, err = s.UpdateDriver(ctx, of, ben.ID, DriverChange{Vehicle: &second}, 0)
	ok(t, err)
	for search, want := range map[string]int{"ben": 1, "van 1": 1, "+49170555": 1, "nobody": 0, "": 2} {
		if list, _, err := s.Drivers(ctx, of, Page{Search: search}); err != nil || len(list) != want {
			t.Errorf("%q: %+v, %v, want %d", search, list, err, want)
		}
	}
	if list, _, err := s.Vehicles(ctx, of, Page{Search: "BEN"}); err != nil || len(list) != 1 || list[0].ID != second {
		t.Errorf("vehicles of Ben: %+v, %v", list, err)
	}
	ok(t, s.DeleteDriver(ctx, of, ben.ID, 0))
	_, err = s.UpdateVehicle(ctx, of, second, VehicleChange{Driver: &anna.ID}, 0)
	ok(t, err)
	if b, err := s.RestoreDriver(ctx, of, ben.ID); err != nil || b.Vehicle != 0 {
		t.Errorf("restored where somebody sits: %+v, %v", b, err)
	}
	_, err = s.UpdateVehicle(ctx, of, second, VehicleChange{Driver: ptr(fleet.DriverID(999))}, 0)
	is(t, "a driver who is not there", err, ErrInvalid)
	if v, err := s.UpdateVehicle(ctx, of, second, VehicleChange{Driver: ptr(fleet.DriverID(0))}, 0); err != nil || v.Driver != nil {
		t.Errorf("nobody: %+v, %v", v, err)
	}
}

func TestDeletedIsRestoredWithEverything(t *testing.T) {
	s, ctx := open(t), t.Context()
	of, devices := withDevices(t, s, 2)
	d, vehicle := devices[0], devices[0].Vehicle
	mustWrite(t, s, batchOf(t, s, 0, "j", sample(d.ID, noon(), 1)))
	ok(t, s.DeleteVehicle(ctx, of, vehicle, 0))
	is(t, "deleted twice", s.DeleteVehicle(ctx, of, vehicle, 0), ErrNotFound)
	_, err := s.Vehicle(ctx, of, vehicle)
	is(t, "a deleted vehicle", err, ErrNotFound)
	is(t, "its history", s.Fixes(ctx, of, vehicle, noon(), noon().Add(time.Hour), 0, nil), ErrNotFound)
	if row, err := s.Device(ctx, of, d.ID); err != nil || row.Vehicle != 0 || row.VehicleName != "" {
		t.Errorf("its device: %+v, %v", row, err)
	}
	snapshot, err := s.LoadRegistry(ctx, nil)
	ok(t, err)
	if known, there := snapshot.Device(d.Identity); !there || known.Vehicle != 0 || len(snapshot.Vehicles(of)) != 1 {
		t.Errorf("the registry: %+v, %v", known, there)
	}
	if v, err := s.RestoreVehicle(ctx, of, vehicle); err != nil || v.Device == nil || v.Last == nil {
		t.Errorf("restored: %+v, %v", v, err)
	}
	ok(t, s.RetireDevice(ctx, of, d.ID, 0))
	again, err := s.CreateDevice(ctx, of, NewDevice{Identity: d.Identity})
	ok(t, err)
	_, err = s.RestoreDevice(ctx, of, d.ID)
	is(t, "an identity that is another's by now", err, ErrExists)
	ok(t, s.RetireDevice(ctx, of, again.ID, 0))
	if row, err := s.RestoreDevice(ctx, of, d.ID); err != nil || row.Vehicle != vehicle || row.Heard.IsZero() {
		t.Errorf("restored: %+v, %v", row, err)
	}
	_, err = s.RestoreDevice(ctx, of, devices[1].ID)
	is(t, "restoring what is there", err, ErrNotFound)
}

func TestPurge(t *testing.T) {
	s, ctx := open(t), t.Context()
	of, devices := withDevices(t, s, 2)
	north, err := s.CreateGroup(ctx, of, "North", 0)
	ok(t, err)
	_, err = s.UpdateVehicle(ctx, of, devices[0].Vehicle, VehicleChange{Group: &north.ID}, 0)
	ok(t, err)
	driver, err := s.CreateDriver(ctx, of, fleet.Driver{Name: "Anna", Vehicle: devices[0].Vehicle})
	ok(t, err)
	ok(t, s.DeleteVehicle(ctx, of, devices[0].Vehicle, 0))
	ok(t, s.DeleteGroup(ctx, of, north.ID, 0))
	ok(t, s.RetireDevice(ctx, of, devices[0].ID, 0))
	ok(t, s.RetireDevice(ctx, of, devices[1].ID, 0))
	s.tidy(ctx, time.Now().Add(Kept-time.Hour))
	if n := count(t, s, `SELECT count(*) FROM drover.vehicles WHERE deleted IS NOT NULL`); n != 1 {
		t.Fatalf("%d deleted vehicles before their time, want 1", n)
	}
	ok(t, s.purge(ctx, time.Now().Add(Kept+time.Hour)))
	for sql, want := range map[string]int{
		`SELECT count(*) FROM drover.vehicles`: 1, `SELECT count(*) FROM drover.groups`: 0,
		`SELECT count(*) FROM drover.devices`:                          1, // the second one's vehicle has its history
		`SELECT count(*) FROM drover.drivers WHERE vehicle_id IS NULL`: 1,
	} {
		if n := count(t, s, sql); n != want {
			t.Errorf("%s: %d, want %d", sql, n, want)
		}
	}
	if d, err := s.Driver(ctx, of, driver.ID); err != nil || d.Vehicle != 0 {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestImportIsTriedAndGroups(t *testing.T) {
	s, ctx := open(t), t.Context()
	of, devices := withDevices(t, s, 1)
	rows := []NewDevice{
		{Identity: devices[0].Identity, Name: "Renamed", Group: "North/Depot 2"}, {Identity: "new", Group: " north / depot 2 "},
		{Identity: ""}, {Identity: "plain"},
	}
	tried, err := s.ImportDevices(ctx, of, rows, true)
	if err != nil || tried.Added != 2 || tried.Updated != 1 || len(tried.Failed) != 1 {
		t.Errorf("tried: %+v, %v", tried, err)
	}
	if n := count(t, s, `SELECT count(*) FROM drover.devices`) + count(t, s, `SELECT count(*) FROM drover.groups`); n != 1 {
		t.Errorf("a try left %d devices and groups, want 1", n)
	}
	done, err := s.ImportDevices(ctx, of, rows, false)
	ok(t, err)
	if fmt.Sprint(done) != fmt.Sprint(tried) {
		t.Errorf("done %+v, tried %+v", done, tried)
	}
	groups, err := s.Groups(ctx, of)
	if err != nil || len(groups) != 2 || groups[1].Path != "North/Depot 2" || groups[1].Vehicles != 2 {
		t.Errorf("%+v, %v", groups, err)
	}
	limited := of
	limited.Groups = []fleet.GroupID{groups[1].ID}
	part, err := s.ImportDevices(ctx, limited, []NewDevice{
		{Identity: "in", Group: "North/Depot 2"}, {Identity: "out"}, {Identity: "elsewhere", Group: "South"}}, false)
	if err != nil || part.Added != 1 || len(part.Failed) != 2 || !strings.Contains(part.Failed[0].Message, "limited") {
		t.Errorf("by one who is limited: %+v, %v", part, err)
	}
}

func TestAuditLog(t *testing.T) {
	s, ctx := open(t), t.Context()
	admin, _, err := s.CreateFirstAdmin(ctx, "Fleet", "a@example.com", "Ada", "h")
	ok(t, err)
	of := fleet.Scope{Organization: admin.Organization, User: admin.ID, Address: "192.0.2.7"}
	d, err := s.CreateDevice(ctx, of, NewDevice{Identity: "77", Name: "Van", Group: "North"})
	ok(t, err)
	_, err = s.UpdateVehicle(ctx, of, d.Vehicle, VehicleChange{Plate: ptr("B-1")}, 0)
	ok(t, err)
	_, err = s.UpdateVehicle(ctx, of, d.Vehicle, VehicleChange{Plate: ptr("B-2")}, 1)
	is(t, "an old revision", err, ErrStale)
	ok(t, s.DeleteVehicle(ctx, of, d.Vehicle, 0))
	list, _, err := s.AuditLog(ctx, of, time.Time{}, time.Time{}, Page{})
	ok(t, err)
	var did []string
	for _, e := range list {
		if e.User == admin.ID && e.UserName == "Ada" && e.Address == "192.0.2.7" {
			did = append(did, e.Action+" "+e.Kind+" "+e.Text)
		}
	}
	want := []string{"delete vehicle Van", "change vehicle Van", "create device 77", "create vehicle Van", "create group North"}
	if !slices.Equal(did, want) {
		t.Fatalf("%q, want %q", did, want)
	}
	var changes map[string]Change
	ok(t, json.Unmarshal(list[1].Changes, &changes))
	if len(changes) != 1 || changes["plate"] != (Change{From: "", To: "B-1"}) {
		t.Errorf("%v", changes)
	}
	first, next, err := s.AuditLog(ctx, of, time.Time{}, time.Time{}, Page{Limit: 3})
	ok(t, err)
	rest, end, err := s.AuditLog(ctx, of, time.Time{}, time.Time{}, Page{Limit: 3, After: next})
	if err != nil || len(first) != 3 || len(rest) != len(list)-3 || end != "" || rest[0].ID >= first[2].ID {
		t.Errorf("%d, then %d, %q, %v", len(first), len(rest), end, err)
	}
	for search, want := range map[string]int{"B-1": 1, "ada": 5, "group": 2, "192.0.2.8": 0} {
		if found, _, err := s.AuditLog(ctx, of, time.Time{}, time.Time{}, Page{Search: search}); err != nil || len(found) != want {
			t.Errorf("%q: %d, %v, want %d", search, len(found), err, want)
		}
	}
	if found, _, err := s.AuditLog(ctx, of, time.Now(), time.Time{}, Page{}); err != nil || len(found) != 0 {
		t.Errorf("from now on: %v, %v", found, err)
	}
}

func TestVehicleEvents(t *testing.T) {
	s, ctx := open(t), t.Context()
	of, devices := withDevices(t, s, 2)
	_, err := s.Position(ctx, 0, "j")
	ok(t, err)
	b := &Batch{Journal: "j", To: 1}
	for i := range 5 {
		b.Events = append(b.Events, fleet.Event{Device: devices[i%2].ID, Time: noon().Add(time.Duration(-i) * time.Minute), Kind: "alarm", Text: fmt.Sprint(i)})
	}
	mustWrite(t, s, b)
	var got []string
	for page := (Page{Limit: 2}); ; {
		list, next, err := s.VehicleEvents(ctx, of, devices[0].Vehicle, page)
		ok(t, err)
		for _, e := range list {
			got = append(got, e.Text)
		}
		if page.After = next; next == "" {
			break
		}
	}
	if fmt.Sprint(got) != "[0 2 4]" {
		t.Errorf("%v", got)
	}
	_, _, err = s.VehicleEvents(ctx, of, devices[0].Vehicle, Page{After: cursor("noon", 1)})
	is(t, "a bad cursor", err, ErrInvalid)
}

func TestKeys(t *testing.T) {
	s, ctx := open(t), t.Context()
	admin, _, err := s.CreateFirstAdmin(ctx, "Fleet", "a@example.com", "Ada", "h")
	ok(t, err)
	of := fleet.Scope{Organization: admin.Organization, User: admin.ID}
	key, request := [32]byte{1}, [32]byte{2}
	claim := func() ([]byte, error) { return s.ClaimKey(ctx, of, key, request) }
	if answer, err := claim(); answer != nil || err != nil {
		t.Fatalf("%v, %v", answer, err)
	}
	_, err = claim()
	is(t, "under way", err, ErrUnderWay)
	ok(t, s.KeepAnswer(ctx, of, key, []byte("done")))
	if answer, err := claim(); string(answer) != "done" || err != nil {
		t.Errorf("%q, %v", answer, err)
	}
	_, err = s.ClaimKey(ctx, of, key, [32]byte{3})
	is(t, "another request", err, ErrOtherRequest)
	_, err = s.pool.Exec(ctx, `UPDATE drover.idempotency_keys SET created = now() - interval '25 hours'`)
	ok(t, err)
	if answer, err := claim(); answer != nil || err != nil {
		t.Errorf("after a day: %v, %v", answer, err)
	}
	ok(t, s.KeepAnswer(ctx, of, key, nil))
	if n := count(t, s, `SELECT count(*) FROM drover.idempotency_keys`); n != 0 {
		t.Errorf("%d keys are left", n)
	}
}
