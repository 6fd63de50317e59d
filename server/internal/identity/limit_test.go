package identity

import (
	"net/netip"
	"testing"
	"time"
)

func TestLimit(t *testing.T) {
	l, now := NewCodeLimit(), time.Unix(1_700_000_000, 0)
	for i := range 5 {
		if wait := l.Take("7", now); wait != 0 {
			t.Fatalf("guess %d waits %v", i+1, wait)
		}
	}
	if wait := l.Take("7", now); wait != 5*time.Minute {
		t.Errorf("the sixth waits %v", wait)
	}
	if wait := l.Take("8", now); wait != 0 {
		t.Errorf("another waits %v", wait)
	}
	l.Undo("7", now)
	if wait := l.Take("7", now); wait != 0 {
		t.Errorf("what was no failure counts: wait %v", wait)
	}
	guesses := 0
	for at := now; at.Before(now.Add(24 * time.Hour)); at = at.Add(time.Second) {
		if l.Take("7", at) == 0 {
			guesses++
		}
	}
	if guesses < 287 || guesses > 289 {
		t.Errorf("%d guesses in a day", guesses)
	}
}

func TestAddressKey(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"fe80::1%eth0": "fe80::/64",
	} {
		if got := AddressKey(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: got %s", address, got)
		}
	}
}
