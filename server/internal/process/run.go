package process

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"drover/server/internal/fleet"
	"drover/server/internal/journal"
	"drover/server/internal/store"
)

// Store is what the runner needs of the database.
type Store interface {
	Write(ctx context.Context, b *store.Batch) (stored int, err error)
	Position(ctx context.Context, partition int, journal string) (uint64, error)
	DeviceStates(ctx context.Context, ids []fleet.DeviceID) ([]store.DeviceState, error)
}

// Source is what it needs of the journal.
type Source interface {
	Partitions() int
	ID(partition int) string
	Reader(ctx context.Context, partition int, after uint64) (Reader, error)
	Applied(partition int, sequence uint64)
}

// Reader reads one partition's entries in order.
type Reader interface {
	// Next waits for an entry, and gives it with those that are already there, up to about limit positions.
	Next(ctx context.Context, limit int) ([]journal.Entry, error)
	Close()
}

// FromJournal makes a Source of the journal.
func FromJournal(j *journal.Journal) Source { return journalSource{j} }

type journalSource struct{ *journal.Journal }

func (j journalSource) Reader(ctx context.Context, partition int, after uint64) (Reader, error) {
	r, err := j.Journal.Reader(ctx, partition, after)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Config is what Run works with.
type Config struct {
	Source    Source
	Store     Store
	Log       zerolog.Logger
	Metrics   prometheus.Registerer // nil: none
	Retention time.Duration         // as the store's; 0: store.DefaultRetention
	BatchSize int                   // positions a transaction, about; 0: 5000
	Devices   int                   // in memory, in all partitions; 0: 40,000
}

// slowestRetry is the longest pause between two attempts.
const slowestRetry = 5 * time.Second

// Run processes all partitions until ctx ends, whatever fails meanwhile. Its error is about Config.
func Run(ctx context.Context, c Config) error {
	if c.BatchSize == 0 {
		c.BatchSize = 5000
	}
	if c.Retention == 0 {
		c.Retention = store.DefaultRetention
	}
	if c.Devices == 0 {
		c.Devices = 40_000
	}
	metrics, err := newMetrics(c.Metrics)
	if err != nil {
		return fmt.Errorf("process: metrics: %w", err)
	}
	done := make(chan struct{})
	n := c.Source.Partitions()
	for partition := range n {
		r := &runner{Config: c, metrics: metrics, partition: partition}
		r.Log = c.Log.With().Int("partition", partition).Logger()
		r.Devices = max(c.Devices/n, 1)
		go func() {
			r.run(ctx)
			done <- struct{}{}
		}()
	}
	for range n {
		<-done
	}
	return nil
}

// runner processes one partition.
type runner struct {
	Config
	metrics   *metrics
	partition int
}

// run follows the partition; when that fails or another writer was here first, it starts again from what is stored.
func (r *runner) run(ctx context.Context) {
	for pause := time.Duration(0); ctx.Err() == nil; pause = min(2*pause+100*time.Millisecond, slowestRetry) {
		sleep(ctx, pause)
		progress, err := r.follow(ctx)
		if progress {
			pause = 0
		}
		if ctx.Err() == nil {
			r.Log.Warn().Err(err).Msg("processing starts again from what is stored")
		}
	}
}

// follow reads and stores until something fails. Progress says whether anything was stored.
func (r *runner) follow(ctx context.Context) (progress bool, err error) {
	id := r.Source.ID(r.partition)
	var at uint64
	r.insist(ctx, "reading the position", func() error {
		at, err = r.Store.Position(ctx, r.partition, id)
		return err
	})
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	r.Source.Applied(r.partition, at)
	reader, err := r.Source.Reader(ctx, r.partition, at)
	if err != nil {
		return false, err
	}
	defer reader.Close()
	w := newWorker(r.partition, r.Store, Limits{Retention: r.Retention}, r.Devices)
	for {
		entries, err := reader.Next(ctx, r.BatchSize)
		if err != nil {
			return progress, err
		}
		if at, err = r.apply(ctx, w, id, at, entries); err != nil {
			return progress, err
		}
		progress = true
	}
}

// apply takes entries through the steps and stores what comes out. It gives the new position.
func (r *runner) apply(ctx context.Context, w *worker, id string, at uint64, entries []journal.Entry) (uint64, error) {
	var err error
	r.insist(ctx, "loading the devices' states", func() error {
		err = w.load(ctx, entries)
		return err
	})
	if err != nil {
		return at, err
	}
	batch := w.batch(id, at, entries)
	start := time.Now()
	var stored int
	r.insist(ctx, "storing", func() error {
		stored, err = r.Store.Write(ctx, batch)
		return err
	})
	if err != nil {
		return at, err
	}
	w.stored()
	r.Source.Applied(r.partition, batch.To)
	r.metrics.observe(r.partition, &w.counts, stored, time.Since(start), entries)
	return batch.To, nil
}

// insist calls do until it succeeds, another writer was here first, or ctx ends.
func (r *runner) insist(ctx context.Context, what string, do func() error) {
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, slowestRetry) {
		err := do()
		if err == nil || errors.Is(err, store.ErrMoved) || ctx.Err() != nil {
			return
		}
		r.metrics.failures.Inc()
		r.Log.Warn().Err(err).Dur("again_in", pause).Msg(what + " failed; it is tried again until it succeeds")
		sleep(ctx, pause)
	}
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
