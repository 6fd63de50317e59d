package trackers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"drover/protocols"
)

const (
	firstWait   = 200 * time.Millisecond // before a vehicle dials again
	longestWait = 5 * time.Second        // the same after several failures
	keptRoom    = 64                     // records for which room stays when a backlog is gone
)

// vehicle is one simulated vehicle and its tracker. One goroutine owns it; SMS come from others (see text).
type vehicle struct {
	fleet *fleet
	lane  *lane
	index int // in the run
	drive driver
	*line // nil while it has none

	send    func(to, text string) // sends an SMS unasked; nil where nobody receives it
	sleeper bool                  // keeps no line until an SMS wakes it
	every   time.Duration         // between records, as it was told; 0: as the settings say
	brakes  brakes
	told    told // the only part that others touch

	name    string    // see identity; "" before it is asked for
	pending []record  // not acknowledged, oldest first
	taken   int       // records acknowledged, or written where nothing is acknowledged
	next    time.Time // of the next record
	outage  time.Time // when coverage is lost next; zero: not known yet
}

var (
	errDone = errors.New("all records are acknowledged")
	errCut  = errors.New("the report was cut on purpose")
)

func (v *vehicle) number() int { return v.fleet.config.First + v.index }

// identity is what the vehicle's tracker calls itself.
func (v *vehicle) identity() string {
	if v.name == "" {
		v.name = v.lane.says(Identity(v.number()))
	}
	return v.name
}

// run drives until ctx ends: it dials in, reports, and dials in again when the line breaks.
func (v *vehicle) run(ctx context.Context) {
	for wait := firstWait; v.asleep(ctx); wait = min(2*wait, longestWait) {
		before := v.taken
		err := v.converse(ctx)
		v.hangUp()
		if ctx.Err() != nil || errors.Is(err, errDone) {
			return
		}
		if err != nil && !errors.Is(err, errCut) && !errors.Is(err, errReboot) {
			v.fleet.failed(err)
		}
		if v.taken > before {
			wait = firstWait
		}
		if !sleep(ctx, wait/2+rand.N(wait)) {
			return
		}
	}
}

// sleep is false if ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// converse is one line from dialling in to its end.
func (v *vehicle) converse(ctx context.Context) error {
	conn, err := v.lane.dial(ctx, v.index)
	if err != nil {
		return err
	}
	v.pickUp(newLine(ctx, conn, v.lane, Identity(v.number()), v.fleet.config.AckTimeout, &v.told, v.obeyed))
	if err := v.login(ctx); err != nil {
		return err
	}
	for {
		now := time.Now()
		if err := v.live(now); err != nil || v.sleepy() {
			return err
		}
		if v.outageBegins(now) {
			v.loseCoverage(ctx)
			return nil
		}
		switch {
		case len(v.pending) > 0:
			err = v.report(ctx)
		case v.enough():
			err = errDone
		default:
			err = v.listen(ctx, v.next)
		}
		if err != nil {
			return err
		}
	}
}

func (v *vehicle) pickUp(l *line) {
	v.line = l
	v.told.Lock()
	v.told.line = l
	v.told.Unlock()
	v.fleet.lines.Add(1)
}

func (v *vehicle) hangUp() {
	v.told.Lock()
	v.told.line = nil
	v.told.Unlock()
	if v.line != nil {
		v.line.close()
		v.line = nil
		v.fleet.lines.Add(-1)
	}
}

// drivePast makes the records that are due: one an interval, or without one as many as a report takes.
func (v *vehicle) drivePast(now time.Time) {
	step, room := v.step(), -1
	if v.fleet.config.Interval == 0 {
		room = v.batch() - len(v.pending)
	}
	for ; room != 0 && !v.next.After(now) && !v.enough(); room-- {
		v.brakes.advance(v.drive, v.since().Seconds())
		r := v.brakes.record(v.drive, v.next)
		r.coarsen(v.lane.courses)
		v.keep(r)
		v.noted(r)
		v.next = v.next.Add(step)
	}
}

// step is the time from one record to the next.
func (v *vehicle) step() time.Duration {
	times, every := v.lane.times, cmp.Or(v.every, v.fleet.config.Interval)
	return max(times, (every+times-1)/times*times)
}

// enough is whether the vehicle has made all the records that it should.
func (v *vehicle) enough() bool {
	most := v.fleet.config.Records
	return most > 0 && v.taken+len(v.pending) >= most
}

// keep adds a record; a full backlog drops its oldest.
func (v *vehicle) keep(r record) {
	if len(v.pending) >= v.fleet.config.Backlog {
		v.pending = v.pending[1:]
		v.fleet.forgotten.Add(1)
	}
	v.pending = append(v.pending, r)
}

func (v *vehicle) batch() int {
	n := v.tracker.Batch()
	if most := v.fleet.config.Batch; most > 0 {
		n = min(n, most)
	}
	return n
}

// report sends the oldest records and waits until all of them are acknowledged.
func (v *vehicle) report(ctx context.Context) error {
	sent := min(len(v.pending), v.batch())
	data := v.fleet.phrase(v.tracker, v.pending[:sent], v.card())
	if rand.Float64() < v.fleet.config.Cut {
		v.fleet.cut.Add(1)
		return errors.Join(errCut, v.write(data[:rand.N(len(data))]))
	}
	if rand.Float64() < v.fleet.config.Malformed {
		v.spoil(ctx, v.pending[:sent])
	}
	start := time.Now()
	if err := v.write(data); err != nil {
		return err
	}
	if !v.tracker.Acknowledged() {
		v.fleet.written.Add(int64(sent))
		v.drop(sent)
		return nil
	}
	for sent > 0 {
		heard, err := v.hear(ctx, start.Add(v.patience))
		if err != nil {
			return fmt.Errorf("acknowledgement: %w", err)
		}
		n := min(heard.Positions, sent)
		v.fleet.acknowledged(v, v.pending[:n])
		v.drop(n)
		sent -= n
	}
	v.fleet.latency.add(time.Since(start))
	return nil
}

// card is the ICCID of the tracker's SIM, which it says in its first report on a line where its family can; "" after
// that.
func (v *vehicle) card() string {
	if v.saidCard {
		return ""
	}
	v.saidCard = true
	if among(v.number(), v.fleet.config.Swaps) {
		return iccid(strangerCards, v.number())
	}
	return ICCID(v.number())
}

// drop forgets the oldest records, which the server has.
func (v *vehicle) drop(n int) {
	v.taken += n
	v.pending = v.pending[:copy(v.pending, v.pending[n:])]
	if len(v.pending) == 0 && cap(v.pending) > keptRoom {
		v.pending = nil
	}
}

// forget drops all records: a sleeper keeps none.
func (v *vehicle) forget() { v.pending = nil }

// phrase words records as a tracker says them, the first with the ICCID of its SIM, if any. The bytes are the tracker's
// until its next report.
func (f *fleet) phrase(t protocols.Tracker, records []record, card string) []byte {
	scratch, _ := f.scratch.Get().(*[]protocols.Position)
	if scratch == nil {
		scratch = new([]protocols.Position)
	}
	defer f.scratch.Put(scratch)
	positions := (*scratch)[:0]
	for i := range records {
		positions = append(positions, records[i].position())
	}
	positions[0].ICCID = card
	*scratch = positions
	return t.Report(positions)
}
