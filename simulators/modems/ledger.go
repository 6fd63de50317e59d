package modems

import (
	"errors"
	"sync"
	"time"
)

// Kind is what happened to a message.
type Kind string

// What the ledger notes.
const (
	Submitted Kind = "submitted" // taken from a modem, a Phone or Send
	Delivered Kind = "delivered" // handed to a modem or a Phone
	Reported  Kind = "reported"  // its delivery report was handed to the sender's modem
	Expired   Kind = "expired"   // its validity ended before it could be delivered
	Failed    Kind = "failed"    // nobody has the number, or too much waits for it
	Silenced  Kind = "silenced"  // a Phone's answer that the loop breaker dropped; it was never submitted
)

// Entry is what the network saw of one message, or of one part of a long one.
type Entry struct {
	Seq       int       `json:"seq"` // from 1, without gaps
	At        time.Time `json:"at"`
	Kind      Kind      `json:"kind"`
	Modem     string    `json:"modem,omitempty"` // that gave it to the network or got it; "" if a Phone did
	From      string    `json:"from"`
	To        string    `json:"to"`
	Text      string    `json:"text"`             // 8-bit data as hexadecimal digits
	Reference byte      `json:"reference"`        // TP-MR, of what a modem sent
	Part      int       `json:"part,omitempty"`   // from 1, of a long message
	Parts     int       `json:"parts,omitempty"`  // 0: it is whole
	Status    byte      `json:"status,omitempty"` // TP-ST, of reports
}

// ErrLedgerFull refuses a message that the ledger could not note.
var ErrLedgerFull = errors.New("modems: the ledger is full")

// ledger notes everything. After limit submissions it takes no more, so that the network refuses them: what it has
// stays exact. Each submission is followed by a handful of entries at most, hence its memory is bounded.
type ledger struct {
	limit int

	mu        sync.Mutex
	entries   []Entry
	submitted int
}

func (l *ledger) submit(e Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.submitted >= l.limit {
		return ErrLedgerFull
	}
	l.submitted++
	e.Kind = Submitted
	l.add(e)
	return nil
}

func (l *ledger) note(e Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.Kind == Silenced && len(l.entries) >= 4*l.limit {
		return
	}
	l.add(e)
}

func (l *ledger) add(e Entry) {
	e.Seq = len(l.entries) + 1
	l.entries = append(l.entries, e)
}

// read gives up to limit entries after number seq.
func (l *ledger) read(after, limit int) []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	after = min(max(after, 0), len(l.entries))
	end := min(after+max(limit, 0), len(l.entries))
	return append([]Entry{}, l.entries[after:end]...)
}
