package gateway

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// TestTraffic: what lines carry is taken once, while they are open and when they have ended; a stranger's is nobody's.
func TestTraffic(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Limits.Silence = 100 * time.Millisecond })
	sum := map[fleet.DeviceID]fleet.Traffic{}
	take := func() map[fleet.DeviceID]fleet.Traffic {
		for device, more := range h.gate.Traffic() {
			all := sum[device]
			all.Add(more)
			sum[device] = all
		}
		return sum
	}
	carried := func(device fleet.DeviceID, in, out, frames int64) {
		t.Helper()
		want := fleet.Traffic{In: in, Out: out, Frames: frames}
		until(t, "the traffic", func() bool { return take()[device] == want })
	}
	one := h.greet(protocols.TCP, "one") // 10 bytes there, 8 back
	carried(1, 10, 8, 1)
	one.say("at 1\nat 2\n")
	one.expect("kept 1", "kept 2")
	carried(1, 20, 22, 3)
	one.say("at 3\n")
	one.expect("kept 3")
	one.conn.Close()
	until(t, "the line's end", func() bool { open, _ := h.gate.Lines(); return open == 0 })
	carried(1, 25, 29, 4)
	two := h.greet(protocols.UDP, "two")
	two.say("at 4")
	two.expect("kept 4")
	carried(2, 13, 15, 2)
	stranger := h.dial("talkative", protocols.TCP)
	stranger.say("hello nobody\n")
	stranger.expect("go away")
	until(t, "silence", func() bool { return h.metric("lines", "network=udp") == 0 })
	if more := h.gate.Traffic(); len(more) != 0 || len(sum) != 2 {
		t.Errorf("%v and then %v", sum, more)
	}
}
