package live

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"drover/server/internal/fleet"
)

// reader is one WebSocket. One goroutine listens to it; the other owns everything below cuts.
type reader struct {
	live    *Live
	board   *board
	of      fleet.Scope // which of the board's vehicles it may see
	conn    *websocket.Conn
	still   func(context.Context) error // ErrRefused when the reader may not see the board any more
	wishes  chan wish                   // from the listener, who waits until each is granted
	gone    chan error                  // why the listener ended
	refused chan error                  // that the reader may not stay
	notices *notices                    // that wait for it
	cuts    chan cut                    // taken only while nothing is being written: who is busy is passed over

	view   *box   // nil for all
	seen   uint64 // the last cut of which everything was sent
	roll   uint64 // the version of the list that was sent
	inside bits   // places on the board that were in the view when last sent
}

// scratch is the memory in which a frame is made.
type scratch struct {
	picked []int32
	frame  []byte
}

var errStalled = errors.New("the reader takes nothing")

// serve talks to the reader until it ends, or the server does.
func (r *reader) serve(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	var others sync.WaitGroup
	others.Go(func() { r.gone <- r.listen(ctx) })
	err := r.talk(ctx, &others)
	cancel()
	if code, text := farewellOf(err); code != 0 {
		message := websocket.FormatCloseMessage(code, text)
		_ = r.conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(farewell)) // it may be gone
	}
	_ = r.conn.Close()
	others.Wait()
}

// farewellOf gives the close code that tells why; 0 if there is nobody to tell.
func farewellOf(err error) (int, string) {
	var timeout net.Error
	var bad *wishError
	switch {
	case errors.Is(err, errStopped):
		return websocket.CloseGoingAway, err.Error()
	case errors.Is(err, ErrRefused):
		return websocket.ClosePolicyViolation, ErrRefused.Error()
	case errors.As(err, &bad):
		return websocket.ClosePolicyViolation, bad.Error()
	case errors.As(err, &timeout) && timeout.Timeout():
		return websocket.CloseTryAgainLater, errStalled.Error()
	}
	return 0, ""
}

// talk greets and then sends what is new. What it asks on the way, others do.
func (r *reader) talk(ctx context.Context, others *sync.WaitGroup) error {
	if err := r.greet(); err != nil {
		return err
	}
	ping := time.NewTicker(r.live.config.Ping)
	defer ping.Stop()
	recheck := time.NewTicker(r.live.config.Recheck)
	defer recheck.Stop()
	for {
		var err error
		select {
		case c := <-r.cuts:
			err = r.follow(&c)
		case w := <-r.wishes:
			if w.look {
				r.view = w.view
			}
			err = r.snapshot()
		case <-r.notices.some:
			err = r.pass()
		case <-ping.C:
			err = r.conn.WriteControl(websocket.PingMessage, nil, r.deadline())
		case <-recheck.C:
			others.Go(func() { r.recheck(ctx) })
		case err = <-r.refused:
		case err = <-r.gone:
		case <-r.live.stopped:
			err = errStopped
		}
		if err != nil {
			return err
		}
	}
}

// recheck asks whether the reader may stay. It ends before it is asked anew; one whom nobody knows of now stays.
func (r *reader) recheck(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, r.live.config.Recheck)
	defer cancel()
	if err := r.still(ctx); errors.Is(err, ErrRefused) {
		select {
		case r.refused <- err:
		default: // it is known already
		}
	}
}

func (r *reader) deadline() time.Time { return time.Now().Add(r.live.config.Patience) }

func (r *reader) greet() error {
	hello := struct {
		Type       string `json:"type"`
		ServerTime int64  `json:"server_time"`
		Interval   int64  `json:"interval_ms"`
	}{"hello", time.Now().UnixMilli(), r.live.config.Interval.Milliseconds()}
	_ = r.conn.SetWriteDeadline(r.deadline()) // gorilla's always succeeds
	if err := r.conn.WriteJSON(hello); err != nil {
		return err
	}
	if err := r.tell(true); err != nil {
		return err
	}
	return r.snapshot()
}

// tell sends the list of vehicles, or what changed in it.
func (r *reader) tell(first bool) error {
	messages, version, err := r.board.tell(&r.of, r.roll, first)
	if err != nil {
		return err
	}
	for _, m := range messages {
		if err := r.write(m); err != nil {
			return err
		}
	}
	r.roll = version
	return nil
}

func (r *reader) write(m *websocket.PreparedMessage) error {
	_ = r.conn.SetWriteDeadline(r.deadline()) // gorilla's always succeeds
	return r.conn.WritePreparedMessage(m)
}

// follow sends what a cut brought, and what was missed before it.
func (r *reader) follow(c *cut) error {
	if r.roll != c.roll {
		if err := r.tell(false); err != nil {
			return err
		}
		if r.of.Groups != nil { // vehicles may have come into its groups, which did not change otherwise
			return r.snapshot()
		}
	}
	if r.of.Groups != nil || r.view != nil || r.seen+1 != c.number {
		return r.send(kindChanges, "own")
	}
	if err := r.write(c.frame); err != nil {
		return err
	}
	r.seen = c.number
	r.count("shared", c.bytes)
	return nil
}

func (r *reader) snapshot() error {
	r.inside, r.seen = nil, 0
	return r.send(kindSnapshot, "snapshot")
}

// send makes a frame for this reader alone: all that changed after seen and is in its view, or was.
func (r *reader) send(k kind, counted string) error {
	s, ok := r.live.pool.Get().(*scratch)
	if !ok {
		s = new(scratch)
	}
	defer r.live.pool.Put(s)
	r.board.mu.RLock()
	seen := r.board.cuts
	s.picked = r.look(r.board.allowed(r.board.since(s.picked[:0], r.seen), &r.of), r.board.spots)
	s.frame = appendFrame(s.frame[:0], k, time.Now(), r.board.spots, s.picked)
	r.board.mu.RUnlock()
	_ = r.conn.SetWriteDeadline(r.deadline()) // gorilla's always succeeds
	if err := r.conn.WriteMessage(websocket.BinaryMessage, s.frame); err != nil {
		return err
	}
	r.seen = seen
	r.count(counted, len(s.frame))
	return nil
}

// look keeps those of picked that are in the reader's view, and those that were when they were last sent.
func (r *reader) look(picked []int32, spots []spot) []int32 {
	if r.view == nil {
		return picked
	}
	kept := picked[:0]
	for _, at := range picked {
		in, was := r.view.holds(&spots[at]), r.inside.has(at)
		if in || was {
			kept = append(kept, at)
		}
		if in != was {
			r.inside.flip(at)
		}
	}
	return kept
}

func (r *reader) count(kind string, bytes int) {
	r.live.metrics.frames.WithLabelValues(kind).Inc()
	r.live.metrics.bytes.Add(float64(bytes))
}

// bits is a set of small numbers.
type bits []uint64

func (b bits) has(n int32) bool { return int(n)/64 < len(b) && b[n/64]&(1<<(n%64)) != 0 }

func (b *bits) flip(n int32) {
	for int(n)/64 >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[n/64] ^= 1 << (n % 64)
}
