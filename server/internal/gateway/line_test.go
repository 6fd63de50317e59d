package gateway

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

func TestWhatIsKeptIsAnswered(t *testing.T) {
	h := newHouse(t, nil)
	c := h.dial("talkative", protocols.TCP)
	c.say("hello one\nat 1\nat 2\nbeat\nbad\ndid it\nat 3")
	c.expect("welcome", "kept 1", "kept 2", "beat", "thanks")
	c.say("7\n")
	c.expect("kept 37")
	groups := h.journal.groups
	if len(groups) != 2 || len(groups[0]) != 3 || len(groups[1]) != 1 {
		t.Fatalf("groups %+v; want one of 3 records and one of 1", groups)
	}
	got := groups[0][2]
	if got.Device != 1 || got.Protocol != "talkative" || got.Result == nil || got.Result.Text != "it" {
		t.Errorf("record %+v", got)
	}
	if r := groups[1][0]; r.Positions[0].Latitude != 37 || r.Received.Location() != time.UTC ||
		r.Received.Nanosecond()%1e6 != 0 {
		t.Errorf("record %+v", r)
	}
	if n := h.metric("positions_total", "network=tcp"); n != 3 {
		t.Errorf("%v positions counted, want 3", n)
	}
	if n := h.metric("errors_total", "kind=unknown"); n != 1 {
		t.Errorf("%v errors counted, want 1", n)
	}
}

func TestFramesArriveByteByByte(t *testing.T) {
	h := newHouse(t, nil)
	c := h.dial("talkative", protocols.TCP)
	for _, b := range []byte("hello two\nat 5\n") {
		c.say(string(b))
	}
	c.expect("welcome", "kept 5")
}

func TestNothingIsAnsweredBeforeItIsKept(t *testing.T) {
	h := newHouse(t, nil)
	c := h.greet(protocols.TCP, "one")
	hold := make(chan struct{})
	h.journal.set(hold, nil)
	c.say("at 1\n")
	until(t, "an append", func() bool { return h.journal.inFlight() == 1 })
	c.say("at 2\n")
	c.expectSilence()
	if n := h.journal.inFlight(); n != 1 {
		t.Errorf("%d appends of one line at once", n)
	}
	h.journal.set(nil, nil)
	close(hold)
	c.expect("kept 1", "kept 2")
}

func TestWhatIsNotKeptIsNotAnswered(t *testing.T) {
	h := newHouse(t, nil)
	c := h.greet(protocols.TCP, "one")
	h.journal.set(nil, errors.New("the disk is full"))
	c.say("beat\nat 1\n")
	c.expectClosed()
	until(t, "the line to be gone", func() bool { return h.metric("lines") == 0 })
	if journal, all := h.metric("errors_total", "kind=journal"), h.metric("errors_total"); journal != 1 || all != 1 {
		t.Errorf("%v of %v errors are the journal's, want 1 of 1", journal, all)
	}
	h.journal.set(nil, nil)
	again := h.dial("talkative", protocols.TCP)
	again.say("hello one\nat 1\n")
	again.expect("welcome", "kept 1")
}

func TestStrangersAreRefused(t *testing.T) {
	for _, c := range []struct{ name, says, answer, reason, identity string }{
		{"unknown", "hello nobody\nat 1\n", "go away", reasonUnknown, "nobody"},
		{"disabled", "hello off\n", "go away", reasonDisabled, "off"},
		{"another family's", "hello loud\n", "go away", reasonWrong, "loud"},
		{"nameless", "at 1\n", "go away", reasonUnreadable, ""},
		{"no language", "end of story", "", reasonUnreadable, ""},
		{"too long a name", "hello " + strings.Repeat("x", 100) + "\n", "go away", reasonUnreadable,
			strings.Repeat("x", 64)},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, nil)
			l := h.dial("talkative", protocols.TCP)
			l.say(c.says)
			if c.answer != "" {
				l.expect(c.answer)
			}
			l.expectClosed()
			until(t, "a knock", func() bool { return len(h.knocks.all()) > 0 })
			k := h.knocks.all()[0]
			at, _ := h.gate.Addr("talkative", protocols.TCP)
			if len(h.knocks.all()) != 1 || k.Reason != c.reason || k.Identity != c.identity || k.Protocol != "talkative" ||
				k.Port != int(at.Port()) || k.Address.String() != "127.0.0.1" || k.Count != 1 || k.First.IsZero() {
				t.Errorf("knocks %+v", h.knocks.all())
			}
			if len(h.journal.records()) != 0 {
				t.Error("a stranger's words were kept")
			}
			until(t, "the count", func() bool { return h.metric("refused_total", "reason="+c.reason) == 1 })
		})
	}
}

func TestWrongPortIsRecognised(t *testing.T) {
	h := newHouse(t, nil)
	c := h.dial("talkative", protocols.TCP)
	c.say("HELLO loud\n")
	c.expectClosed()
	k := h.knocks.all()
	if len(k) != 1 || k[0].Reason != reasonWrong || k[0].Identity != "loud" {
		t.Errorf("knocks %+v", k)
	}
	until(t, "a line in the log", func() bool {
		return strings.Contains(h.log.String(), " speaks shouting on the talkative port")
	})
}

func TestRetranslatorSpeaksForMany(t *testing.T) {
	h := newHouse(t, nil)
	c := h.dial("talkative", protocols.TCP)
	c.say("at 1 one\nat 2 two\nat 3 nobody\nat 4\nat 5 one\nat 6\n")
	c.expect("kept 1", "kept 2", "go away", "go away", "kept 5", "kept 6")
	var devices []fleet.DeviceID
	for _, r := range h.journal.records() {
		devices = append(devices, r.Device)
	}
	if len(devices) != 4 || devices[0] != 1 || devices[1] != 2 || devices[2] != 1 || devices[3] != 1 {
		t.Errorf("devices %v", devices)
	}
	if k := h.knocks.all(); len(k) != 1 || k[0].Identity != "nobody" {
		t.Errorf("knocks %+v", k)
	}
}

func TestRegistryChangesAreFelt(t *testing.T) {
	h := newHouse(t, nil)
	one, two := h.greet(protocols.TCP, "one"), h.greet(protocols.TCP, "two")
	h.know(fleet.Device{ID: 1, Identity: "one", Disabled: true}, fleet.Device{ID: 2, Identity: "two"})
	one.expectClosed()
	two.say("at 1\n")
	two.expect("kept 1")
	until(t, "one line", func() bool { open, known := h.gate.Lines(); return open == 1 && known == 1 })
	h.know()
	two.expectClosed()
}

func TestAlive(t *testing.T) {
	for _, c := range []struct {
		name    string
		err     error
		unacked int
		alive   bool
	}{
		{"it spoke", nil, 10, true},
		{"it stood", timeoutError(t), 0, true},
		{"it stood, but did not take what it was sent", timeoutError(t), 4, false},
		{"it went", errors.New("connection reset by peer"), 0, false},
	} {
		if alive(c.err, c.unacked) != c.alive {
			t.Errorf("%s: alive is %v", c.name, !c.alive)
		}
	}
}
