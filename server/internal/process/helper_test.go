package process

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/journal"
	"drover/server/internal/postgres/postgrestest"
	"drover/server/internal/store"
)

// yard is a journal and a database with some devices in it.
type yard struct {
	journal *journal.Journal
	store   *store.Store
	url     string
	org     fleet.Scope
	devices []fleet.Device
}

func newYard(t *testing.T, devices int) *yard {
	t.Helper()
	y := &yard{url: postgrestest.New(t)}
	var err error
	if y.store, err = store.Open(t.Context(), y.url, store.Options{Log: zerolog.Nop()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(y.store.Close)
	org, err := y.store.CreateOrganization(t.Context(), "Yard")
	if err != nil {
		t.Fatal(err)
	}
	y.org = fleet.Scope{Organization: org.ID}
	for i := range devices {
		d, err := y.store.CreateDevice(t.Context(), y.org, store.NewDevice{Identity: fmt.Sprint(1000 + i)})
		if err != nil {
			t.Fatal(err)
		}
		y.devices = append(y.devices, d.Device)
	}
	y.journal, err = journal.Open(t.Context(), journal.Config{Dir: t.TempDir(), Partitions: 2, Linger: time.Millisecond, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(y.journal.Close)
	return y
}

// run processes until the function it gives is called, or the test ends.
func (y *yard) run(t *testing.T, s Store) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var group sync.WaitGroup
	group.Go(func() {
		c := Config{Source: FromJournal(y.journal), Store: s, Log: zerolog.Nop(), Retention: store.DefaultRetention, BatchSize: 100}
		if err := Run(ctx, c); err != nil {
			t.Error(err)
		}
	})
	var once sync.Once
	stop = func() { once.Do(func() { cancel(); group.Wait() }) }
	t.Cleanup(stop)
	return stop
}

func (y *yard) append(t *testing.T, records ...fleet.Record) {
	t.Helper()
	if err := y.journal.Append(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
}

// settle waits until all that is in the journal is stored: a record of a device that nothing else uses comes last in
// each partition.
func (y *yard) settle(t *testing.T) {
	t.Helper()
	marks := y.devices[len(y.devices)-8:] // enough to be in both partitions
	at := time.Now().UTC().Truncate(time.Millisecond)
	for _, d := range marks {
		y.append(t, fleet.Record{Device: d.ID, Received: at, Positions: []protocols.Position{{Time: at}}})
	}
	eventually(t, "the journal's end is stored", func() bool {
		states, err := y.store.DeviceStates(t.Context(), ids(marks))
		if err != nil {
			return false
		}
		for _, s := range states {
			if s.Newest.Before(at) {
				return false
			}
		}
		return true
	})
}

func ids(devices []fleet.Device) []fleet.DeviceID {
	var all []fleet.DeviceID
	for _, d := range devices {
		all = append(all, d.ID)
	}
	return all
}

// eventually polls until ok says so.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	limit := time.After(60 * time.Second)
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for !ok() {
		select {
		case <-poll.C:
		case <-limit:
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

// fixes reads what is stored of a device between midnight of the day before yesterday and now.
func (y *yard) fixes(t *testing.T, d fleet.Device) []fleet.Fix {
	t.Helper()
	var all []fleet.Fix
	from := time.Now().Add(-400 * 24 * time.Hour)
	err := y.store.Fixes(t.Context(), y.org, d.Vehicle, from, time.Now().Add(time.Hour), 0, func(f *fleet.Fix) error {
		all = append(all, *f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// at is a position on a road east of Vilnius, so many seconds after a fixed moment of yesterday, at 20 m/s.
func at(second int) protocols.Position {
	start := time.Now().UTC().Truncate(24 * time.Hour).Add(-12 * time.Hour)
	return protocols.Position{
		Time: start.Add(time.Duration(second) * time.Second), Located: true, Valid: true,
		Latitude: 54.7, Longitude: 25.3 + float64(second)*20/64_400,
		Speed: protocols.Some(72.0), Ignition: protocols.Some(true),
		Attributes: []protocols.Attribute{protocols.Attr("n", protocols.Int(int64(second)))},
	}
}

func record(d fleet.Device, positions ...protocols.Position) fleet.Record {
	return fleet.Record{Device: d.ID, Received: time.Now().UTC().Truncate(time.Millisecond), Positions: positions}
}

func entries(sequence uint64, records ...fleet.Record) []journal.Entry {
	return []journal.Entry{{Sequence: sequence, Records: records}}
}
