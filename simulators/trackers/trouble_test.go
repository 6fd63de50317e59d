package trackers

import (
	"errors"
	"slices"
	"testing"
	"time"

	"drover/protocols"
)

// TestOutages: what was recorded while there was no line is sent afterwards, in order and once.
func TestOutages(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.Batch, c.OutageEvery, c.Outage = 5, 5*time.Millisecond, time.Millisecond
	r := start(t, c)
	var heard []protocols.Position
	for range 3 {
		call := s.accept().welcome()
		for m := call.next(); m != nil; m = call.next() {
			heard = append(heard, m.Positions...)
			call.say(m.Reply)
		}
	}
	s.accept()
	r.stop()
	same(t, r.wait(), lines(Identity(1), heard...))
	if r.summary.Outages != 3 || r.summary.Errors != 0 {
		t.Error(r.summary)
	}
	for i := range heard[1:] {
		if step := heard[i+1].Time.Sub(heard[i].Time); step != time.Second {
			t.Errorf("a record comes %v after the one before", step)
		}
	}
}

// TestBacklog: a vehicle goes on recording while it has no line, as much as its backlog holds.
func TestBacklog(t *testing.T) {
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	v := &vehicle{fleet: &fleet{config: &Config{Interval: 5 * time.Second, Backlog: 100}}, drive: NewDrive(1), next: begin,
		lane: &lane{times: time.Second, courses: 1}}
	v.drivePast(begin.Add(299 * time.Second))
	if len(v.pending) != 60 || v.fleet.forgotten.Load() != 0 {
		t.Fatalf("%d records wait, %d are forgotten", len(v.pending), v.fleet.forgotten.Load())
	}
	v.drivePast(begin.Add(24 * time.Hour))
	if len(v.pending) != 100 || v.fleet.forgotten.Load() != 24*3600/5+1-100 {
		t.Fatalf("%d records wait, %d are forgotten", len(v.pending), v.fleet.forgotten.Load())
	}
	last := v.pending[99].position()
	if !last.Time.Equal(begin.Add(24 * time.Hour)) {
		t.Errorf("the last record is of %v", last.Time)
	}
	spaced := func(a, b record) int { return int(b.time-a.time) - 5 }
	for i := range v.pending[1:] {
		if spaced(v.pending[i], v.pending[i+1]) != 0 {
			t.Errorf("record %d is of %d, the next of %d", i, v.pending[i].time, v.pending[i+1].time)
		}
	}
	oldest := v.pending[30]
	if v.drop(30); v.pending[0] != oldest || v.taken != 30 {
		t.Error("not the oldest records were dropped")
	}
	if v.drop(70); cap(v.pending) > keptRoom {
		t.Error("the room of a long backlog is kept")
	}
}

// TestNoFuture: with no interval the records come from the past, and never from the future.
func TestNoFuture(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.StartAgo = 3 * time.Second
	r := start(t, c)
	call := s.accept().welcome()
	for n := 0; n < 5; {
		m := call.next()
		if m == nil {
			t.Fatal("the vehicle hung up")
		}
		n += len(m.Positions)
		for _, p := range m.Positions {
			if ahead := time.Until(p.Time); ahead > 0 {
				t.Errorf("a record is %v ahead", ahead)
			}
		}
		call.say(m.Reply)
	}
	r.stop()
	r.wait()
}

// TestCut: only a part of the report comes, then the line ends; nothing is acknowledged.
func TestCut(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.Cut = 1
	r := start(t, c)
	for range 3 {
		call := s.accept().welcome()
		if m := call.next(); m != nil {
			t.Errorf("a report of %d positions came whole", len(m.Positions))
		}
	}
	r.stop()
	if got := r.wait(); len(got) != 0 || r.summary.Cut < 3 || r.summary.Errors != 0 {
		t.Errorf("%d lines in the ledger: %s", len(got), r.summary)
	}
}

// TestMalformed: a stranger says a spoilt copy on a line of its own, and the vehicle's own report is whole.
func TestMalformed(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.Malformed, c.Records, c.Batch = 1, 4, 4
	r := start(t, c)
	call := s.accept().welcome()
	stranger := s.accept()
	var spoilt []byte
	for data := stranger.read(); data != nil; data = stranger.read() {
		spoilt = append(spoilt, data...)
	}
	m := call.report(4)
	call.say(m.Reply)
	call.ended()
	same(t, r.wait(), lines(Identity(1), m.Positions...))
	if r.summary.Spoilt != 1 {
		t.Error(r.summary)
	}
	whole := unspoilt(t, m.Positions)
	if len(spoilt) != len(whole) {
		t.Fatalf("%d bytes came, want %d", len(spoilt), len(whole))
	}
	changed := 0
	for i := range whole {
		if whole[i] != spoilt[i] {
			changed++
		}
	}
	if changed == 0 || changed > maxSpoilt {
		t.Errorf("%d bytes are spoilt", changed)
	}
}

// unspoilt is what a stranger would say of the positions were nothing spoilt.
func unspoilt(t *testing.T, positions []protocols.Position) []byte {
	t.Helper()
	var records []record
	for i, d := 0, NewDrive(1); i < len(positions); i++ {
		d.Advance(1)
		records = append(records, d.record(positions[i].Time))
	}
	f := new(fleet)
	tracker := protocolNamed(t, "teltonika").Speak(protocols.TCP, imei(strangerPrefix, 1))
	return slices.Concat(tracker.Hello(), f.phrase(tracker, records, ""))
}

// TestLedgerThatCannotBeWritten ends the run, and says so.
func TestLedgerThatCannotBeWritten(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.Ledger = broken{}
	r := start(t, c)
	call := s.accept().welcome()
	for m := call.next(); m != nil; m = call.next() {
		if _, err := call.conn.Write(m.Reply); err != nil {
			break // it has hung up
		}
	}
	if r.wait(); !errors.Is(r.err, errBroken) {
		t.Errorf("the run ended with %v", r.err)
	}
}

var errBroken = errors.New("disk full")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }
