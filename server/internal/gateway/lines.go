package gateway

import (
	"maps"
	"net/netip"
	"sync"
	"time"

	"drover/server/internal/fleet"
)

// lines is the table of open TCP lines. It is safe for concurrent use.
type lines struct {
	limits Limits

	mu        sync.Mutex
	all       map[*line]struct{}
	strangers map[netip.Addr]int // lines by address, until their device is known
	byDevice  map[fleet.DeviceID]*line
	byTalk    map[fleet.DeviceID]speaker       // of UDP conversations
	conflicts map[fleet.DeviceID]time.Time     // the last that was told
	ended     map[fleet.DeviceID]fleet.Traffic // of what is not open any more, until it is taken
}

func newLines(limits Limits) *lines {
	return &lines{limits: limits, all: make(map[*line]struct{}), strangers: make(map[netip.Addr]int),
		byDevice: make(map[fleet.DeviceID]*line), byTalk: make(map[fleet.DeviceID]speaker),
		conflicts: make(map[fleet.DeviceID]time.Time), ended: make(map[fleet.DeviceID]fleet.Traffic)}
}

// add takes a new line in; false if there are too many.
func (t *lines) add(l *line) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	from := l.remote.Addr()
	if len(t.all) >= t.limits.Connections || t.strangers[from] >= t.limits.PerAddress {
		return false
	}
	t.all[l] = struct{}{}
	t.strangers[from]++
	return true
}

// claim makes l the line of its device and gives the one before, nil if there was none or it is l.
func (t *lines) claim(l *line) *line {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l.claimed {
		return nil
	}
	l.claimed = true
	t.introduced(l)
	old := t.byDevice[l.login]
	t.byDevice[l.login] = l
	return old
}

// introduced takes a line off its address's strangers.
func (t *lines) introduced(l *line) {
	from := l.remote.Addr()
	if t.strangers[from]--; t.strangers[from] <= 0 {
		delete(t.strangers, from)
	}
}

// move says that a line's caller is at another address than it seemed.
func (t *lines) move(l *line, to netip.AddrPort) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !l.claimed {
		t.introduced(l)
		t.strangers[to.Addr()]++
	}
	l.remote = to
}

// speaker is a UDP conversation and how to wake who works for it.
type speaker struct {
	talk *talk
	wake func()
}

// talks notes the conversation of a device; the latest counts.
func (t *lines) talks(c *talk, wake func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.byTalk[c.login] = speaker{c, wake}
}

// silent forgets a conversation.
func (t *lines) silent(c *talk) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settle(&c.conversation)
	if t.byTalk[c.login].talk == c {
		delete(t.byTalk, c.login)
	}
}

// postOf gives a device's mail and how to wake who delivers it; nil if it has no open line.
func (t *lines) postOf(id fleet.DeviceID) (m *mail, wake func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l := t.byDevice[id]; l != nil {
		return l.mailbox(), l.wake
	}
	if s, ok := t.byTalk[id]; ok {
		return s.talk.mailbox(), s.wake
	}
	return nil, nil
}

// has says whether a device has an open line.
func (t *lines) has(id fleet.DeviceID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.byDevice[id] != nil
}

// reaches says whether a device has an open line or a conversation.
func (t *lines) reaches(id fleet.DeviceID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, talks := t.byTalk[id]
	return talks || t.byDevice[id] != nil
}

// remove forgets a line.
func (t *lines) remove(l *line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, l)
	t.settle(&l.conversation)
	if !l.claimed {
		t.introduced(l)
	}
	if t.byDevice[l.login] == l {
		delete(t.byDevice, l.login)
	}
}

// mayTell says whether a conflict of the device should be told now: at most once in conflictEvery.
func (t *lines) mayTell(device fleet.DeviceID, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if last, ok := t.conflicts[device]; ok && now.Sub(last) < conflictEvery {
		return false
	}
	maps.DeleteFunc(t.conflicts, func(_ fleet.DeviceID, last time.Time) bool { return now.Sub(last) >= conflictEvery })
	t.conflicts[device] = now
	return true
}

func (t *lines) count() (open, known int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.all), len(t.byDevice)
}

// known gives the line of each device that has one.
func (t *lines) known() map[fleet.DeviceID]*line {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.byDevice)
}

func (t *lines) each(do func(*line)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for l := range t.all {
		do(l)
	}
}
