package live

import (
	"sync"
	"time"

	"drover/server/internal/fleet"
)

// maxNotices is how many different ones wait for a reader; one that is farther behind is told that anything may have
// changed.
const maxNotices = 256

// notice is a message of the type notice.
type notice struct {
	Type    string          `json:"type"`
	Kind    string          `json:"kind"`
	ID      int64           `json:"id"`
	Vehicle fleet.VehicleID `json:"vehicle_id"`
}

// allChanged stands for any number of notices.
var allChanged = notice{Type: "notice", Kind: "all"}

// Notice tells the readers who may see it that something changed. It does not block.
func (l *Live) Notice(n fleet.Notice) {
	if n.Kind == "" {
		for _, b := range l.all() {
			b.notice(nil, allChanged)
		}
		return
	}
	now := l.config.Registry.Now()
	told := notice{Type: "notice", Kind: n.Kind, ID: n.ID}
	var of *fleet.Vehicle // nil: only for who sees all
	if d, ok := now.DeviceByID(n.Device); ok && d.Organization == n.Organization {
		if v, ok := now.Vehicle(d.Vehicle); ok && v.Organization == n.Organization {
			of, told.Vehicle = &v, v.ID
		}
	}
	l.board(n.Organization).notice(of, told)
}

// notice hands it to the readers who see the vehicle, or all.
func (b *board) notice(of *fleet.Vehicle, n notice) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for r := range b.readers {
		if n == allChanged || r.of.Groups == nil || of != nil && r.of.Sees(of) {
			r.notices.put(n)
		}
	}
}

// notices are those that wait for a reader, each once.
type notices struct {
	mu      sync.Mutex
	waiting []notice
	known   map[notice]struct{}
	some    chan struct{} // has a token while any wait
}

func newNotices() *notices {
	return &notices{known: map[notice]struct{}{}, some: make(chan struct{}, 1)}
}

func (q *notices) put(n notice) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, waits := q.known[n]; waits || len(q.waiting) == 1 && q.waiting[0] == allChanged {
		return
	}
	if n == allChanged || len(q.waiting) >= maxNotices {
		clear(q.known)
		q.waiting, n = q.waiting[:0], allChanged
	}
	q.known[n] = struct{}{}
	q.waiting = append(q.waiting, n)
	select {
	case q.some <- struct{}{}:
	default:
	}
}

func (q *notices) take() []notice {
	q.mu.Lock()
	defer q.mu.Unlock()
	taken := q.waiting
	q.waiting = nil
	clear(q.known)
	return taken
}

// pass sends a reader the notices that wait for it.
func (r *reader) pass() error {
	for _, n := range r.notices.take() {
		_ = r.conn.SetWriteDeadline(r.deadline()) // gorilla's always succeeds
		if err := r.conn.WriteJSON(n); err != nil {
			return err
		}
	}
	return nil
}

// Speed is how fast a vehicle was last, in km/h, and when. False: that is not known, as where its last fix is not
// valid.
func (l *Live) Speed(of fleet.OrganizationID, vehicle fleet.VehicleID) (kmh float64, at time.Time, known bool) {
	b := l.board(of)
	b.mu.RLock()
	defer b.mu.RUnlock()
	place, ok := b.index[vehicle]
	if !ok {
		return 0, at, false
	}
	s := &b.spots[place]
	if s.speed == speedUnknown || s.state&bitNotValid != 0 {
		return 0, at, false
	}
	return float64(s.speed) / 10, time.UnixMilli(s.time), true
}
