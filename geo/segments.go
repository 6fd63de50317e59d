package geo

import (
	"time"

	"github.com/paulmach/orb"
)

const (
	// Silence is how long a device that is not parked may say nothing before its vehicle counts as silent.
	Silence = 15 * time.Minute
	// SamePlace is how far from where it parked a vehicle may be found and still have stood there all the time, in metres.
	SamePlace = 200.0
)

// Segment is a span of time in which a vehicle did one thing.
type Segment struct {
	State      State // Unknown: silent
	From, To   time.Time
	Distance   float64   // m, covered while Moving
	MaxSpeed   float64   // km/h, the highest that was reported; 0 if none was
	Start, End orb.Point // only if Located
	Located    bool
}

// Segments cuts the reports between two times into segments by Motion. A vehicle is silent where nothing was reported
// for longer than Silence, unless it had stopped and is found where it was. What drifts while it stands is no distance,
// nor is the leap over a silence.
//
// Reports come in the order of their times. To be right about its ends it wants the last report before From and the
// first after To, if there are any. It keeps one segment and gives the rest away: memory does not grow.
type Segments struct {
	from, to time.Time
	emit     func(Segment)
	motion   Motion
	open     Segment
	held     Segment   // the one before, in case that the next is of the same state; its From is zero if there is none
	last     time.Time // of the newest report; zero before the first
	at       orb.Point // where it last was, if located
	located  bool
}

// NewSegments calls emit with each segment, in order and without gaps between from and to.
func NewSegments(from, to time.Time, emit func(Segment)) *Segments {
	return &Segments{from: from, to: to, emit: emit, open: Segment{From: from}}
}

// Add takes the next report. One that is not newer than the one before changes nothing.
func (s *Segments) Add(r Report) {
	if !r.Time.After(s.last) {
		return
	}
	quiet := r.Time.Sub(s.last) > Silence
	first := s.last.IsZero()
	leap := first || quiet
	if first {
		s.open.From = s.from
		if r.Time.Before(s.from) {
			s.open.From = r.Time
		}
	} else if quiet && !s.parked(r) {
		s.turn(Unknown, s.last)
		s.motion = Motion{}
	}
	if s.last.Before(s.from) && !r.Time.Before(s.from) { // what was before does not count
		s.open.Distance, s.open.Start, s.open.Located = 0, s.at, s.located
	}
	s.motion = s.motion.Update(r)
	if s.motion.State != Unknown && s.motion.State != s.open.State {
		s.turn(s.motion.State, s.motion.Since)
	}
	s.last = r.Time
	if !r.Time.Before(s.to) {
		return
	}
	if r.Located {
		s.arrive(r.At, leap)
	}
	if r.HasSpeed && !r.Time.Before(s.from) {
		s.open.MaxSpeed = max(s.open.MaxSpeed, r.Speed)
	}
}

// parked tells whether a report after a silence finds the vehicle where it stopped.
func (s *Segments) parked(r Report) bool {
	return s.open.State == Stopped && (!r.Located || !s.located || Distance(s.at, r.At) <= SamePlace)
}

// arrive moves the vehicle, over a distance that counts if it was seen on the way.
func (s *Segments) arrive(at orb.Point, leap bool) {
	if s.located && !leap && s.open.State == Moving {
		s.open.Distance += Distance(s.at, at)
	}
	s.at, s.located = at, true
	if !s.open.Located {
		s.open.Start, s.open.Located = at, true
	}
	s.open.End = at
}

// turn ends the open segment and begins one of another state. What nothing is known of yet becomes part of it, if that
// is shorter than Silence.
func (s *Segments) turn(state State, when time.Time) {
	when = later(when, s.open.From)
	if s.open.State == Unknown && s.last.IsZero() && when.Sub(s.open.From) <= Silence {
		s.open.State = state
		return
	}
	s.close(when)
	s.open = Segment{State: state, From: when, Start: s.at, End: s.at, Located: s.located}
}

// close ends the open segment, of which what lies between from and to counts.
func (s *Segments) close(when time.Time) {
	done := s.open
	done.From, done.To = later(done.From, s.from), when
	if done.To.After(s.to) {
		done.To = s.to
	}
	if !done.From.Before(done.To) {
		return
	}
	if s.held.State == done.State && !s.held.From.IsZero() { // what was between them took no time
		s.held.To, s.held.End = done.To, done.End
		s.held.Distance += done.Distance
		s.held.MaxSpeed = max(s.held.MaxSpeed, done.MaxSpeed)
		return
	}
	s.flush()
	s.held = done
}

// flush gives away the segment that was held back.
func (s *Segments) flush() {
	if !s.held.From.IsZero() {
		s.emit(s.held)
	}
}

// End gives away the last segment; there is nothing to add afterwards.
func (s *Segments) End() {
	if !s.last.IsZero() && s.to.Sub(s.last) > Silence {
		s.turn(Unknown, s.last)
	}
	s.close(s.to)
	s.flush()
}
