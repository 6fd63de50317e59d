package gateway

import (
	"sync/atomic"

	"drover/server/internal/fleet"
)

// traffic is what a conversation carried and nobody has taken yet: its goroutine adds, whoever wants it takes.
type traffic struct{ in, out, frames atomic.Int64 }

func (t *traffic) take() fleet.Traffic {
	return fleet.Traffic{In: t.in.Swap(0), Out: t.out.Swap(0), Frames: t.frames.Swap(0)}
}

// Traffic gives what the lines and UDP conversations of each device carried since the last call, those that have ended
// meanwhile too. What strangers sent is nobody's. It holds an entry for each device with an ended line in between.
func (g *Gateway) Traffic() map[fleet.DeviceID]fleet.Traffic { return g.lines.traffic() }

func (t *lines) traffic() map[fleet.DeviceID]fleet.Traffic {
	t.mu.Lock()
	defer t.mu.Unlock()
	taken := t.ended
	t.ended = make(map[fleet.DeviceID]fleet.Traffic)
	for device, l := range t.byDevice {
		addTraffic(taken, device, &l.carried)
	}
	for device, s := range t.byTalk {
		addTraffic(taken, device, &s.talk.carried)
	}
	return taken
}

// settle takes the rest of a conversation that ends. The caller holds the lock.
func (t *lines) settle(c *conversation) {
	if c.login != 0 {
		addTraffic(t.ended, c.login, &c.carried)
	}
}

func addTraffic(to map[fleet.DeviceID]fleet.Traffic, device fleet.DeviceID, carried *traffic) {
	more := carried.take()
	if more == (fleet.Traffic{}) {
		return
	}
	sum := to[device]
	sum.Add(more)
	to[device] = sum
}
