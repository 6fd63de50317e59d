package modem

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

var (
	// ErrNotReady says that a modem cannot be asked now: nothing was sent.
	ErrNotReady = errors.New("not ready")
	// ErrNoModem says that there is no modem of that name.
	ErrNoModem = errors.New("no such modem")
)

// Pool is the modems attached to this machine. Its methods may be called from any goroutine.
type Pool struct {
	lines []*line
}

// NewPool checks a configuration. It opens nothing. The errors name the modem, the setting and what is allowed.
func NewPool(c Config) (*Pool, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	p := &Pool{}
	for _, l := range c.Lines {
		p.lines = append(p.lines, newLine(&c, l))
	}
	return p, nil
}

// Run keeps all modems in use until ctx ends, and then returns nil. It is called once.
func (p *Pool) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for _, l := range p.lines {
		all.Go(func() { l.run(ctx) })
	}
	all.Wait()
	return nil
}

// Send gives a message to the network through the modem of that name; the modem does one thing at a time, and a
// caller waits for its turn until ctx ends. An error means that the modem was never asked and nothing was sent. Once
// it is asked, Send waits for the outcome whatever becomes of ctx, at most Timing.Send and what its recovery takes.
func (p *Pool) Send(ctx context.Context, name string, pdu PDU) (Receipt, error) {
	var r Receipt
	err := p.do(ctx, name, func(s *session) (ended error) {
		r, ended = s.send(pdu)
		return ended
	})
	return r, err
}

// USSD asks the network with a code ("*100#") and returns its answer as text. A dialogue is ended after the first
// answer. An answer to the line's balance code is noted in the state too. The errors are ErrUSSD, ErrNotReady,
// ErrNoModem.
func (p *Pool) USSD(ctx context.Context, name, code string) (string, error) {
	if err := (Line{Name: name, URL: "unix:x", Balance: code}).check(); err != nil || code == "" {
		return "", fmt.Errorf("%w: code %q may have digits, * and # only", ErrUSSD, code)
	}
	var answer string
	var failed error
	err := p.do(ctx, name, func(s *session) error {
		answer, failed = s.ussd(code)
		return onlyBroken(failed)
	})
	return answer, errors.Join(err, failed)
}

// Reset resets a modem, or has one that waits for something tried again at once. It does not wait for that.
func (p *Pool) Reset(name string) error {
	l, err := p.find(name)
	if err == nil {
		l.askReset()
	}
	return err
}

// Pause has a modem's port closed, after what it is doing, until Pause with false.
func (p *Pool) Pause(name string, on bool) error {
	l, err := p.find(name)
	if err == nil {
		l.pause(on)
	}
	return err
}

// States are the modems in the order of the configuration, as they were last seen.
func (p *Pool) States() []State {
	out := make([]State, len(p.lines))
	for i, l := range p.lines {
		out[i] = l.snapshot()
	}
	return out
}

func (p *Pool) find(name string) (*line, error) {
	for _, l := range p.lines {
		if l.Name == name {
			return l, nil
		}
	}
	return nil, fmt.Errorf("modem %q: %w", name, ErrNoModem)
}

// do has work done by the goroutine of a modem that is ready. The error says that it was not.
func (p *Pool) do(ctx context.Context, name string, work func(*session) error) error {
	l, err := p.find(name)
	if err != nil {
		return err
	}
	s, err := l.serving()
	if err != nil {
		return err
	}
	var late error
	r := request{done: make(chan struct{}), work: func(s *session) error {
		if _, late = l.serving(); late == nil {
			return work(s)
		}
		return nil
	}}
	select {
	case s.requests <- r:
		<-r.done
		return late
	case <-s.gone:
		return fmt.Errorf("modem %s was lost: %w", name, ErrNotReady)
	case <-ctx.Done():
		return ctx.Err()
	}
}
