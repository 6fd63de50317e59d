package gateway

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// next is the next frame that one who watches is shown.
func next(t *testing.T, frames <-chan fleet.Frame) fleet.Frame {
	t.Helper()
	select {
	case f := <-frames:
		return f
	case <-time.After(patience):
		t.Fatal("no frame is shown")
		return fleet.Frame{}
	}
}

func TestFramesAreShown(t *testing.T) {
	for _, network := range []protocols.Network{protocols.TCP, protocols.UDP} {
		t.Run(network.String(), func(t *testing.T) {
			h := newHouse(t, nil)
			frames, dropped, stop := h.gate.Watch(1)
			c := h.greet(network, "one")
			other := h.greet(network, "two")
			end := ""
			if network == protocols.TCP {
				end = "\n"
			}
			other.say("beat" + end)
			other.expect("beat")
			c.say("bad" + end)
			c.say("at 7" + end)
			c.expect("kept 7")
			for _, want := range []struct {
				out         bool
				bytes, says string
				wrong       bool
			}{
				{false, "hello one", `"device":"one"`, false},
				{true, "welcome\n", "", false},
				{false, "bad", "", true},
				{false, "at 7", `"latitude":7`, false},
				{true, "kept 7\n", "", false},
			} {
				f := next(t, frames)
				if f.Out != want.out || string(f.Bytes) != want.bytes || (f.Error != "") != want.wrong ||
					!strings.Contains(string(f.Message), want.says) || f.Message != nil && !json.Valid(f.Message) || f.Network != network || time.Since(f.Time) > patience {
					t.Errorf("shown %+v (%s), want %+v", f, f.Message, want)
				}
			}
			stop()
			c.say("beat" + end)
			c.expect("beat")
			if len(frames) != 0 || dropped() != 0 || h.gate.taps.now.Load() != nil {
				t.Errorf("%d frames after the end", len(frames))
			}
		})
	}
}

func TestASlowWatcherLosesFramesAndNobodyWaits(t *testing.T) {
	h := newHouse(t, nil)
	_, dropped, stop := h.gate.Watch(1)
	defer stop()
	quick, _, stopQuick := h.gate.Watch(1)
	defer stopQuick()
	c := h.greet(protocols.TCP, "one")
	for range tapQueue {
		c.say("beat\n")
		c.expect("beat")
		next(t, quick)
	}
	until(t, "the loss", func() bool { return h.gate.taps.of(1)[0].dropped.Load() == tapQueue+2 })
	if n := dropped(); n != tapQueue+2 {
		t.Errorf("%d dropped", n)
	}
	if n := dropped(); n != 0 {
		t.Errorf("%d dropped since", n)
	}
}

func TestUnwatchedFramesAllocateNothing(t *testing.T) {
	c, frame, m := unwatched(t)
	if n := testing.AllocsPerRun(100, func() {
		c.heard(frame, m, nil, time.Time{})
		c.port.gate.said(1, protocols.TCP, frame)
	}); n != 0 {
		t.Errorf("%g allocations", n)
	}
}

func unwatched(tb testing.TB) (*conversation, []byte, *protocols.Message) {
	h := newHouse(tb, nil)
	return &conversation{port: h.gate.ports[0], family: h.gate.ports[0].family, device: 1}, []byte("at 7"), &protocols.Message{Device: "one"}
}

func BenchmarkTap(b *testing.B) {
	c, frame, m := unwatched(b)
	b.ReportAllocs()
	for b.Loop() {
		c.heard(frame, m, nil, time.Time{})
	}
}
