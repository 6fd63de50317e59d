package trackers

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// fleet is what all vehicles of a run share.
type fleet struct {
	config  *Config
	world   *world
	ledger  *ledger
	scratch sync.Pool // of *[]protocols.Position, for reports

	lines     atomic.Int64 // open now
	records   atomic.Int64 // acknowledged
	written   atomic.Int64 // sent by trackers that nobody acknowledges
	forgotten atomic.Int64 // dropped from full backlogs
	commands  atomic.Int64
	outages   atomic.Int64
	cut       atomic.Int64
	spoilt    atomic.Int64
	errors    atomic.Int64
	last      atomic.Pointer[string] // the last error's words
	latency   histogram
}

func (f *fleet) failed(err error) {
	f.errors.Add(1)
	text := err.Error()
	f.last.Store(&text)
}

func (f *fleet) acknowledged(v *vehicle, records []record) {
	f.records.Add(int64(len(records)))
	if f.ledger != nil && len(records) > 0 {
		f.ledger.write(v.identity(), records)
	}
}

// Run drives the vehicles until ctx ends, the duration is over, or all have reported what they should. It calls
// progress each second. Its errors are settings that cannot be, and a ledger that cannot be written.
func Run(ctx context.Context, c Config, progress func(Summary)) (Summary, error) {
	lanes, err := c.lanes()
	if err != nil {
		return Summary{}, err
	}
	if err := c.check(); err != nil {
		return Summary{}, err
	}
	if err := enoughFiles(c.Count); err != nil {
		return Summary{}, err
	}
	f := &fleet{config: &c, world: newWorld(c.World, time.Now())}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if c.Duration > 0 {
		limited, done := context.WithTimeout(ctx, c.Duration)
		defer done()
		ctx = limited
	}
	if c.Ledger != nil {
		f.ledger = newLedger(c.Ledger, cancel)
	}
	start := time.Now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.drive(ctx, lanes, start)
	}()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return f.summary(time.Since(start)), f.ledger.close()
		case <-tick.C:
			progress(f.summary(time.Since(start)))
		}
	}
}

// drive starts the vehicles over the ramp and waits for all of them.
func (f *fleet) drive(ctx context.Context, lanes []*lane, start time.Time) {
	var vehicles sync.WaitGroup
	defer vehicles.Wait()
	var phones []*vehicle
	for i := range f.config.Count {
		at := start.Add(f.config.Ramp * time.Duration(i) / time.Duration(f.config.Count))
		if wait := time.Until(at); wait > 0 && !sleep(ctx, wait) || ctx.Err() != nil {
			return
		}
		v := &vehicle{fleet: f, lane: lanes[i%len(lanes)], index: i, next: at}
		if f.config.Interval == 0 {
			v.next = start.Add(-f.config.StartAgo)
		}
		v.next = v.next.Truncate(v.lane.times)
		v.drive = f.world.driver(v.number(), v.next, v.step())
		v.sleeper = among(v.number(), f.config.Sleepers)
		v.connect()
		if v.send != nil {
			phones = append(phones, v)
		}
		vehicles.Go(func() { v.run(ctx) })
	}
	if f.config.Chatter > 0 {
		f.chat(ctx, phones)
	}
}
