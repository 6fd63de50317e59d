package trackers

import (
	"fmt"
	"io"
	"sync"
)

// A ledger's line is what the database keeps of an acknowledged record, at its precision: identity, time (ms since
// 1970), latitude and longitude (1e-7 degrees), speed (0.1 km/h) and course (0.1 degrees), with tabs between.
const ledgerColumns = "identity, time_ms, latitude, longitude, speed, course"

// ledgerBuffer is about how many bytes are written at once.
const ledgerBuffer = 1 << 16

// ledger writes down what was acknowledged, in whole lines. It is safe for concurrent use.
type ledger struct {
	out  io.Writer
	stop func() // called when it cannot be written

	mu    sync.Mutex
	lines []byte
	err   error
}

func newLedger(w io.Writer, stop func()) *ledger { return &ledger{out: w, stop: stop} }

// write notes records that have just been acknowledged.
func (l *ledger) write(identity string, records []record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range records {
		l.lines = records[i].appendLedger(l.lines, identity)
	}
	if len(l.lines) >= ledgerBuffer {
		l.flush()
	}
}

func (l *ledger) flush() {
	if l.err == nil {
		if _, l.err = l.out.Write(l.lines); l.err != nil {
			l.stop()
		}
	}
	l.lines = l.lines[:0]
}

// close writes what is left; the first error of all writes is its error. A nil ledger closes well.
func (l *ledger) close() error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.flush(); l.err != nil {
		return fmt.Errorf("simulators: the ledger is not whole: %w", l.err)
	}
	return nil
}
