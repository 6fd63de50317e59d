package gateway

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// timeoutError is what a read past its deadline gives.
func timeoutError(t *testing.T) error {
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	a.SetReadDeadline(time.Unix(1, 0))
	_, err := a.Read(make([]byte, 1))
	if err == nil {
		t.Fatal("no timeout")
	}
	return err
}

func TestDeadlines(t *testing.T) {
	h := newHouse(t, func(c *Config) {
		c.Limits.LoginTimeout, c.Limits.IdleTimeout = 60*time.Millisecond, 300*time.Millisecond
	})
	mute, slow := h.dial("talkative", protocols.TCP), h.dial("talkative", protocols.TCP)
	known := h.greet(protocols.TCP, "one")
	slow.say("hel")
	mute.expectClosed()
	slow.expectClosed()
	until(t, "only the known line", func() bool { return h.metric("lines") == 1 })
	known.say("beat\n")
	known.expect("beat")
	known.expectClosed()
	if k := h.knocks.all(); len(k) != 1 || k[0].Reason != reasonUnreadable {
		t.Errorf("knocks %+v; want the one that said half a word", k)
	}
}

func TestLinesAreLimited(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Limits.PerAddress, c.Limits.Connections = 2, 4 })
	var known []*caller
	for _, name := range []string{"one", "two"} {
		c := h.greet(protocols.TCP, name)
		known = append(known, c)
	}
	a, b := h.dial("talkative", protocols.TCP), h.dial("talkative", protocols.TCP)
	until(t, "four lines", func() bool { open, _ := h.gate.Lines(); return open == 4 })
	h.dial("talkative", protocols.TCP).expectClosed()
	known[0].conn.Close()
	known[1].conn.Close()
	until(t, "two lines", func() bool { open, _ := h.gate.Lines(); return open == 2 })
	h.dial("talkative", protocols.TCP).expectClosed() // the third stranger of this address
	a.conn.Close()
	until(t, "one line", func() bool { open, _ := h.gate.Lines(); return open == 1 })
	h.greet(protocols.TCP, "one")
	b.conn.Close()
	until(t, "two refusals", func() bool { return h.metric("refused_total", "reason=full") == 2 })
}

func TestUnreadBytesAreLimited(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Limits.Frame = 32 << 10 })
	stranger := h.dial("talkative", protocols.TCP)
	stranger.say("hello " + strings.Repeat("x", strangerBytes))
	stranger.expectClosed()
	c := h.greet(protocols.TCP, "one")
	c.say("did " + strings.Repeat("y", 30<<10) + "\n")
	c.expect("thanks")
	c.say(strings.Repeat("z", 32<<10))
	c.expectClosed()
	until(t, "the count", func() bool { return h.metric("errors_total", "kind=too_long") == 1 })
}

func TestSecondLogin(t *testing.T) {
	h := newHouse(t, nil)
	first := h.greet(protocols.TCP, "one")
	second := h.dial("talkative", protocols.TCP)
	second.say("hello one\nat 1\n")
	second.expect("welcome", "kept 1")
	first.expectClosed()
	until(t, "a conflict", func() bool { return len(h.journal.events()) == 1 })
	e := h.journal.events()[0]
	if e.Device != 1 || e.Kind != "conflict" || !strings.Contains(e.Text, first.conn.LocalAddr().String()) ||
		!strings.Contains(e.Text, second.conn.LocalAddr().String()) {
		t.Errorf("event %+v", e)
	}
	third := h.greet(protocols.TCP, "one")
	second.expectClosed()
	third.say("beat\n")
	third.expect("beat")
	if n := len(h.journal.events()); n != 1 {
		t.Errorf("%d conflicts within a minute, want 1", n)
	}
	until(t, "one line", func() bool { open, known := h.gate.Lines(); return open == 1 && known == 1 })
}

func TestSecondLoginAfterAHangUpIsNoConflict(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Limits.Trial = patience })
	for range 3 {
		c := h.greet(protocols.TCP, "one")
		c.conn.(*net.TCPConn).SetLinger(0) // as a modem that was switched off and on says: reset
		defer c.conn.Close()
		if err := c.conn.Close(); err != nil {
			t.Fatal(err)
		}
	}
	until(t, "no line", func() bool { open, _ := h.gate.Lines(); return open == 0 })
	if e := h.journal.events(); len(e) != 0 {
		t.Errorf("events %+v", e)
	}
}

