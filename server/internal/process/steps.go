package process

import (
	"hash/maphash"
	"strings"
	"time"

	"drover/geo"
	"drover/server/internal/fleet"
)

// step is one thing that is done with a fix. False drops the fix.
type step struct {
	name string
	do   func(*passage) bool
}

// steps is the life of a fix between the journal and the store.
func steps() []step {
	return []step{
		{"time", stepTime},
		{"sane", stepSane},
		{"duplicate", stepDuplicate},
		{"order", stepOrder},
		{"jump", stepJump},
		{"alarm", stepAlarm},
		{"sim", stepSIM},
		{"motion", stepMotion},
		{"latest", stepLatest},
	}
}

// passage is one fix on its way through the steps.
type passage struct {
	fix    fleet.Fix
	device *device
	limits Limits
	seed   maphash.Seed

	stored    bool             // it may be stored already
	counts    bool             // it is the device's last fix from now on
	events    []fleet.Event    // what it gave rise to
	sightings []fleet.Sighting // the same of SIMs
}

func (p *passage) event(at time.Time, kind, text string) {
	p.events = append(p.events, fleet.Event{Device: p.fix.Device, Time: at, Kind: kind, Text: text})
}

func stepTime(p *passage) bool {
	settleTime(&p.fix, p.limits)
	wrong := p.fix.Flags&fleet.FlagClock != 0
	if wrong && !p.device.clock {
		said := p.fix.Attributes[len(p.fix.Attributes)-1].Value.Raw()
		p.event(p.fix.Received, "clock", "The tracker's clock is wrong: it says "+said+". The time of receipt is used.")
	}
	if p.fix.Flags&fleet.FlagNoTime == 0 {
		p.device.clock = wrong
	}
	return true
}

func stepSane(p *passage) bool {
	settleValues(&p.fix.Position)
	return true
}

// stepDuplicate drops a record that was met lately, and marks the ones that may be in the database. What is newer than
// all that its device ever said can be neither.
func stepDuplicate(p *passage) bool {
	newer := p.fix.Time.After(p.device.Newest)
	p.stored = !newer
	if newer {
		p.device.Newest = p.fix.Time
	}
	if newer && p.fix.Flags&fleet.FlagClock == 0 {
		return true
	}
	return !p.device.seen(hashOf(p.seed, &p.fix))
}

func stepOrder(p *passage) bool {
	if p.fix.Time.Before(p.device.Last.Time) {
		p.fix.Flags |= fleet.FlagLate
	}
	if last := &p.device.Last; p.fix.Located && !p.fix.Valid && last.Located &&
		p.fix.Latitude == last.Latitude && p.fix.Longitude == last.Longitude {
		p.fix.Flags |= fleet.FlagRepeated
	}
	p.counts = p.fix.Located && !nowhere(&p.fix.Position) && p.fix.Flags&fleet.FlagLate == 0
	return true
}

const (
	fastest  = 500.0  // km/h; faster is nothing on wheels
	farNoise = 2000.0 // m; nearer is noise, however short the time
)

// stepJump marks a fix that is too far from the last one, unless it agrees with the jump before.
func stepJump(p *passage) bool {
	d := p.device
	if !p.counts || !p.fix.Valid {
		return true
	}
	if d.Last.Valid && !reachable(&d.Last, &p.fix) {
		if d.candidate.Time.IsZero() || p.fix.Time.Before(d.candidate.Time) || !reachable(&d.candidate, &p.fix) {
			p.fix.Flags |= fleet.FlagJump
			p.counts = false
			d.candidate = p.fix
			d.candidate.Attributes = nil
			return true
		}
	}
	d.candidate = fleet.Fix{}
	return true
}

func reachable(a, b *fleet.Fix) bool {
	far := geo.Distance(a.Point(), b.Point())
	return far <= farNoise || far <= fastest/3.6*b.Time.Sub(a.Time).Seconds()
}

// stepAlarm tells of alarms that were not on in the record before. Late ones are told of too, by their own time.
func stepAlarm(p *passage) bool {
	raised := p.fix.Alarms
	if p.fix.Flags&fleet.FlagLate == 0 {
		raised &^= p.device.alarms
		p.device.alarms = p.fix.Alarms
	}
	if raised != 0 {
		p.event(p.fix.Time, "alarm", strings.Join(raised.Names(), ", "))
	}
	return true
}

func stepMotion(p *passage) bool {
	d := p.device
	if p.fix.Flags&(fleet.FlagLate|fleet.FlagJump) != 0 {
		return true
	}
	r := geo.Report{Time: p.fix.Time, At: p.fix.Point(), Located: p.fix.Valid}
	if r.Speed, r.HasSpeed = p.fix.Speed.Get(); !p.fix.Valid {
		r.HasSpeed = false
	}
	if on, known := p.fix.Ignition.Get(); known {
		r.Ignition = geo.IgnitionOff
		if on {
			r.Ignition = geo.IgnitionOn
		}
	}
	d.motion = d.motion.Update(r)
	d.Motion, d.MotionSince = fleet.Motion(d.motion.State), d.motion.Since // their numbers are the same
	return true
}

// stepLatest keeps what the device said last, each value with its time; a late record may be the only one that said a
// thing.
func stepLatest(p *passage) bool {
	if p.counts {
		p.device.Last = p.fix
		p.device.Last.Attributes = nil
	}
	putValues(p.device, &p.fix)
	return true
}
