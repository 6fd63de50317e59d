package live

import (
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"drover/geo"
	"drover/server/internal/fleet"
)

// board is the latest of each vehicle of one organization, and who looks at it.
type board struct {
	organization fleet.OrganizationID

	mu      sync.RWMutex
	cuts    uint64 // how often it was cut; what changes now bears the next number
	spots   []spot
	motions []geo.Motion // of the spots
	free    []int32      // places in spots
	index   map[fleet.VehicleID]int32
	readers map[*reader]struct{}
	roll    roll

	picked []int32 // between two uses, for cut
	frame  []byte
}

// cut is what changed between two moments, ready to be sent.
type cut struct {
	number uint64
	roll   uint64 // the roll's version
	frame  *websocket.PreparedMessage
	bytes  int
}

func newBoard(of fleet.OrganizationID) *board {
	return &board{organization: of, index: make(map[fleet.VehicleID]int32), readers: make(map[*reader]struct{})}
}

// update puts a fix on the board, unless it is older than what is there. The motion that it came to is stored, if
// that is known.
func (b *board) update(vehicle fleet.VehicleID, f *fleet.Fix, stored geo.Motion) {
	b.mu.Lock()
	defer b.mu.Unlock()
	at, ok := b.index[vehicle]
	if !ok {
		at = b.place()
		b.index[vehicle] = at
		b.spots[at] = spot{id: uint32(vehicle), speed: speedUnknown}
	}
	s, m := &b.spots[at], &b.motions[at]
	if ok && f.Time.UnixMilli() < s.time {
		return
	}
	if stored.State != geo.Unknown {
		*m = stored
	} else {
		*m = m.Update(reportOf(f))
	}
	s.apply(f, m.State)
	s.version = b.cuts + 1
}

// place gives a free place in spots.
func (b *board) place() int32 {
	if n := len(b.free); n > 0 {
		at := b.free[n-1]
		b.free = b.free[:n-1]
		return at
	}
	b.spots, b.motions = append(b.spots, spot{}), append(b.motions, geo.Motion{})
	return int32(len(b.spots) - 1)
}

// prune forgets the vehicles that are not the organization's any more.
func (b *board) prune(now *fleet.Snapshot) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for id, at := range b.index {
		if v, ok := now.Vehicle(id); !ok || v.Organization != b.organization {
			delete(b.index, id)
			b.spots[at], b.motions[at] = spot{}, geo.Motion{}
			b.free = append(b.free, at)
		}
	}
}

// cut hands what changed since the cut before to the readers, and counts those that were still busy.
func (b *board) cut(registry *fleet.Snapshot, now time.Time) (busy int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.readers) == 0 {
		return 0, nil
	}
	if err := b.roll.follow(registry, b.organization); err != nil {
		return 0, err
	}
	b.picked = b.since(b.picked[:0], b.cuts)
	b.cuts++
	b.frame = appendFrame(b.frame[:0], kindChanges, now, b.spots, b.picked)
	prepared, err := websocket.NewPreparedMessage(websocket.BinaryMessage, b.frame)
	if err != nil {
		return 0, err
	}
	c := cut{number: b.cuts, roll: b.roll.version, frame: prepared, bytes: len(b.frame)}
	for r := range b.readers {
		select {
		case r.cuts <- c:
		default:
			busy++
		}
	}
	return busy, nil
}

// since appends the places of the vehicles that changed after the cut of that number.
func (b *board) since(picked []int32, number uint64) []int32 {
	for i := range b.spots {
		if s := &b.spots[i]; s.version > number && s.id != 0 {
			picked = append(picked, int32(i))
		}
	}
	return picked
}

// allowed keeps those of picked that the scope sees, as the roll has them.
func (b *board) allowed(picked []int32, of *fleet.Scope) []int32 {
	if of.Groups == nil {
		return picked
	}
	kept := picked[:0]
	for _, at := range picked {
		if v, ok := b.roll.of.Vehicle(fleet.VehicleID(b.spots[at].id)); ok && of.Sees(&v) {
			kept = append(kept, at)
		}
	}
	return kept
}

// join adds a reader.
func (b *board) join(r *reader, registry *fleet.Snapshot) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.readers[r] = struct{}{}
	return b.roll.follow(registry, b.organization)
}

func (b *board) leave(r *reader) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.readers, r)
}

// hangUp cuts all readers off.
func (b *board) hangUp() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for r := range b.readers {
		_ = r.conn.Close() // its own goroutines notice
	}
}