func TestAdoption(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	h := newHouse(t, func(c *Config) {
		c.Ports[0].Adopt = true
		c.Adopt = func(_ context.Context, protocol, identity string, port int) (fleet.Device, error) {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, protocol+" "+identity)
			if identity == "unlucky" {
				return fleet.Device{}, errors.New("the database is away")
			}
			return fleet.Device{ID: 100, Identity: identity}, nil
		}
	})
	c := h.dial("talkative", protocols.TCP)
	c.say("hello stranger\nat 1\n")
	c.expect("welcome", "kept 1")
	unlucky := h.dial("talkative", protocols.TCP)
	unlucky.say("hello unlucky\n")
	unlucky.expectClosed() // without the refusal: it may call again
	disabled := h.dial("talkative", protocols.TCP)
	disabled.say("hello off\n")
	disabled.expect("go away")
	mu.Lock()
	defer mu.Unlock()
	if strings.Join(asked, ", ") != "talkative stranger, talkative unlucky" {
		t.Errorf("asked for %q", asked)
	}
	if r := h.journal.records(); len(r) != 1 || r[0].Device != 100 {
		t.Errorf("records %+v", r)
	}
}

func TestStopKeepsWhatIsInFlight(t *testing.T) {
	h := newHouse(t, nil)
	busy, idle := h.dial("talkative", protocols.TCP), h.dial("talkative", protocols.TCP)
	idle.say("hello two\n")
	idle.expect("welcome")
	hold := make(chan struct{})
	h.journal.set(hold, nil)
	busy.say("hello one\nat 1\n")
	until(t, "an append", func() bool { return h.journal.inFlight() == 1 })
	h.stop()
	idle.expectClosed()
	close(hold)
	busy.expect("welcome", "kept 1")
	busy.expectClosed()
	<-h.done
	at, _ := h.gate.Addr("talkative", protocols.TCP)
	if conn, err := net.Dial("tcp", at.String()); err == nil {
		conn.Close()
		t.Error("the port is still open")
	}
}

func TestStopGivesUpOnADeadJournal(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Limits.Grace = 30 * time.Millisecond })
	h.journal.set(make(chan struct{}), nil)
	c := h.dial("talkative", protocols.TCP)
	c.say("hello one\nat 1\n")
	until(t, "an append", func() bool { return h.journal.inFlight() == 1 })
	h.stop()
	c.expectClosed()
	<-h.done
}

func TestPortInUse(t *testing.T) {
	h := newHouse(t, nil)
	at, _ := h.gate.Addr("talkative", protocols.TCP)
	_, err := New(Config{Ports: []Port{{Protocol: talkative, Address: at.String()}}})
	if err == nil || !strings.Contains(err.Error(), "in use by another program") {
		t.Errorf("got %v", err)
	}
	if _, err := New(Config{Ports: []Port{{Protocol: talkative, Address: "127.0.0.1:0", Adopt: true}}}); err == nil {
		t.Error("a port adopts without a way to")
	}
}

// TestAbuse lets a crowd from one address shout random bytes, trickle, flood and hang up, beside a tracker that must
// not notice.
func TestAbuse(t *testing.T) {
	h := newHouse(t, func(c *Config) {
		c.Limits = Limits{LoginTimeout: 200 * time.Millisecond, PerAddress: 300, Groups: 4}
	})
	good := h.greet(protocols.TCP, "one")
	at, _ := h.gate.Addr("talkative", protocols.TCP)
	crowd := make(chan struct{}, 100)
	var all sync.WaitGroup
	for i := range 1000 {
		crowd <- struct{}{}
		all.Go(func() {
			defer func() { <-crowd }()
			abuse(t, at.String(), rand.New(rand.NewPCG(1, uint64(i))))
		})
		if i%100 == 0 {
			good.say("at 1\n")
			good.expect("kept 1")
		}
	}
	all.Wait()
	until(t, "the crowd to be gone", func() bool { open, _ := h.gate.Lines(); return open == 1 })
	good.say("at 2\n")
	good.expect("kept 2")
	if n := len(h.journal.records()); n != 11 {
		t.Errorf("%d records; want the 11 of the good one", n)
	}
}

func abuse(t *testing.T, at string, r *rand.Rand) {
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close()
	noise := make([]byte, 1+r.IntN(strangerBytes*2))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	switch r.IntN(4) {
	case 0:
		conn.Write(noise)
	case 1:
		conn.Write([]byte("hello " + strings.Repeat("a", r.IntN(200))))
	case 2:
		for i := range min(20, len(noise)) {
			conn.Write(noise[i : i+1])
		}
	}
	if r.IntN(2) == 0 {
		return // hang up at once
	}
	conn.SetReadDeadline(time.Now().Add(patience))
	for {
		if _, err := conn.Read(noise); isTimeout(err) {
			t.Error("the gateway does not hang up on a stranger")
			return
		} else if err != nil {
			return
		}
	}
}
