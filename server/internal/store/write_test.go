package store

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

func count(t testing.TB, s *Store, sql string, args ...any) (n int) {
	t.Helper()
	if err := s.pool.QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

const allFixes = `SELECT count(*) FROM drover.fixes`

func TestABatchIsStoredOnce(t *testing.T) {
	s := open(t)
	_, devices := withDevices(t, s, 1)
	b := batchOf(t, s, 3, "j", sample(devices[0].ID, noon(), 1), sample(devices[0].ID, noon().Add(time.Second), 2))
	b.Events = []fleet.Event{{Device: devices[0].ID, Time: noon(), Kind: "alarm", Text: "sos\x00"}}
	if n := mustWrite(t, s, b); n != 2 {
		t.Errorf("stored %d, want 2", n)
	}
	if _, err := s.Write(t.Context(), b); !errors.Is(err, ErrMoved) {
		t.Errorf("the second time: %v, want ErrMoved", err)
	}
	if n := count(t, s, allFixes); n != 2 {
		t.Errorf("%d fixes, want 2", n)
	}
	if n := count(t, s, `SELECT count(*) FROM drover.events`); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
	if at, err := s.Position(t.Context(), 3, "j"); at != 1 || err != nil {
		t.Errorf("position %d, %v, want 1", at, err)
	}
	if at, err := s.Position(t.Context(), 3, "another"); at != 0 || err != nil {
		t.Errorf("position in a new journal %d, %v, want 0", at, err)
	}
}

// TestLate sends records that are stored, that differ in one field, and that are new, as late ones.
func TestLate(t *testing.T) {
	s := open(t)
	_, devices := withDevices(t, s, 2)
	stored := sample(devices[0].ID, noon(), 1)
	mustWrite(t, s, batchOf(t, s, 0, "j", stored))
	change := func(do func(*fleet.Fix)) fleet.Fix {
		f := sample(devices[0].ID, noon(), 1)
		do(&f)
		return f
	}
	for _, c := range []struct {
		name string
		fix  fleet.Fix
		new  int
	}{
		{"the same", stored, 0},
		{"received again later", change(func(f *fleet.Fix) { f.Received = f.Received.Add(time.Hour) }), 0},
		{"received again and found late", change(func(f *fleet.Fix) { f.Flags |= fleet.FlagLate }), 0},
		{"another location", change(func(f *fleet.Fix) { f.Latitude += 1e-7 }), 1},
		{"another speed", change(func(f *fleet.Fix) { f.Speed.Value++ }), 1},
		{"no speed", change(func(f *fleet.Fix) { f.Speed.OK = false }), 1},
		{"not valid", change(func(f *fleet.Fix) { f.Valid = false }), 1},
		{"another attribute", change(func(f *fleet.Fix) { f.Attributes[3].Value = protocols.Int(24601) }), 1},
		{"no attributes", change(func(f *fleet.Fix) { f.Attributes = nil }), 1},
		{"another second", sample(devices[0].ID, noon().Add(-time.Second), 1), 1},
		{"another day", sample(devices[0].ID, noon().Add(-100*24*time.Hour), 1), 1},
		{"another device", sample(devices[1].ID, noon(), 1), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, want := range []int{c.new, 0} {
				b := batchOf(t, s, 0, "j", c.fix)
				b.Fixes, b.Late = nil, b.Fixes
				if n := mustWrite(t, s, b); n != want {
					t.Errorf("stored %d, want %d", n, want)
				}
			}
		})
	}
}

