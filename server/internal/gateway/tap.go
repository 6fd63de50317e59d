package gateway

import (
	"bytes"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// tapQueue is how many frames wait for one who watches; the next are dropped and counted.
const tapQueue = 256

// taps shows the frames of some devices to those who watch them. While nobody does, a frame costs one atomic load.
type taps struct {
	now atomic.Pointer[map[fleet.DeviceID][]*tap] // nil while nobody watches; never changed, only replaced
	mu  sync.Mutex                                // held to replace it
}

// tap is one who watches.
type tap struct {
	frames  chan fleet.Frame
	dropped atomic.Uint64
}

// Watch shows what goes over a device's lines from now on. Who reads frames too slowly loses some: dropped tells how
// many since it was last asked. stop ends it; it must be called once.
func (g *Gateway) Watch(device fleet.DeviceID) (frames <-chan fleet.Frame, dropped func() uint64, stop func()) {
	t := &tap{frames: make(chan fleet.Frame, tapQueue)}
	g.taps.change(func(all map[fleet.DeviceID][]*tap) { all[device] = append(slices.Clone(all[device]), t) })
	return t.frames, func() uint64 { return t.dropped.Swap(0) }, func() {
		g.taps.change(func(all map[fleet.DeviceID][]*tap) {
			all[device] = slices.DeleteFunc(slices.Clone(all[device]), func(other *tap) bool { return other == t })
			if len(all[device]) == 0 {
				delete(all, device)
			}
		})
	}
}

func (t *taps) change(do func(map[fleet.DeviceID][]*tap)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := map[fleet.DeviceID][]*tap{}
	if now := t.now.Load(); now != nil {
		all = maps.Clone(*now)
	}
	do(all)
	if len(all) == 0 {
		t.now.Store(nil)
		return
	}
	t.now.Store(&all)
}

// of gives who watches a device.
func (t *taps) of(device fleet.DeviceID) []*tap {
	now := t.now.Load()
	if now == nil || device == 0 {
		return nil
	}
	return (*now)[device]
}

// heard shows a frame that came, and what it was understood to say.
func (c *conversation) heard(frame []byte, m *protocols.Message, err error, at time.Time) {
	watching := c.port.gate.taps.of(c.device)
	if len(watching) == 0 {
		return
	}
	f := fleet.Frame{Time: at, Network: c.network, Bytes: bytes.Clone(frame)}
	if err != nil {
		f.Error = err.Error()
	}
	if m.Device != "" || len(m.Positions) > 0 || m.Result != nil {
		f.Message = append(m.AppendJSON([]byte{'{'}), '}')
	}
	show(watching, f)
}

// said shows what was sent to a device.
func (g *Gateway) said(device fleet.DeviceID, n protocols.Network, b []byte) {
	watching := g.taps.of(device)
	if len(watching) == 0 || len(b) == 0 {
		return
	}
	show(watching, fleet.Frame{
		Time: time.Now().UTC().Truncate(time.Millisecond), Out: true, Network: n, Bytes: bytes.Clone(b),
	})
}

func show(watching []*tap, f fleet.Frame) {
	for _, t := range watching {
		select {
		case t.frames <- f:
		default:
			t.dropped.Add(1)
		}
	}
}
