package journal

import (
	"context"
	"fmt"
	"sync"
	"time"

	"drover/server/internal/fleet"
)

// batch is an entry being filled, and those who wait for it.
type batch struct {
	entry  []byte
	opened time.Time
	done   chan struct{} // closed when the entry is on disk or failed
	err    error         // set before done is closed
}

// writer fills one batch of a partition while the one before is published.
type writer struct {
	linger  time.Duration
	longer  func(time.Time) time.Duration // how much longer a batch waits now
	limit   int
	ackWait time.Duration
	publish func(context.Context, []byte) error

	compressed []byte // of run alone

	mu      sync.Mutex
	filling *batch
	spare   []byte // the buffer of the last batch, to be used again
	encoder *encoder
	room    chan struct{} // closed when the full batch is taken away
	opened  chan struct{} // told when a batch gets its first record
	full    chan struct{} // told when a batch is full
	closed  bool
}

func newWriter(
	c *Config, longer func(time.Time) time.Duration, publish func(context.Context, []byte) error,
) *writer {
	return &writer{
		longer: longer, linger: c.Linger, limit: c.MaxBatch, ackWait: c.AckWait, publish: publish,
		encoder: newEncoder(), room: make(chan struct{}),
		opened: make(chan struct{}, 1), full: make(chan struct{}, 1),
	}
}

// append encodes the records and waits until they are on disk. They may be spread over several batches.
func (w *writer) append(ctx context.Context, records []fleet.Record) error {
	var last *batch
	for len(records) > 0 {
		n, in, err := w.put(ctx, records)
		if err != nil {
			return err
		}
		if last != nil && last != in {
			if err := last.wait(ctx); err != nil {
				return err
			}
		}
		records, last = records[n:], in
	}
	return last.wait(ctx)
}

func (b *batch) wait(ctx context.Context) error {
	select {
	case <-b.done:
		return b.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// put adds as many records as the batch takes, at least one; it waits while the batch is full.
func (w *writer) put(ctx context.Context, records []fleet.Record) (int, *batch, error) {
	for {
		w.mu.Lock()
		if w.closed {
			w.mu.Unlock()
			return 0, nil, ErrClosed
		}
		if w.filling == nil || len(w.filling.entry) < w.limit {
			break
		}
		room := w.room
		w.mu.Unlock()
		select {
		case <-room:
		case <-ctx.Done():
			return 0, nil, ctx.Err()
		}
	}
	defer w.mu.Unlock()
	if w.filling == nil {
		w.filling = &batch{entry: append(w.spare[:0], versionPlain), opened: time.Now(), done: make(chan struct{})}
		w.spare = nil
		w.encoder.reset()
		tell(w.opened)
	}
	b, n := w.filling, 0
	for n < len(records) && len(b.entry) < w.limit {
		b.entry = w.encoder.append(b.entry, &records[n])
		n++
	}
	if len(b.entry) >= w.limit {
		tell(w.full)
	}
	return n, b, nil
}

func tell(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// run publishes batch after batch until ctx ends, and then the one that is left.
func (w *writer) run(ctx context.Context) {
	defer w.end()
	for {
		select {
		case <-w.opened:
		case <-ctx.Done():
			return
		}
		w.mu.Lock()
		wait := time.Until(w.filling.opened.Add(w.linger))
		w.mu.Unlock()
		wait += w.longer(time.Now())
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-w.full:
		case <-ctx.Done():
		}
		timer.Stop()
		w.flush()
	}
}

// flush publishes the batch that is being filled, if any.
func (w *writer) flush() {
	w.mu.Lock()
	b := w.filling
	w.filling = nil
	select {
	case <-w.full:
	default:
	}
	close(w.room)
	w.room = make(chan struct{})
	w.mu.Unlock()
	if b == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), w.ackWait)
	defer cancel()
	entry := b.entry
	if len(entry) >= worthCompressing {
		w.compressed = compress(w.compressed, entry)
		entry = w.compressed
	}
	if err := w.publish(ctx, entry); err != nil {
		b.err = fmt.Errorf("journal: %w", err)
	}
	close(b.done)
	w.mu.Lock()
	if cap(b.entry) <= 2*w.limit {
		w.spare = b.entry
	}
	w.mu.Unlock()
}

// end takes no more records, and writes the last.
func (w *writer) end() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.flush()
}
