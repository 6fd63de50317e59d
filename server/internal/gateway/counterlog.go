package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// counterlog logs what happens often: a line a second for each kind at most, with one example and how often it
// happened. Kinds come from small fixed sets. It is safe for concurrent use.
type counterlog struct {
	log zerolog.Logger

	mu    sync.Mutex
	kinds map[string]tally
}

type tally struct {
	times   int
	example string
}

func newCounterlog(log zerolog.Logger) *counterlog {
	return &counterlog{log: log, kinds: make(map[string]tally)}
}

// add notes that kind happened; example is called for the first of each second only.
func (c *counterlog) add(kind string, example func() string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.kinds[kind]
	if t.times == 0 {
		t.example = example()
	}
	t.times++
	c.kinds[kind] = t
}

// run writes each second until ctx ends, and what is left then.
func (c *counterlog) run(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.write()
		case <-ctx.Done():
			c.write()
			return
		}
	}
}

func (c *counterlog) write() {
	c.mu.Lock()
	noted := c.kinds
	c.kinds = make(map[string]tally)
	c.mu.Unlock()
	for kind, t := range noted {
		c.log.Warn().Str("kind", kind).Int("times", t.times).Msg(t.example)
	}
}
