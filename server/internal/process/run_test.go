package process

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

func TestFromJournalToStore(t *testing.T) {
	y := newYard(t, 10)
	y.run(t, y.store)
	d := y.devices[0]
	y.append(t, record(d, at(3), at(2), at(1))) // newest first: in order, not late
	other := at(3)
	other.Attributes = nil
	y.append(t, record(d, other))        // the same moment, another record
	y.append(t, record(d, at(3), at(2))) // again
	y.append(t, record(d, at(3), at(2))) // and again, now known
	y.append(t, record(d, at(0)))        // late
	y.append(t, fleet.Record{Device: d.ID, Received: at(9).Time, Result: &protocols.Result{Text: "done", Nack: true}})
	y.settle(t)
	got := y.fixes(t, d)
	var seconds []int
	for i := range got {
		seconds = append(seconds, int(got[i].Time.Sub(at(0).Time).Seconds()))
		if late := got[i].Flags&fleet.FlagLate != 0; late != (seconds[i] == 0) {
			t.Errorf("the fix of second %d: late is %v", seconds[i], late)
		}
	}
	if want := []int{0, 1, 2, 3, 3}; !slices.Equal(seconds, want) {
		t.Errorf("stored the seconds %v, want %v", seconds, want)
	}
	state, err := y.store.State(t.Context(), y.org, d.ID)
	if err != nil || !state.Last.Time.Equal(at(3).Time) || state.Motion != fleet.Moving {
		t.Errorf("state %+v, %v", state, err)
	}
	events, err := y.store.Events(t.Context(), y.org, store.EventQuery{Device: d.ID})
	if err != nil || len(events) != 1 || events[0].Kind != "command_result" || events[0].Text != "refused: done" {
		t.Errorf("events %v, %v", events, err)
	}
}

// frail is a database that fails: before it stores, or after it has, when the answer is lost.
type frail struct {
	*store.Store
	n atomic.Int64
}

var errAway = errors.New("the database is away")

func (f *frail) Write(ctx context.Context, b *store.Batch) (int, error) {
	switch n := f.n.Add(1); n % 4 {
	case 1:
		return 0, errAway
	case 2:
		if _, err := f.Store.Write(ctx, b); err != nil {
			return 0, err
		}
		return 0, errAway
	default:
		return f.Store.Write(ctx, b)
	}
}

// TestExactlyOnce runs two processors over one journal, with a database that fails before and after storing, stops and
// starts one, and sends a part of the records twice.
func TestExactlyOnce(t *testing.T) {
	y := newYard(t, 14)
	y.run(t, &frail{Store: y.store})
	for i := range 60 {
		if i%20 == 10 {
			stop := y.run(t, &frail{Store: y.store})
			defer stop()
		}
		for _, d := range y.devices[:6] {
			y.append(t, record(d, at(2*i), at(2*i+1)))
			if i%3 == 0 {
				y.append(t, record(d, at(2*i), at(2*i+1)))
			}
		}
	}
	y.settle(t)
	for _, d := range y.devices[:6] {
		got := y.fixes(t, d)
		if len(got) != 120 {
			t.Errorf("device %d has %d fixes, want 120", d.ID, len(got))
		}
		for i := range got {
			if !got[i].Time.Equal(at(i).Time) {
				t.Fatalf("fix %d of device %d is of %v, want %v", i, d.ID, got[i].Time, at(i).Time)
			}
		}
	}
}

// TestConnectionsAreCut cuts all connections to the database again and again while records arrive.
func TestConnectionsAreCut(t *testing.T) {
	y := newYard(t, 12)
	y.run(t, y.store)
	conn, err := pgx.Connect(t.Context(), y.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for i := range 200 {
		for _, d := range y.devices[:4] {
			y.append(t, record(d, at(2*i), at(2*i+1)))
		}
		if i%10 == 0 {
			_, err := conn.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid()`)
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	y.settle(t)
	for _, d := range y.devices[:4] {
		if n := len(y.fixes(t, d)); n != 400 {
			t.Errorf("device %d has %d fixes, want 400", d.ID, n)
		}
	}
}

// TestStatesAreDroppedAndLoaded keeps one device in memory at most.
func TestStatesAreDroppedAndLoaded(t *testing.T) {
	y := newYard(t, 5)
	w := newWorker(0, y.store, Limits{}, 1)
	r := &runner{Config: Config{Source: FromJournal(y.journal), Store: y.store}, metrics: must(newMetrics(nil))}
	position, err := y.store.Position(t.Context(), 0, "j")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		for _, d := range y.devices {
			entry := entries(position+1, record(d, at(i)))
			if position, err = r.apply(t.Context(), w, "j", position, entry); err != nil {
				t.Fatal(err)
			}
			if len(w.devices) > 1 {
				t.Fatalf("%d devices in memory, want 1", len(w.devices))
			}
		}
	}
	for _, d := range y.devices {
		if n := len(y.fixes(t, d)); n != 6 {
			t.Errorf("device %d has %d fixes, want 6", d.ID, n)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
