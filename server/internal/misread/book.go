package misread

import (
	"net/netip"
	"sync"

	"drover/server/internal/fleet"
)

// What a Book takes between two writings.
const (
	MaxPerAddress = 5
	MaxInAll      = 200
)

// Book collects pieces until they are taken.
type Book struct {
	mu      sync.Mutex
	pieces  []fleet.Misread
	from    map[netip.Addr]int
	dropped int64
}

// NewBook gives an empty one.
func NewBook() *Book { return &Book{from: map[netip.Addr]int{}} }

// Misread takes note of a piece, unless there were too many.
func (b *Book) Misread(m fleet.Misread) {
	b.mu.Lock()
	defer b.mu.Unlock()
	from := m.Address.Addr()
	if b.from[from] >= MaxPerAddress || len(b.pieces) >= MaxInAll {
		b.dropped++
		return
	}
	b.from[from]++
	b.pieces = append(b.pieces, m)
}

// Take gives what was collected, and how many pieces there was no room for, and starts anew.
func (b *Book) Take() (pieces []fleet.Misread, dropped int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	pieces, dropped = b.pieces, b.dropped
	b.pieces, b.dropped = nil, 0
	clear(b.from)
	return pieces, dropped
}
