package identity

import (
	"fmt"
	"net/netip"
	"testing"
	"time"
)

func TestAttemptsOfOnePair(t *testing.T) {
	a, now := NewAttempts(), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	home, away := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	for i := range pairBurst {
		if wait := a.Take("a@example.com", home, now); wait != 0 {
			t.Fatalf("attempt %d waits %s", i, wait)
		}
	}
	if wait := a.Take(" A@Example.com", home, now); wait <= 0 || wait > pairEvery {
		t.Errorf("the sixth attempt, written otherwise, waits %s", wait)
	}
	if wait := a.Take("a@example.com", away, now); wait != 0 {
		t.Errorf("the owner elsewhere waits %s", wait)
	}
	if wait := a.Take("a@example.com", home, now.Add(pairEvery)); wait != 0 {
		t.Errorf("after the wait: %s more", wait)
	}
	if wait := a.Take("a@example.com", home, now.Add(pairEvery)); wait <= 0 {
		t.Error("one wait let two attempts through")
	}
}

func TestAttemptsThatSucceedAreFree(t *testing.T) {
	a, now, home := NewAttempts(), time.Unix(0, 0), netip.MustParseAddr("2001:db8::1")
	for i := range 10 * accountBurst {
		if wait := a.Take("a@example.com", home, now); wait != 0 {
			t.Fatalf("success %d waits %s", i, wait)
		}
		a.Succeeded("a@example.com", home, now)
	}
}

func TestAttemptsOfOneAddress(t *testing.T) {
	a, now := NewAttempts(), time.Unix(0, 0)
	for i := range addressBurst {
		from := netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8, 15: byte(i)}) // all of one /64
		if wait := a.Take(fmt.Sprintf("%d@example.com", i), from, now); wait != 0 {
			t.Fatalf("account %d waits %s", i, wait)
		}
	}
	if a.Take("new@example.com", netip.MustParseAddr("2001:db8::ffff"), now) == 0 {
		t.Error("an address may try every account")
	}
	if wait := a.Take("new@example.com", netip.MustParseAddr("2001:db8:0:1::1"), now); wait != 0 {
		t.Errorf("the neighbour waits %s", wait)
	}
}

func TestAttemptsOnOneAccount(t *testing.T) {
	a, now := NewAttempts(), time.Unix(0, 0)
	for i := range accountBurst {
		if wait := a.Take("a@example.com", netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), now); wait != 0 {
			t.Fatalf("address %d waits %s", i, wait)
		}
	}
	if wait := a.Take("a@example.com", netip.MustParseAddr("10.0.1.1"), now); wait <= 0 || wait > accountEvery {
		t.Errorf("an account tried from everywhere: waits %s", wait)
	}
}

func TestAttemptsForgetTheOldest(t *testing.T) {
	a, now := NewAttempts(), time.Unix(0, 0)
	for i := range 3 * countersKept {
		a.Take(fmt.Sprintf("%d@example.com", i), netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), now)
	}
	for name, b := range map[string]*buckets{"pairs": a.pairs, "addresses": a.address, "accounts": a.accounts} {
		if len(b.byKey) != countersKept || b.order.Len() != countersKept {
			t.Errorf("%s: %d keys, %d in order; want %d", name, len(b.byKey), b.order.Len(), countersKept)
		}
	}
}
