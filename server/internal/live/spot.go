package live

import (
	"math"

	"drover/geo"
	"drover/server/internal/fleet"
)

// The bits of a frame's state.
const (
	stateNone    = 0
	stateMoving  = 1
	stateIdle    = 2
	stateStopped = 3
	stateMask    = 7
	bitAlarm     = 8
	bitHeading   = 16
	bitNotValid  = 32
)

const speedUnknown = math.MaxUint16 // 0.1 km/h

// spot is what a frame says of a vehicle, and when it last changed.
type spot struct {
	time      int64  // of the fix, ms since 1970
	version   uint64 // the cut in which it is new
	id        uint32 // vehicle; 0 if the place is free
	longitude int32  // degrees × 10⁷
	latitude  int32  // degrees × 10⁷
	speed     uint16 // 0.1 km/h
	heading   uint8  // course × 256 / 360
	state     uint8  // as in the frame
}

// apply puts a fix into the spot of a vehicle whose motion it comes to.
func (s *spot) apply(f *fleet.Fix, motion geo.State) {
	s.time = f.Time.UnixMilli()
	located := f.Located && math.Abs(f.Latitude) <= 90 && math.Abs(f.Longitude) <= 180
	if located {
		s.longitude, s.latitude = fixed(f.Longitude, 180), fixed(f.Latitude, 90)
	}
	s.move(f, located)
	known := located || s.state&stateMask != stateNone
	bits := s.state & bitHeading
	if f.Alarms != 0 {
		bits |= bitAlarm
	}
	if !located || !f.Valid {
		bits |= bitNotValid
	}
	if known {
		bits |= stateOf(motion)
	}
	s.state = bits
}

// move takes speed and course from a fix; what a fix without a location does not say stays.
func (s *spot) move(f *fleet.Fix, located bool) {
	if v, ok := f.Speed.Get(); ok && v >= 0 {
		s.speed = uint16(min(math.Round(v*10), speedUnknown-1))
	} else if located {
		s.speed = speedUnknown
	}
	if v, ok := f.Course.Get(); ok && v >= 0 && v <= circle {
		s.heading, s.state = uint8(int(math.Round(v*256/circle))), s.state|bitHeading
	} else if located {
		s.heading, s.state = 0, s.state&^bitHeading
	}
}

// stateOf is a motion in a frame; a vehicle that has said nothing that would tell counts as stopped.
func stateOf(motion geo.State) uint8 {
	switch motion {
	case geo.Moving:
		return stateMoving
	case geo.Idle:
		return stateIdle
	default:
		return stateStopped
	}
}

// reportOf is what a fix says of the motion.
func reportOf(f *fleet.Fix) geo.Report {
	r := geo.Report{Time: f.Time, At: f.Point(), Located: f.Located && f.Valid && f.Flags&fleet.FlagRepeated == 0,
		Speed: f.Speed.Value, HasSpeed: f.Speed.OK}
	if on, ok := f.Ignition.Get(); ok && on {
		r.Ignition = geo.IgnitionOn
	} else if ok {
		r.Ignition = geo.IgnitionOff
	}
	return r
}
