package live

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"drover/geo"
	"drover/server/internal/fleet"
)

// Config is what a Live is made of. Zero durations and numbers take their defaults.
type Config struct {
	Registry *fleet.Registry
	Interval time.Duration // between frames; default 1 s
	Ping     time.Duration // between pings; default 20 s
	Patience time.Duration // with a reader that takes nothing; default 60 s
	Recheck  time.Duration // between two questions whether a reader may still see what it sees; default 30 s
	Readers  int           // the most at once; default 2,000
	Log      zerolog.Logger
	Metrics  prometheus.Registerer // nil for none
}

// Live is the latest of each vehicle, and the readers.
type Live struct {
	config  Config
	metrics *metrics

	mu      sync.RWMutex
	boards  map[fleet.OrganizationID]*board
	readers int
	stopped chan struct{} // closed when no reader is welcome any more
	left    sync.WaitGroup
	pool    sync.Pool // of *scratch
}

// farewell is how long a reader may take to hear that it is hung up on.
const farewell = time.Second

// New makes a Live without vehicles.
func New(config Config) (*Live, error) {
	config.Interval = cmp.Or(config.Interval, time.Second)
	config.Ping = cmp.Or(config.Ping, 20*time.Second)
	config.Patience = cmp.Or(config.Patience, time.Minute)
	config.Recheck = cmp.Or(config.Recheck, 30*time.Second)
	config.Readers = cmp.Or(config.Readers, 2_000)
	l := &Live{config: config, boards: make(map[fleet.OrganizationID]*board), stopped: make(chan struct{})}
	var err error
	l.metrics, err = newMetrics(config.Metrics)
	return l, err
}

// Update shows fixes; it neither keeps nor changes them.
func (l *Live) Update(fixes []fleet.Fix) {
	now := l.config.Registry.Now()
	for i := range fixes {
		if f := &fixes[i]; f.Flags&(fleet.FlagLate|fleet.FlagJump) == 0 {
			l.show(now, f, geo.Motion{})
		}
	}
}

// Seed shows what was last known of devices, where nothing newer is known by now. The registry must know them.
func (l *Live) Seed(states []fleet.State) {
	now := l.config.Registry.Now()
	for i := range states {
		state := &states[i]
		f := state.Last
		if f.Device = state.Device; !f.Time.IsZero() {
			l.show(now, &f, geo.Motion{State: geo.State(state.Motion), Since: state.MotionSince})
		}
	}
}

// show puts a fix on its organization's board.
func (l *Live) show(now *fleet.Snapshot, f *fleet.Fix, stored geo.Motion) {
	d, ok := now.DeviceByID(f.Device)
	if !ok || d.Vehicle == 0 {
		return
	}
	if v, ok := now.Vehicle(d.Vehicle); ok && v.Organization == d.Organization {
		l.board(v.Organization).update(v.ID, f, stored)
	}
}

func (l *Live) board(of fleet.OrganizationID) *board {
	l.mu.RLock()
	b := l.boards[of]
	l.mu.RUnlock()
	if b != nil {
		return b
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.boards[of] == nil {
		l.boards[of] = newBoard(of)
	}
	return l.boards[of]
}

func (l *Live) all() []*board {
	l.mu.RLock()
	defer l.mu.RUnlock()
	all := make([]*board, 0, len(l.boards))
	for _, b := range l.boards {
		all = append(all, b)
	}
	return all
}

// Run sends frames until ctx ends; then it hangs up on all readers, with code 1001.
func (l *Live) Run(ctx context.Context) error {
	tick := time.NewTicker(l.config.Interval)
	defer tick.Stop()
	var pruned *fleet.Snapshot
	for {
		select {
		case now := <-tick.C:
			registry := l.config.Registry.Now()
			for _, b := range l.all() {
				if registry != pruned {
					b.prune(registry)
				}
				l.send(b, registry, now)
			}
			pruned = registry
		case <-ctx.Done():
			l.stop()
			return nil
		}
	}
}

// stop hangs up on all readers; one that takes nothing is cut off.
func (l *Live) stop() {
	l.mu.Lock()
	close(l.stopped)
	l.mu.Unlock()
	late := time.AfterFunc(farewell, func() {
		for _, b := range l.all() {
			b.hangUp()
		}
	})
	defer late.Stop()
	l.left.Wait()
}

// send cuts a board for its readers.
func (l *Live) send(b *board, registry *fleet.Snapshot, now time.Time) {
	busy, err := b.cut(registry, now)
	l.metrics.skipped.Add(float64(busy))
	if err != nil {
		l.config.Log.Error().Err(err).Int32("organization", int32(b.organization)).Msg("a frame could not be made")
	}
}

var (
	errStopped = errors.New("the server is stopping")
	errFull    = errors.New("too many readers")
	errUnknown = errors.New("it cannot be said at present who is signed in")
)

// enter counts a reader in.
func (l *Live) enter() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.stopped:
		return errStopped
	default:
	}
	if l.readers >= l.config.Readers {
		return errFull
	}
	l.readers++
	l.left.Add(1)
	l.metrics.readers.Inc()
	return nil
}

func (l *Live) exit() {
	l.mu.Lock()
	l.readers--
	l.mu.Unlock()
	l.metrics.readers.Dec()
	l.left.Done()
}
