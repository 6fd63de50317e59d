package gateway

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

func TestDatagrams(t *testing.T) {
	h := newHouse(t, nil)
	one, two := h.dial("talkative", protocols.UDP), h.dial("talkative", protocols.UDP)
	one.say("at 1 one\nat 2\n")
	one.expect("kept 1", "kept 2")
	two.say("hello two")
	two.expect("welcome")
	two.say("at 3")
	two.expect("kept 3")
	if n := h.metric("lines", "network=udp"); n != 2 {
		t.Errorf("%v conversations", n)
	}
	records := h.journal.records()
	if len(records) != 3 || records[0].Device != 1 || records[1].Device != 1 || records[2].Device != 2 {
		t.Errorf("records %+v", records)
	}
	h.know(fleet.Device{ID: 1, Identity: "one", Disabled: true})
	until(t, "the refusal", func() bool {
		one.say("at 4")
		one.conn.SetReadDeadline(time.Now().Add(patience))
		line, _ := one.read.ReadString('\n')
		return line == "go away\n"
	})
}

func TestDatagramsOfStrangers(t *testing.T) {
	for _, c := range []struct{ name, says, answer, reason string }{
		{"unknown", "hello nobody", "go away", reasonUnknown},
		{"nameless", "at 1", "go away", reasonUnreadable},
		{"no language", "end", "", reasonUnreadable},
		{"another family's", "HELLO loud", "", reasonWrong},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, nil)
			l := h.dial("talkative", protocols.UDP)
			l.say(c.says)
			if c.answer != "" {
				l.expect(c.answer)
			}
			until(t, "a knock", func() bool { return len(h.knocks.all()) == 1 })
			if k := h.knocks.all()[0]; k.Reason != c.reason {
				t.Errorf("knock %+v", k)
			}
			if n := h.metric("lines", "network=udp"); n != 0 {
				t.Errorf("%v conversations with a stranger", n)
			}
		})
	}
}

func TestDatagramsAreForgotten(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Limits.Silence = 20 * time.Millisecond })
	c := h.greet(protocols.UDP, "one")
	until(t, "silence", func() bool { return h.metric("lines", "network=udp") == 0 })
	c.say("at 1")
	c.expect("go away")
}

func TestConversationsAreLimited(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Limits.Connections = udpWorkers }) // one for each worker
	for range 40 {
		h.greet(protocols.UDP, "one")
	}
	if n := h.metric("lines", "network=udp"); n > udpWorkers {
		t.Errorf("%v conversations, want at most %d", n, udpWorkers)
	}
}

func TestDatagramsWaitForTheJournal(t *testing.T) {
	h := newHouse(t, nil)
	c := h.greet(protocols.UDP, "one")
	hold := make(chan struct{})
	h.journal.set(hold, nil)
	for i := range 3 * udpQueue {
		c.say(fmt.Sprintf("at %d", i))
	}
	until(t, "a full queue", func() bool { return h.metric("errors_total", "kind=datagram_dropped") > 0 })
	c.expectSilence()
	h.journal.set(nil, nil)
	close(hold)
	c.expect("kept 0", "kept 1")
	h.journal.set(nil, errors.New("the disk is full"))
	until(t, "a failed append", func() bool {
		c.say("at 1000")
		return h.metric("errors_total", "kind=journal") > 0
	})
}
