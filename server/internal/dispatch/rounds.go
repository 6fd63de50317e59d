package dispatch

import (
	"sync"

	"drover/server/internal/fleet"
)

// rounds are the devices to be looked after, each once and by one worker at a time. It has no limit of its own: there
// are no more than devices.
type rounds struct {
	mu      sync.Mutex
	some    *sync.Cond
	waiting []fleet.DeviceID
	is      map[fleet.DeviceID]stage
	closed  bool
}

type stage uint8

const (
	waits stage = iota + 1
	worked
	again // it is worked on, and is to be looked at again then
)

func newRounds() *rounds {
	r := &rounds{is: map[fleet.DeviceID]stage{}}
	r.some = sync.NewCond(&r.mu)
	return r
}

func (r *rounds) put(id fleet.DeviceID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch r.is[id] {
	case waits, again:
	case worked:
		r.is[id] = again
	default:
		r.is[id] = waits
		r.waiting = append(r.waiting, id)
		r.some.Signal()
	}
}

// take waits for a device; false once the rounds are closed.
func (r *rounds) take() (fleet.DeviceID, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.waiting) == 0 && !r.closed {
		r.some.Wait()
	}
	if r.closed {
		return 0, false
	}
	id := r.waiting[0]
	r.waiting = r.waiting[1:]
	r.is[id] = worked
	return id, true
}

// done ends the work on a device.
func (r *rounds) done(id fleet.DeviceID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.is[id] != again {
		delete(r.is, id)
		return
	}
	r.is[id] = waits
	r.waiting = append(r.waiting, id)
	r.some.Signal()
}

func (r *rounds) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	r.some.Broadcast()
}

// wanted says whether a device is to be looked at again.
func (r *rounds) wanted(id fleet.DeviceID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.is[id] == waits || r.is[id] == again
}
