package process

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// saying is a record of device 1 at so many seconds, with what it says of its SIM.
func saying(second int, iccid, imsi string) fleet.Record {
	p := at(second)
	p.ICCID, p.IMSI = iccid, imsi
	return fleet.Record{Device: 1, Received: p.Time.Add(time.Second), Positions: []protocols.Position{p}}
}

func TestStepSIM(t *testing.T) {
	w := newWorker(0, nil, Limits{}, 10)
	w.devices[1] = newDevice(store.DeviceState{State: fleet.State{Device: 1}})
	for i, c := range []struct {
		name        string
		record      fleet.Record
		iccid, imsi string // of the sighting; both empty: none
	}{
		{"nothing is said", saying(0, "", ""), "", ""},
		{"the first", saying(10, "8933000000000000017F", ""), "8933000000000000017", ""},
		{"the same", saying(20, "8933000000000000017F", ""), "", ""},
		{"the IMSI alone", saying(30, "", "208011234567890"), "", "208011234567890"},
		{"both as before", saying(40, "8933000000000000017F", "208011234567890"), "", ""},
		{"another", saying(50, "98330000000000000063", "208011234567891"), "89330000000000000036", "208011234567891"},
		{"late, the one before", saying(45, "8933000000000000017F", ""), "", ""},
		{"no ICCID", saying(60, "none", "x"), "", ""},
		{"an hour later", saying(3700, "98330000000000000063", ""), "89330000000000000036", ""},
	} {
		b := w.batch("j", uint64(i), entries(uint64(i+1), c.record))
		w.stored()
		if c.iccid+c.imsi == "" {
			if len(b.Sightings) != 0 {
				t.Errorf("%s: got %+v, want none", c.name, b.Sightings)
			}
			continue
		}
		when := c.record.Positions[0].Time
		if want := (fleet.Sighting{Device: 1, ICCID: c.iccid, IMSI: c.imsi, First: when, Last: when}); len(b.Sightings) != 1 ||
			b.Sightings[0] != want {
			t.Errorf("%s: got %+v, want %+v", c.name, b.Sightings, want)
		}
	}
}

// TestASIMThatStaysCostsNothing: a tracker that says its SIM in each record allocates no more than one that does not.
func TestASIMThatStaysCostsNothing(t *testing.T) {
	p := passage{device: newDevice(store.DeviceState{})}
	p.fix.Position = saying(0, "8933000000000000017F", "208011234567890").Positions[0]
	stepSIM(&p)
	if n := testing.AllocsPerRun(100, func() { stepSIM(&p) }); n != 0 || len(p.sightings) != 1 {
		t.Errorf("%v allocations, %d sightings", n, len(p.sightings))
	}
}

// TestASwapIsStoredWithTheFixThatSaysSo takes what trackers say through the journal: a SIM is taken in at first sight, a
// swap is told once, however often it is said and processing begins again.
func TestASwapIsStoredWithTheFixThatSaysSo(t *testing.T) {
	const first, second = "8933000000000000017", "8933000000000000025"
	y := newYard(t, 9)
	d := y.devices[0]
	say := func(second int, iccid string) {
		t.Helper()
		p := at(second)
		p.ICCID = iccid
		y.append(t, record(d, p))
	}
	stop := y.run(t, y.store)
	say(0, first+"F")
	for i := range 5 {
		say(10+i, second)
	}
	y.settle(t)
	stop()
	y.run(t, y.store)
	say(20, second)
	y.settle(t)
	events, err := y.store.Events(t.Context(), y.org, store.EventQuery{Device: d.ID})
	if err != nil || len(events) != 1 || events[0].Kind != fleet.EventSwap || !events[0].Time.Equal(at(10).Time) {
		t.Errorf("%+v, %v: want one swap", events, err)
	}
	list, _, err := y.store.SIMs(t.Context(), y.org, store.SIMQuery{})
	if err != nil || len(list) != 2 || list[0].Device != d.ID || len(list[0].Alarms) != 1 || list[0].Instead.ICCID != second {
		t.Errorf("%+v, %v", list, err)
	}
	if fixes := y.fixes(t, d); len(fixes) != 7 {
		t.Errorf("%d fixes, want 7", len(fixes))
	}
}
