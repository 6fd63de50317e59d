package identity

import (
	"net/netip"
	"sync"
	"time"
)

// Limit is how often something may be guessed: a burst of failures is free, after that one every so long.
// The 4,096 keys used last are remembered.
type Limit struct {
	mu      sync.Mutex
	buckets *buckets
}

// NewCodeLimit is for second factors, whose guesser knows the password already: five at once, then twelve an hour,
// with three codes of a million right at a time.
func NewCodeLimit() *Limit { return &Limit{buckets: newBuckets(5, 5*time.Minute)} }

// NewLinkLimit is for links that do not exist, from one address.
func NewLinkLimit() *Limit { return &Limit{buckets: newBuckets(20, 10*time.Second)} }

// Take counts a failure in advance, so that many at once are not free. It gives 0, or how long to wait; then nothing
// was counted.
func (l *Limit) Take(key string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if wait := l.buckets.wait(key, now); wait > 0 {
		return wait
	}
	l.buckets.add(key, 1, now)
	return 0
}

// Undo takes back what Take counted at now: it was no failure.
func (l *Limit) Undo(key string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buckets.add(key, -1, now)
}

// AddressKey is an address as the limits count it: IPv4 alone, IPv6 by its /64.
func AddressKey(from netip.Addr) string {
	from = from.Unmap().WithZone("")
	if from.Is6() {
		prefix, _ := from.Prefix(64) // 64 bits are within any IPv6 address
		return prefix.String()
	}
	return from.String()
}
