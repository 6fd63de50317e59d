package journal

import (
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// partition is one stream and what is known of it.
type partition struct {
	id     string
	stream jetstream.Stream
	writer *writer

	published atomic.Uint64 // the last sequence that is on disk, 0 before the first of this run
	applied   atomic.Uint64 // sequence up to which all was applied
	appliedAt atomic.Int64  // when that was said, in ns since 1970

	marks []mark // of the cleaner alone
}

const (
	inStep      = 8                      // entries that may be between writing and applying without anybody waiting
	waitEach    = 2 * time.Millisecond   // longer that a batch waits for each entry more
	waitMost    = 250 * time.Millisecond // longer that a batch waits at most
	standsStill = 2 * time.Second        // without progress, after which waiting for it has no sense
)

// patience is how much longer than usual a batch waits now, because what was written before is still being applied: so
// the trackers slow down to what can be stored, rather than pile it up, and the processors are left to the storing.
// While applying stands still, as when the database is away, there is nothing to wait for.
func (p *partition) patience(now time.Time) time.Duration {
	behind := int64(p.published.Load()) - int64(p.applied.Load()) - inStep
	if behind <= 0 || now.UnixNano()-p.appliedAt.Load() > int64(standsStill) {
		return 0
	}
	return min(time.Duration(behind)*waitEach, waitMost)
}
