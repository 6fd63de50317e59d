package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/server/internal/fleet"
)

// Two cards beside each other, of 20 digits, and one of 19.
const (
	cardA = "89330000000000000176"
	cardB = "89330000000000000184"
	cardC = "8949000000000000017"
)

// said stores what a device says of its SIM, at so many minutes.
func said(t *testing.T, s *Store, minute int, device fleet.DeviceID, iccid, imsi string) {
	t.Helper()
	at := noon().Add(time.Duration(minute) * time.Minute)
	b := batchOf(t, s, 0, "sims")
	b.Sightings = []fleet.Sighting{{Device: device, ICCID: iccid, IMSI: imsi, First: at, Last: at}}
	mustWrite(t, s, b)
}

// takeTold gives a device's events of SIMs and takes them away, the oldest first: kind and text.
func takeTold(t *testing.T, s *Store, of fleet.Scope, device fleet.DeviceID) (list []string) {
	t.Helper()
	events, err := s.Events(t.Context(), of, EventQuery{Device: device})
	ok(t, err)
	for _, e := range slices.Backward(events) {
		list = append(list, e.Kind+": "+e.Text)
	}
	_, err = s.pool.Exec(t.Context(), `DELETE FROM drover.events WHERE device_id = $1`, device)
	ok(t, err)
	return list
}

// sims are an organization's SIMs by the card: "device, state, note; alarms".
func sims(t *testing.T, s *Store, of fleet.Scope) map[string]string {
	t.Helper()
	list, _, err := s.SIMs(t.Context(), of, SIMQuery{})
	ok(t, err)
	alarmed, _, err := s.SIMs(t.Context(), of, SIMQuery{Alarms: true})
	ok(t, err)
	quiet := func(m SIMRow) bool { return len(m.Alarms) == 0 }
	if want := slices.DeleteFunc(slices.Clone(list), quiet); !reflect.DeepEqual(alarmed, want) && len(want)+len(alarmed) > 0 {
		t.Errorf("those with alarms are %+v, want %+v", alarmed, want)
	}
	found := map[string]string{}
	for _, m := range list {
		found[m.ICCID] = strings.TrimSuffix(fmt.Sprintf("%d %s %s; %s", m.Device, m.State, m.IMSI, strings.Join(m.Alarms, " ")), "; ")
	}
	return found
}

func wantSIMs(t *testing.T, s *Store, of fleet.Scope, want map[string]string) {
	t.Helper()
	got := sims(t, s, of)
	for card, is := range want {
		if got[card] != is {
			t.Errorf("%s: got %q, want %q", card, got[card], is)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func wantTold(t *testing.T, s *Store, of fleet.Scope, device fleet.DeviceID, want ...string) {
	t.Helper()
	if got := takeTold(t, s, of, device); !slices.Equal(got, want) {
		t.Errorf("device %d: got %q, want %q", device, got, want)
	}
}

func TestASIMIsTakenInAtFirstSight(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 2)
	phone := "+33612345678"
	_, err := s.UpdateDevice(t.Context(), of, d[0].ID, DeviceChange{Phone: &phone}, 0)
	ok(t, err)
	stock, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardB, Note: "box 3"})
	ok(t, err)
	said(t, s, 0, d[0].ID, cardA, "")
	said(t, s, 1, d[1].ID, cardB[:19], "208011234567890")
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active ", d[0].ID),
		cardB: fmt.Sprintf("%d active 208011234567890", d[1].ID)})
	wantTold(t, s, of, d[0].ID)
	wantTold(t, s, of, d[1].ID)
	list, _, err := s.SIMs(t.Context(), of, SIMQuery{})
	ok(t, err)
	if first := list[0]; first.MSISDN != phone || first.Note != "seen first on "+noon().Format(time.DateOnly) || first.Identity != d[0].Identity ||
		len(first.SeenIn) != 1 || first.SeenIn[0].Device != d[0].ID || first.SeenIn[0].VehicleName != "Van 0" || !first.SeenIn[0].First.Equal(noon()) {
		t.Errorf("%+v", first)
	}
	if list[1].ID != stock.ID || list[1].Note != "box 3" {
		t.Errorf("%+v", list[1])
	}
	said(t, s, 2, d[0].ID, cardA, "208011234567891") // now it says its IMSI as well
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active 208011234567891", d[0].ID),
		cardB: fmt.Sprintf("%d active 208011234567890", d[1].ID)})
}

func TestASwapIsToldOnce(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 1)
	said(t, s, 0, d[0].ID, cardA, "")
	swap := "sim_swap: The tracker reports SIM " + cardB + ", it should have " + cardA + "."
	for minute := range 3 {
		said(t, s, 10+minute, d[0].ID, cardB, "")
	}
	wantTold(t, s, of, d[0].ID, swap)
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active ; swap", d[0].ID), cardB: "0 active "})
	list, _, err := s.SIMs(t.Context(), of, SIMQuery{})
	ok(t, err)
	if o := list[0].Instead; o == nil || o.SIM != list[1].ID || o.ICCID != cardB || !o.First.Equal(noon().Add(10*time.Minute)) {
		t.Fatalf("in its place there is %+v", o)
	}
	said(t, s, 20, d[0].ID, cardA, "") // back
	wantTold(t, s, of, d[0].ID)
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active ", d[0].ID), cardB: "0 active "})
	said(t, s, 30, d[0].ID, cardB, "")
	wantTold(t, s, of, d[0].ID, swap)

	number := "+4917012345678"
	_, err = s.UpdateSIM(t.Context(), of, list[1].ID, SIMChange{MSISDN: &number}, 0)
	ok(t, err)
	m, err := s.AcceptSIM(t.Context(), of, list[1].ID, d[0].ID)
	ok(t, err)
	if m.Device != d[0].ID || len(m.Alarms) != 0 {
		t.Errorf("%+v", m)
	}
	wantSIMs(t, s, of, map[string]string{cardA: "0 active ", cardB: fmt.Sprintf("%d active ", d[0].ID)})
	device, err := s.Device(t.Context(), of, d[0].ID)
	ok(t, err)
	if device.Phone != number {
		t.Errorf("the device is still written to at %q", device.Phone)
	}
	said(t, s, 40, d[0].ID, cardB, "")
	wantTold(t, s, of, d[0].ID)
}

