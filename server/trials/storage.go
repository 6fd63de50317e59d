package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/protocols"
	"drover/protocols/teltonika"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
	"drover/simulators/trackers"
)

// storageTrial stores what a simulated Teltonika fleet says, and asks for it.
type storageTrial struct {
	Fixes   int `help:"Fixes to store." default:"10000000"`
	Devices int `help:"Devices that sent them, one each 10 s." default:"1000"`
}

const (
	storageFloor  = 200.0 // bytes a fix, indexes included
	storageEvery  = 10 * time.Second
	storageReport = 10 // records of a device in a batch
)

// Run prints bytes a fix and the time of three queries.
func (t *storageTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	s, err := store.Open(ctx, r.cluster.URL(), store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := r.register(ctx, trackers.Config{Count: t.Devices, First: 1, Protocols: []string{"teltonika"}}); err != nil {
		return err
	}
	span := storageEvery * time.Duration(t.Fixes/t.Devices)
	start := time.Now().UTC().Truncate(time.Hour).Add(-span).Truncate(24 * time.Hour)
	if err := t.fill(ctx, out, s, start); err != nil {
		return err
	}
	bytes, err := t.size(ctx, out, r.cluster.URL())
	if err != nil {
		return err
	}
	if err := t.ask(ctx, out, s, start); err != nil {
		return err
	}
	fmt.Fprintf(out, "%.1f bytes a stored fix, indexes included, of %d (at most %.0f)\n", bytes, t.Fixes, storageFloor)
	return floor(bytes <= storageFloor, "%.1f bytes a fix", bytes)
}

// parrot is a simulated tracker with the codec that hears it, so that fixes have all that a real conversation brings.
type parrot struct {
	state   store.DeviceState
	drive   *trackers.Drive
	tracker protocols.Tracker
	codec   protocols.Codec
}

// fill stores the fixes in the order in which they would have come.
func (t *storageTrial) fill(ctx context.Context, out io.Writer, s *store.Store, start time.Time) error {
	snapshot, err := s.LoadRegistry(ctx, nil)
	if err != nil {
		return err
	}
	parrots := make([]*parrot, t.Devices)
	for i := range parrots {
		device, ok := snapshot.Device(trackers.Identity(1 + i))
		if !ok {
			return fmt.Errorf("device %d was not registered", i)
		}
		p := teltonika.Protocol()
		parrots[i] = &parrot{drive: trackers.NewDrive(1 + i),
			tracker: p.Speak(protocols.TCP, device.Identity), codec: p.Codec(protocols.TCP)}
		parrots[i].state.Device = device.ID
	}
	began := time.Now()
	batch := store.Batch{Journal: "storage trial"}
	if _, err := s.Position(ctx, batch.Partition, batch.Journal); err != nil {
		return err
	}
	for n := 0; n < t.Fixes; n += len(batch.Fixes) {
		batch.From, batch.Fixes, batch.States = batch.To, batch.Fixes[:0], batch.States[:0]
		batch.To++
		at := start.Add(storageEvery * time.Duration(n/t.Devices))
		for _, p := range parrots {
			if batch.Fixes, err = p.say(batch.Fixes, at); err != nil {
				return err
			}
			batch.States = append(batch.States, p.state)
			p.state.Revision++
		}
		if _, err := s.Write(ctx, &batch); err != nil {
			return err
		}
		if batch.To%100 == 0 {
			fmt.Fprintf(out, "%d fixes stored (%.0f/s)\n", n, float64(n)/time.Since(began).Seconds())
		}
	}
	return nil
}

func (p *parrot) say(fixes []fleet.Fix, at time.Time) ([]fleet.Fix, error) {
	positions := make([]protocols.Position, storageReport)
	for i := range positions {
		p.drive.Advance(storageEvery.Seconds())
		positions[i] = p.drive.Position(at.Add(storageEvery * time.Duration(i)))
	}
	_, err := protocols.Frames(p.codec, p.tracker.Report(positions), false, func(frame []byte) error {
		m, err := p.codec.Decode(frame, at)
		for _, position := range m.Positions {
			received := position.Time.Add(700 * time.Millisecond)
			fixes = append(fixes, fleet.Fix{Position: position, Device: p.state.Device, Received: received})
		}
		return err
	})
	p.state.Last = fixes[len(fixes)-1]
	p.state.Last.Attributes = nil
	p.state.Newest = p.state.Last.Time
	return fixes, err
}

// size is what the fixes take on disk, in bytes a fix.
func (t *storageTrial) size(ctx context.Context, out io.Writer, url string) (float64, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "VACUUM (ANALYZE) drover.fixes"); err != nil { // as autovacuum would have by then
		return 0, err
	}
	var rows, total, indexes float64
	err = conn.QueryRow(ctx, `SELECT (SELECT count(*) FROM drover.fixes)::float8,
		sum(pg_total_relation_size(relid))::float8, sum(pg_indexes_size(relid))::float8
		FROM pg_partition_tree('drover.fixes') WHERE isleaf`).Scan(&rows, &total, &indexes)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(out, "%.0f fixes: %.0f MB, of which indexes %.0f MB (%.1f bytes a fix)\n",
		rows, total/1e6, indexes/1e6, indexes/rows)
	return total / rows, nil
}

// ask times the three queries.
func (t *storageTrial) ask(ctx context.Context, out io.Writer, s *store.Store, start time.Time) error {
	organizations, err := s.Organizations(ctx)
	if err != nil {
		return err
	}
	org := fleet.Scope{Organization: organizations[0].ID}
	vehicles, _, err := s.Vehicles(ctx, org, store.Page{Limit: 1})
	if err != nil {
		return err
	}
	var n int
	day := start.Add(24 * time.Hour)
	polygon := `{"type":"Polygon","coordinates":[[[2.2,48.8],[2.5,48.8],[2.5,48.9],[2.2,48.9],[2.2,48.8]]]}`
	for _, query := range []struct {
		name string
		ask  func() error
	}{
		{"one vehicle's day", func() error {
			return s.Fixes(ctx, org, vehicles[0].ID, start, day, 0, func(*fleet.Fix) error { n++; return nil })
		}},
		{"the last fix of all", func() error {
			return s.LastFixes(ctx, org, func(store.LastFix) error { n++; return nil })
		}},
		{"who was in this polygon in this hour", func() error {
			inside, err := s.Within(ctx, org, []byte(polygon), start.Add(12*time.Hour), start.Add(13*time.Hour))
			n = len(inside)
			return err
		}},
	} {
		n = 0
		began := time.Now()
		if err := query.ask(); err != nil {
			return err
		}
		fmt.Fprintf(out, "%-38s %8.1f ms, %d rows\n", query.name, float64(time.Since(began).Microseconds())/1000, n)
		if n == 0 {
			return fmt.Errorf("%s: nothing was found", query.name)
		}
	}
	return nil
}
