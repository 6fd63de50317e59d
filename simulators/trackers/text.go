package trackers

import (
	"math/rand/v2"
	"sync"
	"time"

	"drover/protocols"
)

const (
	soonest = time.Second     // until a vehicle answers an SMS
	latest  = 4 * time.Second // the same, at most, and between two answers
	wakeful = time.Minute     // for which an SMS keeps a vehicle awake that sleeps
)

// told is what a vehicle was told and has not done yet, and how it stands. Any goroutine may use it: the vehicle's own
// takes from it what is to be done, and others put it there.
//
// Each kind of order is kept once: of two intervals the later counts.
type told struct {
	sync.Mutex
	now    record        // the last that the vehicle made
	every  time.Duration // between records from now on; 0: as before
	engine protocols.CommandKind
	report bool      // make a record at once
	reboot bool      // hang up, and dial in again
	awake  time.Time // until when a sleeper keeps a line
	later  *later    // a cut that waits for the vehicle to be slow

	// How to end what the vehicle waits for.
	line *line       // nil while it has none
	nap  *time.Timer // nil while it does not sleep
}

// later is a cut that was put off. from is "" where it came over the line: nobody is told when it is done.
type later struct{ from, text string }

// text hears an SMS: the vehicle does what it says, in its own goroutine, and answers. Safe for concurrent use. The
// vehicle needs no line for it.
func (v *vehicle) text(from, text string) []Reply {
	v.told.Lock()
	defer v.told.Unlock()
	v.told.awake = time.Now().Add(wakeful)
	v.told.report = v.told.report || v.sleeper // which says where it is whenever it wakes
	defer v.told.wake()
	hear := v.lane.protocol.HearText
	if hear == nil {
		return nil
	}
	c, said, ok := hear(v.device(), text, v.told.now.position())
	if ok {
		v.fleet.commands.Add(1)
		v.told.order(&c, v.lane.putOff(said), later{from, text})
	}
	return inTime(said)
}

// device is what the tracker knows of itself: all else of its profile is as it was sold.
func (v *vehicle) device() protocols.Device {
	return protocols.Device{Identity: v.lane.says(Identity(v.number()))}
}

// inTime gives each answer the time that trackers take.
func inTime(said []string) []Reply {
	replies := make([]Reply, len(said))
	after := time.Duration(0)
	for i, text := range said {
		after += soonest + rand.N(latest-soonest)
		replies[i] = Reply{After: after, Text: text}
	}
	return replies
}

// order notes a command. Where a server or an access point is set, or an output switched, the answer is all.
func (t *told) order(c *protocols.Command, putOff bool, why later) {
	switch c.Kind {
	case protocols.Locate:
		t.report = true
	case protocols.Interval:
		t.every = c.Every
	case protocols.Reboot:
		t.reboot = true
	case protocols.Release:
		t.engine, t.later = protocols.Release, nil
	case protocols.Immobilise:
		if putOff {
			t.later = &why
		} else {
			t.engine, t.later = protocols.Immobilise, nil
		}
	}
}

// wake ends the vehicle's wait. It may end one wait too many, which the vehicle goes back to.
func (t *told) wake() {
	if t.line != nil {
		_ = t.line.conn.SetReadDeadline(time.Now()) // a closed line ends its wait by itself
	}
	if t.nap != nil {
		t.nap.Reset(0)
	}
}

// waiting is whether there is something to do.
func (t *told) waiting() bool {
	t.Lock()
	defer t.Unlock()
	return t.every > 0 || t.engine != protocols.Custom || t.report || t.reboot
}
