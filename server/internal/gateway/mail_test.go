package gateway

import (
	"context"
	"errors"
	"io"
	"strconv"
	"testing"
	"time"

	"drover/protocols"
)

func (h *house) send(text string, id uint32) *Order {
	h.tb.Helper()
	o, err := h.gate.Send(1, protocols.Command{Kind: protocols.Custom, Text: text, ID: id})
	if err != nil {
		h.tb.Fatal(err)
	}
	return o
}

func (h *house) wait() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	h.tb.Cleanup(cancel)
	return ctx
}

// TestCommands: one is sent at a time, and its answer finds it.
func TestCommands(t *testing.T) {
	for _, n := range []protocols.Network{protocols.TCP, protocols.UDP} {
		t.Run(n.String(), func(t *testing.T) {
			h := newHouse(t, nil)
			c := h.greet(n, "one")
			first, second := h.send("first", 7), h.send("second", 8)
			c.expect("do first")
			c.say("did other 99\n") // another's answer
			c.expect("thanks")
			c.say("did this 7\n")
			c.expectAnyOrder("thanks", "do second")
			c.say("did that\n") // without an id: the one that waits
			c.expect("thanks")
			for o, want := range map[*Order]string{first: "this", second: "that"} {
				if err := o.Sent(h.wait()); err != nil {
					t.Fatal(err)
				}
				if r, err := o.Answer(h.wait()); err != nil || r.Text != want {
					t.Errorf("%q, %v, want %q", r.Text, err, want)
				}
			}
		})
	}
}

func TestCommandsThatCanNotBe(t *testing.T) {
	h := newHouse(t, nil)
	if _, err := h.gate.Send(1, protocols.Command{}); !errors.Is(err, ErrNoLine) {
		t.Errorf("to nobody: %v", err)
	}
	c := h.greet(protocols.TCP, "one")
	o, err := h.gate.Send(1, protocols.Command{Kind: protocols.Reboot})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Sent(h.wait()); !errors.Is(err, protocols.ErrNoCommand) {
		t.Errorf("a kind that the family has not: %v", err)
	}
	h.send("unanswered", 0)
	c.expect("do unanswered")
	var last *Order
	for i := range mailSize {
		last = h.send(strconv.Itoa(i), 0)
	}
	if _, err := h.gate.Send(1, protocols.Command{}); !errors.Is(err, ErrBusy) {
		t.Errorf("one too many: %v", err)
	}
	c.conn.Close()
	if err := last.Sent(h.wait()); !errors.Is(err, ErrHungUp) {
		t.Errorf("when the line ended: %v", err)
	}
}

// TestACommandThatIsGivenUp lets the next one go, and the line lives on.
func TestACommandThatIsGivenUp(t *testing.T) {
	h := newHouse(t, nil)
	c := h.greet(protocols.TCP, "one")
	first, second := h.send("first", 0), h.send("second", 0)
	c.expect("do first")
	over, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := first.Answer(over); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	c.expect("do second")
	second.GiveUp()
	c.say("did late\nat 1\n")
	c.expect("thanks", "kept 1")
}

// TestArrivals: who dials in can be told something from then on, until it has gone.
func TestArrivals(t *testing.T) {
	for _, n := range []protocols.Network{protocols.TCP, protocols.UDP} {
		t.Run(n.String(), func(t *testing.T) {
			h := newHouse(t, func(c *Config) { c.Limits.Silence = 50 * time.Millisecond })
			if h.gate.Reaches(1) {
				t.Error("reached before it called")
			}
			c := h.greet(n, "one")
			if d := <-h.arrivals; d != 1 || !h.gate.Reaches(1) {
				t.Errorf("device %d arrived, reached %v", d, h.gate.Reaches(1))
			}
			c.conn.Close()
			until(t, "it is not reached any more", func() bool { return !h.gate.Reaches(1) })
		})
	}
}

// TestAnOrderThatIsWithdrawn was never written; one that the line broke under may have been.
func TestAnOrderThatIsWithdrawn(t *testing.T) {
	h := newHouse(t, nil)
	c := h.greet(protocols.TCP, "one")
	h.send("first", 0)
	second := h.send("second", 0)
	c.expect("do first")
	over, cancel := context.WithCancel(context.Background())
	cancel()
	if err := second.Sent(over); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was withdrawn", err)
	}
	o := &Order{command: protocols.Command{Text: "x"}, sent: make(chan error, 1), answer: make(chan protocols.Result, 1)}
	broken := conversation{codec: talkative.Codec(protocols.TCP)}
	o.mail = broken.mailbox()
	if err := o.mail.put(o); err != nil {
		t.Fatal(err)
	}
	if err := broken.deliver(func([]byte) error { return io.ErrClosedPipe }); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the line ends with %v", err)
	}
	if err := o.Sent(h.wait()); !errors.Is(err, ErrBroken) {
		t.Errorf("%v, want that nobody knows", err)
	}
}