// TestWritersRace lets writers of one partition, and of two partitions that hold the same device, store what each
// thinks is next.
func TestWritersRace(t *testing.T) {
	s := open(t)
	_, devices := withDevices(t, s, 1)
	for name, partition := range map[string]func(int) int{
		"of one partition":                 func(int) int { return 0 },
		"of a device that changes its own": func(i int) int { return i },
	} {
		t.Run(name, func(t *testing.T) {
			before := count(t, s, allFixes)
			at := noon().Add(time.Duration(before) * time.Second)
			var batches []*Batch
			for i := range 4 {
				batches = append(batches, batchOf(t, s, partition(i), name, sample(devices[0].ID, at, i)))
			}
			var moved, stored int
			var mu sync.Mutex
			var group sync.WaitGroup
			for _, b := range batches {
				group.Go(func() {
					n, err := s.Write(context.WithoutCancel(t.Context()), b)
					mu.Lock()
					defer mu.Unlock()
					stored += n
					if errors.Is(err, ErrMoved) {
						moved++
					} else if err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
			if stored != 1 || moved != 3 || count(t, s, allFixes) != before+1 {
				t.Errorf("stored %d and refused %d, want 1 and 3", stored, moved)
			}
		})
	}
}

func TestPartitions(t *testing.T) {
	s := open(t)
	_, devices := withDevices(t, s, 1)
	old := noon().Add(-300 * 24 * time.Hour)
	var group sync.WaitGroup
	for range 4 { // at the same time, by several
		other, err := Open(t.Context(), s.url, Options{NoMigrate: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(other.Close)
		group.Go(func() {
			if err := other.ensurePartition(context.WithoutCancel(t.Context()), dayOf(old)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	mustWrite(t, s, batchOf(t, s, 0, "j", sample(devices[0].ID, old, 1)))
	days, err := s.days(t.Context())
	if err != nil || len(days) != 2+ahead+1 || days[0] != dayOf(old) {
		t.Fatalf("days %v, %v", days, err)
	}
	s.retention = 200 * 24 * time.Hour
	if n, err := s.dropOld(t.Context(), time.Now()); n != 1 || err != nil {
		t.Fatalf("dropped %d, %v", n, err)
	}
	if n := count(t, s, allFixes); n != 0 {
		t.Errorf("%d fixes are left", n)
	}
}

func TestAPartitionDroppedByAnotherIsMadeAgain(t *testing.T) {
	s := open(t)
	_, devices := withDevices(t, s, 1)
	at := noon().Add(-50 * 24 * time.Hour)
	mustWrite(t, s, batchOf(t, s, 0, "j", sample(devices[0].ID, at, 1)))
	if _, err := s.pool.Exec(t.Context(), `DROP TABLE drover.`+partitionName(dayOf(at))); err != nil {
		t.Fatal(err)
	}
	if n := mustWrite(t, s, batchOf(t, s, 0, "j", sample(devices[0].ID, at.Add(time.Second), 2))); n != 1 {
		t.Errorf("stored %d, want 1", n)
	}
}

// TestNamesAreBounded fills the dictionary, and stores a name that has no place in it.
func TestNamesAreBounded(t *testing.T) {
	s := open(t)
	org, devices := withDevices(t, s, 1)
	_, err := s.pool.Exec(t.Context(), `INSERT INTO drover.attribute_names (id, name, kind)
		SELECT i, 'filler' || i, 'number' FROM generate_series(32, 32 + $1 - 2) i`, maxNames)
	if err != nil {
		t.Fatal(err)
	}
	f := sample(devices[0].ID, noon(), 1)
	f.Attributes = []protocols.Attribute{
		protocols.Attr("filler40", protocols.Int(1)), protocols.Attr("last", protocols.Int(2)),
		protocols.Attr("beyond", protocols.Decimal(-12345678901, 18)), protocols.Attr("beyond_too", protocols.Text("é")),
		protocols.Attr(strings.Repeat("x", 300), protocols.Bool(true)),
	}
	if err := s.dictionary.load(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, s, batchOf(t, s, 0, "j", sample(devices[0].ID, noon().Add(-time.Second), 1))) // takes the last place
	mustWrite(t, s, batchOf(t, s, 0, "j", f))
	if n := count(t, s, `SELECT count(*) FROM drover.attribute_names WHERE id >= 32`); n != maxNames {
		t.Errorf("%d names, want %d", n, maxNames)
	}
	f.Attributes[4].Name = f.Attributes[4].Name[:maxNameLength]
	err = s.Fixes(t.Context(), org, devices[0].Vehicle, noon(), noon().Add(time.Second), 0, func(got *fleet.Fix) error {
		for i := range f.Attributes {
			if got.Attributes[i] != f.Attributes[i] {
				t.Errorf("got %v, want %v", got.Attributes[i], f.Attributes[i])
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	var sql string
	err = s.pool.QueryRow(t.Context(), `SELECT attributes ->> 'beyond' || (attributes ->> 'beyond_too') FROM drover.positions
		WHERE time = $1`, noon()).Scan(&sql)
	if want := "-0.000000012345678901é"; sql != want || err != nil {
		t.Errorf("SQL says %q, %v, want %q", sql, err, want)
	}
}

// TestNamesOfAnotherProcess reads what a process stored with names that this one has not met.
func TestNamesOfAnotherProcess(t *testing.T) {
	s := open(t)
	org, devices := withDevices(t, s, 1)
	other, err := Open(t.Context(), s.url, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	mustWrite(t, other, batchOf(t, other, 0, "j", sample(devices[0].ID, noon(), 1)))
	n := 0
	err = s.Fixes(t.Context(), org, devices[0].Vehicle, noon(), noon().Add(time.Second), 0, func(f *fleet.Fix) error {
		n += len(f.Attributes)
		return nil
	})
	if n != 9 || err != nil {
		t.Errorf("%d attributes, %v, want 9", n, err)
	}
}
