package sms

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"drover/server/internal/fleet"
)

// laneKey is what messages ask of the modem that sends them.
type laneKey struct {
	iccid  string
	strict bool
	prefix string // the longest of the modems' prefixes that the number begins with
}

// lane is what waits with one wish, in the order in which it goes.
type lane struct {
	key     laneKey
	waiting []fleet.SMSWaiting
}

// inOrder compares by priority, and then by age.
func inOrder(a, b fleet.SMSWaiting) int {
	return cmp.Or(cmp.Compare(b.Priority, a.Priority), cmp.Compare(a.ID, b.ID))
}

// insert puts a message into its place; one that is there stays once.
func (l *lane) insert(w fleet.SMSWaiting) bool {
	at, there := slices.BinarySearchFunc(l.waiting, w, inOrder)
	if !there {
		l.waiting = slices.Insert(l.waiting, at, w)
	}
	return !there
}

// remove takes the message at a place.
func (l *lane) remove(i int) {
	if i == 0 {
		l.waiting = l.waiting[1:]
		return
	}
	l.waiting = slices.Delete(l.waiting, i, i+1)
}

// prune drops what has expired, and says how many that were.
func (l *lane) prune(now time.Time) int {
	before := len(l.waiting)
	l.waiting = slices.DeleteFunc(l.waiting, func(w fleet.SMSWaiting) bool { return !w.Expires.After(now) })
	return before - len(l.waiting)
}

// keyOf says in which lane a message waits. d.mu need not be held.
func (d *Desk) keyOf(w fleet.SMSWaiting) laneKey {
	k := laneKey{iccid: w.ICCID, strict: w.Strict}
	for _, c := range d.couriers {
		for _, prefix := range c.line.Prefixes {
			if len(prefix) > len(k.prefix) && strings.HasPrefix(w.Peer, prefix) {
				k.prefix = prefix
			}
		}
	}
	return k
}

// enqueue puts a message into its lane; d.mu is held.
func (d *Desk) enqueue(w fleet.SMSWaiting) bool {
	key := d.keyOf(w)
	l := d.lanes[key]
	if l == nil {
		l = &lane{key: key}
		d.lanes[key] = l
	}
	return l.insert(w)
}

// byHead gives the lanes that are not empty, the one whose first message goes first first; d.mu is held. Empty ones are
// forgotten.
func (d *Desk) byHead() []*lane {
	var lanes []*lane
	for key, l := range d.lanes {
		if len(l.waiting) == 0 {
			delete(d.lanes, key)
			continue
		}
		lanes = append(lanes, l)
	}
	slices.SortFunc(lanes, func(a, b *lane) int { return inOrder(a.waiting[0], b.waiting[0]) })
	return lanes
}