func TestASIMElsewhereIsToldOfBoth(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 3)
	for i, card := range []string{cardA, cardB} {
		said(t, s, i, d[i].ID, card, "")
	}
	said(t, s, 10, d[2].ID, cardA, "") // into a device without one
	wantTold(t, s, of, d[0].ID, "sim_elsewhere: Its SIM "+cardA+" is in another tracker.")
	wantTold(t, s, of, d[2].ID, "sim_elsewhere: The tracker has SIM "+cardA+", which belongs into another tracker.")
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active ; elsewhere", d[0].ID), cardB: fmt.Sprintf("%d active ", d[1].ID)})
	said(t, s, 20, d[1].ID, cardA, "") // into one with another
	wantTold(t, s, of, d[0].ID, "sim_elsewhere: Its SIM "+cardA+" is in another tracker.")
	wantTold(t, s, of, d[1].ID, "sim_swap: The tracker reports SIM "+cardA+", it should have "+cardB+".",
		"sim_elsewhere: The tracker has SIM "+cardA+", which belongs into another tracker.")
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active ; elsewhere", d[0].ID), cardB: fmt.Sprintf("%d active ; swap", d[1].ID)})
	said(t, s, 30, d[0].ID, cardA, "")
	said(t, s, 30, d[1].ID, cardB, "")
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active ", d[0].ID), cardB: fmt.Sprintf("%d active ", d[1].ID)})

	ok(t, s.RetireDevice(t.Context(), of, d[0].ID, 0)) // the tracker was replaced, and its SIM taken along
	said(t, s, 40, d[2].ID, cardA, "")
	wantTold(t, s, of, d[2].ID)
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active ", d[2].ID), cardB: fmt.Sprintf("%d active ", d[1].ID)})
}

// TestSIMsOfOthersAreNothingToUs: what another organization has in its inventory changes nothing in one's own.
func TestSIMsOfOthersAreNothingToUs(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 1)
	other, e := withDevices(t, s, 1)
	said(t, s, 0, d[0].ID, cardA, "208011234567890")
	said(t, s, 1, e[0].ID, cardA, "208011234567890")
	wantTold(t, s, of, d[0].ID)
	wantTold(t, s, other, e[0].ID)
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active 208011234567890", d[0].ID)})
	wantSIMs(t, s, other, map[string]string{cardA: fmt.Sprintf("%d active 208011234567890", e[0].ID)})
}

// TestATrackerThatSaysOnlyItsIMSI is known by that, if the inventory has it.
func TestATrackerThatSaysOnlyItsIMSI(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 2)
	for i, card := range []string{cardA, cardB} {
		_, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: card, IMSI: fmt.Sprint("20801123456789", i)})
		ok(t, err)
	}
	said(t, s, 0, d[0].ID, "", "208011234567890")
	said(t, s, 1, d[1].ID, "", "999999999999999")
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active 208011234567890", d[0].ID), cardB: "0 stock 208011234567891"})
	said(t, s, 2, d[0].ID, "", "208011234567891")
	wantTold(t, s, of, d[0].ID,
		"sim_swap: The tracker reports a SIM with IMSI 208011234567891, it should have "+cardA+" with IMSI 208011234567890.")
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active 208011234567890; swap", d[0].ID), cardB: "0 stock 208011234567891"})
	wantTold(t, s, of, d[1].ID)
}

// TestADeviceThatChangesItsSIMWithinABatch is told of in order.
func TestADeviceThatChangesItsSIMWithinABatch(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 1)
	b := batchOf(t, s, 0, "sims")
	for i, card := range []string{cardA, cardB, cardA, cardC} {
		at := noon().Add(time.Duration(i) * time.Minute)
		b.Sightings = append(b.Sightings, fleet.Sighting{Device: d[0].ID, ICCID: card, First: at, Last: at})
	}
	b.Sightings = append(b.Sightings, fleet.Sighting{Device: 999_999, ICCID: cardA, First: noon(), Last: noon()}) // gone
	mustWrite(t, s, b)
	wantTold(t, s, of, d[0].ID, "sim_swap: The tracker reports SIM "+cardB+", it should have "+cardA+".",
		"sim_swap: The tracker reports SIM "+cardC+", it should have "+cardA+".")
}

// TestATrackerThatInventsSIMsFillsNothing: only so many are noted of it.
func TestATrackerThatInventsSIMsFillsNothing(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 1)
	b := batchOf(t, s, 0, "sims")
	for i := range 3 * sightingsKept {
		at := noon().Add(time.Duration(i) * time.Second)
		b.Sightings = append(b.Sightings, fleet.Sighting{Device: d[0].ID, ICCID: fmt.Sprintf("8933%015d", i), First: at, Last: at})
	}
	mustWrite(t, s, b)
	if got := len(sims(t, s, of)); got != sightingsKept {
		t.Errorf("%d SIMs in the inventory, want %d", got, sightingsKept)
	}
	if got := len(takeTold(t, s, of, d[0].ID)); got != sightingsKept-1 {
		t.Errorf("%d events, want %d", got, sightingsKept-1)
	}
}
