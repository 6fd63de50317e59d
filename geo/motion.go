package geo

import (
	"time"

	"github.com/paulmach/orb"
)

// State is what a vehicle does. The numbers never change; they may be stored.
type State uint8

// The states.
const (
	Unknown State = 0 // nothing was reported yet that would tell
	Moving  State = 1
	Idle    State = 2 // not moving, with the ignition on
	Stopped State = 3 // not moving, with the ignition off or not known
)

// String is the state's name, in lower case.
func (s State) String() string {
	switch s {
	case Moving:
		return "moving"
	case Idle:
		return "idle"
	case Stopped:
		return "stopped"
	default:
		return "unknown"
	}
}

// Ignition is what a report says of the ignition.
type Ignition uint8

// The ignition's states.
const (
	IgnitionUnsaid Ignition = 0
	IgnitionOff    Ignition = 1
	IgnitionOn     Ignition = 2
)

// Report is what is known at one moment.
type Report struct {
	Time     time.Time
	At       orb.Point // only if Located
	Located  bool      // by a fix of that time
	Speed    float64   // km/h; only if HasSpeed
	HasSpeed bool
	Ignition Ignition
}

// The thresholds of Motion. A receiver at rest reports up to about 4 km/h and wanders by some tens of metres.
const (
	SlowSpeed = 3.0              // km/h: up to here a vehicle does not move
	SureSpeed = 6.0              // km/h: above, one report proves that it moves; between, two in a row do
	FarEnough = 50.0             // m: what a vehicle without a speed must cover to move, at more than SlowSpeed
	Patience  = 60 * time.Second // how long it may take for that, before it does not move
	Hold      = 30 * time.Second // how long a moving vehicle may be slow and still count as moving
)

// Motion tells moving, idle and stopped apart. It is a value: Update gives the next one. The zero Motion knows nothing;
// one made of State and Since alone, as they were stored, goes on from there.
//
// A report with a speed is judged by that, another one by the distance from where the vehicle last was seen to have
// moved or rested. A vehicle begins to move with one report above SureSpeed or two in a row above SlowSpeed, which do
// not count while the ignition is off: then it is noise, whereas one that is fast is being towed. It ends moving when
// it was slow for Hold (Since is then when it became slow), or at the first slow report with the ignition off. The
// ignition counts as it was last reported.
type Motion struct {
	State State
	Since time.Time // when State began; zero while it is Unknown

	last      time.Time // of the newest report
	ignition  Ignition
	maybe     time.Time // of a first report between SlowSpeed and SureSpeed; zero if the last was none
	slowSince time.Time // since when a moving vehicle has been slow; zero if it is not
	anchor    orb.Point // where it was at anchored
	anchored  time.Time // zero if there is no anchor yet
}

// pace is what one report proves.
type pace uint8

const (
	unclear pace = iota
	slow
	perhaps // between SlowSpeed and SureSpeed
	fast
)

// Update is the motion after a report. One that is not newer than the newest changes nothing.
func (m Motion) Update(r Report) Motion {
	if !r.Time.After(m.last) {
		return m
	}
	m.last = r.Time
	if r.Ignition != IgnitionUnsaid {
		m.ignition = r.Ignition
	} else if m.ignition == IgnitionUnsaid && m.State == Idle { // stored as idle: it was on
		m.ignition = IgnitionOn
	}
	found, since := m.pace(r)
	if r.Located && (r.HasSpeed || found != unclear || m.anchored.IsZero()) {
		m.anchor, m.anchored = r.At, r.Time
	}
	first := m.maybe
	m.maybe = time.Time{}
	switch {
	case found == fast:
		return m.moves(later(since, m.Since))
	case found == perhaps && m.ignition != IgnitionOff && m.State == Moving:
		m.slowSince = time.Time{}
		return m
	case found == perhaps && m.ignition != IgnitionOff && !first.IsZero():
		return m.moves(later(first, m.Since))
	case found == perhaps && m.ignition != IgnitionOff:
		m.maybe = r.Time
		return m.rests(r.Time)
	case found == unclear && m.State == Unknown && m.ignition != IgnitionOff:
		return m
	case m.State != Moving:
		return m.rests(r.Time)
	}
	if m.slowSince.IsZero() && (found != unclear || m.ignition == IgnitionOff) {
		m.slowSince = later(since, m.Since)
	}
	if !m.slowSince.IsZero() && (m.ignition == IgnitionOff || r.Time.Sub(m.slowSince) >= Hold) {
		return m.rests(m.slowSince)
	}
	return m
}

// pace judges a report, and says since when it has been so.
func (m Motion) pace(r Report) (pace, time.Time) {
	if r.HasSpeed {
		switch {
		case r.Speed > SureSpeed:
			return fast, r.Time
		case r.Speed > SlowSpeed:
			return perhaps, r.Time
		default:
			return slow, r.Time
		}
	}
	if !r.Located || m.anchored.IsZero() {
		return unclear, r.Time
	}
	far, took := Distance(m.anchor, r.At), r.Time.Sub(m.anchored)
	switch {
	case far > FarEnough && far/took.Seconds()*3.6 > SlowSpeed:
		return fast, m.anchored
	case far > FarEnough || took >= Patience:
		return slow, m.anchored
	default:
		return unclear, r.Time
	}
}

func (m Motion) moves(since time.Time) Motion {
	m.slowSince = time.Time{}
	if m.State != Moving {
		m.State, m.Since = Moving, since
	}
	return m
}

// rests makes it idle or stopped, by the ignition.
func (m Motion) rests(since time.Time) Motion {
	m.slowSince = time.Time{}
	state := Stopped
	if m.ignition == IgnitionOn {
		state = Idle
	}
	if m.State != state {
		m.State, m.Since = state, since
	}
	return m
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
