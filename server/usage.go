package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// usageEvery is the time between two writings of what SIMs carried: a server that is killed loses so much of it.
const usageEvery = 30 * time.Second

// usageBook is what lines carried and is not written down yet: an entry for each device and day, however long the
// database is away. One goroutine.
type usageBook struct {
	store   *store.Store
	pending map[usageKey]fleet.Traffic
	dropped prometheus.Counter
}

type usageKey struct {
	device fleet.DeviceID
	day    time.Time
}

func newUsageBook(s *store.Store, metrics prometheus.Registerer) (*usageBook, error) {
	b := &usageBook{store: s, pending: map[usageKey]fleet.Traffic{}, dropped: prometheus.NewCounter(prometheus.CounterOpts{
		Namespace: "drover", Subsystem: "usage", Name: "dropped_bytes_total",
		Help: "Bytes of devices without a SIM in the inventory, counted nowhere else."})}
	return b, metrics.Register(b.dropped)
}

// add takes in what was carried until at; that of a line over midnight is of the day on which it is taken.
func (b *usageBook) add(carried map[fleet.DeviceID]fleet.Traffic, at time.Time) {
	for device, more := range carried {
		key := usageKey{device, at.UTC().Truncate(24 * time.Hour)}
		sum := b.pending[key]
		sum.Add(more)
		b.pending[key] = sum
	}
}

// write writes everything down, or keeps it for the next time.
func (b *usageBook) write(ctx context.Context) error {
	if len(b.pending) == 0 {
		return nil
	}
	list := make([]store.Carried, 0, len(b.pending))
	for key, sum := range b.pending {
		list = append(list, store.Carried{Device: key.device, Day: key.day, Traffic: sum})
	}
	dropped, err := b.store.AddUsage(ctx, list)
	if err == nil {
		clear(b.pending)
		b.dropped.Add(float64(dropped))
	}
	return err
}

// keepUsage writes down what SIMs carried, and tells of their budgets, twice a minute, and a last time once gone is
// closed: then no line carries anything any more.
func (d *drover) keepUsage(ctx context.Context, gone <-chan struct{}) error {
	book, err := newUsageBook(d.store, d.metrics)
	if err != nil {
		return err
	}
	tick := time.NewTicker(usageEvery)
	defer tick.Stop()
	for open := true; open; {
		select {
		case <-tick.C:
		case <-gone:
			open = false
		}
		d.writeUsage(ctx, book, open)
	}
	return nil
}

// writeUsage writes the book; what cannot be written is tried again the next time, if there is one.
func (d *drover) writeUsage(ctx context.Context, book *usageBook, again bool) {
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), usageEvery/3)
	defer cancel()
	book.add(d.gateway.Traffic(), time.Now())
	err := book.write(limited)
	if err == nil {
		_, err = d.store.TellBudgets(limited, time.Now())
	}
	if err != nil {
		d.log.Warn().Err(err).Bool("again", again).Msg("what SIMs carried could not be written down")
	}
}
