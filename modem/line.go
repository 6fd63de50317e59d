package modem

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// line looks after one modem for as long as the pool runs: it opens it, has a session use it, and when that ends climbs
// the ladder of means to get it back. run is one goroutine, which alone talks to the modem and changes the state; the
// rest may be called from any.
type line struct {
	Line
	cfg   *Config
	log   zerolog.Logger
	place place
	wake  chan struct{} // of 1: somebody changed what follows

	pinSpent bool // the PIN was entered since the pool started; for run only

	mu      sync.Mutex
	state   State
	session *session // nil unless it serves
	paused  bool
	reset   bool
}

func newLine(cfg *Config, l Line) *line {
	p, _ := parseURL(l.URL) // Config.withDefaults has checked it
	return &line{Line: l, cfg: cfg, place: p, wake: make(chan struct{}, 1),
		log:   cfg.Log.With().Str("modem", l.Name).Logger(),
		state: State{Name: l.Name, URL: l.URL, Phase: Absent, Since: time.Now().UTC()}}
}

// run keeps the modem in use until ctx ends.
func (l *line) run(ctx context.Context) {
	ladder := ladder{line: l}
	for ctx.Err() == nil {
		if l.isPaused() {
			l.phase(Paused, "")
			l.wait(ctx, time.Hour)
			continue
		}
		ladder.climb(ctx, l.live(ctx, &ladder))
	}
}

// live opens the modem and serves it, and returns why that ended.
func (l *line) live(ctx context.Context, ladder *ladder) error {
	l.takeReset() // what follows is one
	s, err := l.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.setUp(ctx); err != nil {
		return err
	}
	l.attach(s)
	defer l.attach(nil)
	ladder.done()
	return s.serve(ctx)
}

// open opens the first of the places that the URL means which is free, answers, and is the modem asked for.
func (l *line) open(ctx context.Context) (*session, error) {
	if l.snapshot().Phase != Absent { // absent until it is there
		l.progress(Opening)
	}
	urls, err := l.place.candidates()
	if err != nil {
		return nil, err
	}
	for _, url := range urls {
		s, failed := l.try(ctx, url)
		if failed == nil {
			return s, nil
		}
		err = failed
		if ctx.Err() != nil {
			break
		}
	}
	return nil, err
}

func (l *line) try(ctx context.Context, url string) (*session, error) {
	opening := l.cfg.Open
	var file *os.File
	if opening == nil {
		opening = Open
		var err error
		if file, err = lock(l.cfg.LockDir, url); err != nil {
			return nil, err
		}
	}
	rwc, err := opening(ctx, url)
	if err != nil {
		if file != nil {
			file.Close()
		}
		return nil, err
	}
	s := newSession(l, rwc, file)
	if err := s.wakeUp(); err != nil {
		s.close()
		return nil, err
	}
	if imei := s.imei(); l.place.imei != "" && imei != l.place.imei {
		s.close()
		return nil, fmt.Errorf("%s is the modem with IMEI %q, not %s: %w", url, imei, l.place.imei, errAbsent)
	}
	return s, nil
}

// update changes the state and tells it if that made a difference.
func (l *line) update(change func(*State)) {
	l.mu.Lock()
	before := l.state
	change(&l.state)
	after := l.state
	l.mu.Unlock()
	if !reflect.DeepEqual(before, after) {
		l.cfg.Changed(after)
	}
}

func (l *line) phase(p Phase, reason string) {
	l.update(func(s *State) {
		if s.Phase != p {
			s.Since = time.Now().UTC()
			l.log.Info().Str("from", string(s.Phase)).Str("to", string(p)).Str("reason", reason).Msg("modem")
		}
		s.Phase, s.Reason = p, reason
	})
}

// progress is phase for the steps of a start. They are not told of a modem that waits for a person, and is only
// looked at.
func (l *line) progress(p Phase) {
	switch l.snapshot().Phase {
	case Hung, Blocked, SIMError, PUK:
	default:
		l.phase(p, "")
	}
}

func (l *line) snapshot() State {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state
}

func (l *line) attach(s *session) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.session = s
}

// serving is the session of a modem that may send, or an error that says why there is none.
func (l *line) serving() (*session, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.session == nil || !l.state.ready() {
		return nil, fmt.Errorf("modem %s is %s: %w", l.Name, l.state.Phase, ErrNotReady)
	}
	return l.session, nil
}

func (l *line) pause(on bool) {
	l.mu.Lock()
	l.paused = on
	l.mu.Unlock()
	l.poke()
}

func (l *line) askReset() {
	l.mu.Lock()
	l.reset = true
	l.mu.Unlock()
	l.poke()
}

func (l *line) poke() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *line) isPaused() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.paused
}

// takeReset reports whether a reset was asked for, once.
func (l *line) takeReset() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	was := l.reset
	l.reset = false
	return was
}

// wait lets d pass, less if somebody pokes.
func (l *line) wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-l.wake:
	}
}
