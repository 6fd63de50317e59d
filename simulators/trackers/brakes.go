package trackers

import "time"

const (
	braking = 12 // km/h that a vehicle loses in a second
	hurried = 20 // km/h above which a cut is put off by the families that do so
)

// brakes hold a vehicle that is immobilised: it comes to a halt and stays there, engine off, until they are released,
// and then goes on with its journey where it left it.
type brakes struct {
	held  bool
	from  float64 // km/h at which it was when they were put on
	left  float64 // s until it stands
	whole float64 // s that it takes to stand
}

// hold puts the brakes on at a speed in km/h.
func (b *brakes) hold(speed float64) {
	if !b.held {
		*b = brakes{held: true, from: speed, left: speed / braking, whole: speed / braking}
	}
}

func (b *brakes) release() { *b = brakes{} }

// advance drives on for so many seconds, or as far as the brakes let it: at half the speed it gets half as far.
func (b *brakes) advance(d driver, seconds float64) {
	if !b.held {
		d.Advance(seconds)
		return
	}
	if b.left <= 0 {
		return
	}
	after := max(0, b.left-seconds)
	d.Advance((b.left*b.left - after*after) / (2 * b.whole))
	b.left = after
}

// record is what the vehicle's tracker notes.
func (b *brakes) record(d driver, at time.Time) record {
	r := d.record(at)
	if !b.held {
		return r
	}
	r.speed, r.ignition = 0, false
	if b.left > 0 {
		r.speed = uint8(b.from * b.left / b.whole)
	}
	return r
}
