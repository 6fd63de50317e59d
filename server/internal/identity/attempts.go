package identity

import (
	"container/list"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// How many failures are free, and how long until one more is. An address is an IPv4 address or an IPv6 /64.
const (
	pairBurst, pairEvery       = 5, 30 * time.Second  // one account from one address
	addressBurst, addressEvery = 30, 10 * time.Second // all accounts from one address
	accountBurst, accountEvery = 60, 5 * time.Second  // one account from everywhere: someone guesses from many addresses
	countersKept               = 4096                 // of each kind
)

// Attempts limits how often a password may be guessed.
type Attempts struct {
	mu       sync.Mutex
	pairs    *buckets
	address  *buckets
	accounts *buckets
}

// NewAttempts counts nothing yet.
func NewAttempts() *Attempts {
	return &Attempts{
		pairs:    newBuckets(pairBurst, pairEvery),
		address:  newBuckets(addressBurst, addressEvery),
		accounts: newBuckets(accountBurst, accountEvery),
	}
}

// Take counts an attempt before its password is verified, so that many at once are not free. It gives 0, or how long
// to wait; then nothing was counted.
func (a *Attempts) Take(email string, from netip.Addr, now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	account, address := attemptKeys(email, from)
	pair := address + " " + account
	wait := max(a.pairs.wait(pair, now), a.address.wait(address, now), a.accounts.wait(account, now))
	if wait > 0 {
		return wait
	}
	a.pairs.add(pair, 1, now)
	a.address.add(address, 1, now)
	a.accounts.add(account, 1, now)
	return 0
}

// Undo takes back the attempt that Take counted at now: it came to nothing, for reasons that were not the caller's.
func (a *Attempts) Undo(email string, from netip.Addr, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	account, address := attemptKeys(email, from)
	a.pairs.add(address+" "+account, -1, now)
	a.address.add(address, -1, now)
	a.accounts.add(account, -1, now)
}

// Succeeded takes back the attempt that Take counted at now, and the failures of this account from there: the
// password was right. What others failed at stays counted.
func (a *Attempts) Succeeded(email string, from netip.Addr, now time.Time) {
	a.Undo(email, from, now)
	a.mu.Lock()
	defer a.mu.Unlock()
	account, address := attemptKeys(email, from)
	a.pairs.forget(address + " " + account)
}

func attemptKeys(email string, from netip.Addr) (account, address string) {
	account = NormalEmail(email)
	if len(account) > maxEmail {
		account = account[:maxEmail]
	}
	return account, AddressKey(from)
}

// NormalEmail gives the form in which e-mails are compared and kept: without surrounding space, in lower case.
func NormalEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

const maxEmail = 254 // RFC 5321 §4.5.3.1.3, less its angle brackets

// buckets are leaky ones: each failure fills one by 1, time empties it, and a full one lets nobody through.
type buckets struct {
	burst float64
	every time.Duration
	byKey map[string]*list.Element
	order *list.List // of *bucket, the one used last in front
}

type bucket struct {
	key  string
	fill float64
	at   time.Time
}

func newBuckets(burst float64, every time.Duration) *buckets {
	return &buckets{burst: burst, every: every, byKey: make(map[string]*list.Element), order: list.New()}
}

func (b *buckets) wait(key string, now time.Time) time.Duration {
	e := b.byKey[key]
	if e == nil {
		return 0
	}
	over := b.level(e.Value.(*bucket), now) + 1 - b.burst
	if over <= 0 {
		return 0
	}
	return time.Duration(over * float64(b.every))
}

func (b *buckets) level(k *bucket, now time.Time) float64 {
	return max(0, k.fill-float64(max(0, now.Sub(k.at)))/float64(b.every))
}

func (b *buckets) add(key string, n float64, now time.Time) {
	e := b.byKey[key]
	if e == nil {
		if len(b.byKey) >= countersKept {
			oldest := b.order.Back()
			delete(b.byKey, b.order.Remove(oldest).(*bucket).key)
		}
		e = b.order.PushFront(&bucket{key: key})
		b.byKey[key] = e
	}
	b.order.MoveToFront(e)
	k := e.Value.(*bucket)
	k.fill, k.at = max(0, b.level(k, now)+n), now
}

func (b *buckets) forget(key string) {
	if e := b.byKey[key]; e != nil {
		b.order.Remove(e)
		delete(b.byKey, key)
	}
}
