package process

import (
	"hash/maphash"
	"time"

	"drover/geo"
	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

const (
	ringSize  = 32  // hashes a device
	maxValues = 512 // latest values a device; what more it invents is in its fixes only
)

// device is what is known of one device. It belongs to its partition's goroutine.
type device struct {
	store.DeviceState
	candidate fleet.Fix        // the jump that was not believed yet; Time zero if there is none
	recent    [ringSize]uint64 // hashes of records that may come again
	next      int              // where the next one goes
	motion    geo.Motion
	alarms    protocols.Alarms // of its last fix in time
	clock     bool             // its clock was wrong the last time
	sim       saidSIM          // it has
	touched   uint64           // the batch that it was in last
}

func newDevice(s store.DeviceState) *device {
	motion := geo.Motion{State: geo.State(s.Motion), Since: s.MotionSince}
	return &device{DeviceState: s, alarms: s.Last.Alarms, motion: motion}
}

// seen says whether a record's hash is in the ring, and puts it there.
func (d *device) seen(hash uint64) bool {
	for _, h := range d.recent {
		if h == hash {
			return true
		}
	}
	d.recent[d.next] = hash
	d.next = (d.next + 1) % ringSize
	return false
}

// hashOf is a hash of what the tracker said, and not of when it was received: under a wrong clock the time that it said
// is among the attributes.
func hashOf(seed maphash.Seed, f *fleet.Fix) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	if f.Flags&fleet.FlagClock == 0 {
		maphash.WriteComparable(&h, f.Time.UnixMilli())
	}
	p := f.Position
	attributes := p.Attributes
	p.Time, p.Attributes = time.Time{}, nil
	writePosition(&h, &p)
	for i := range attributes {
		maphash.WriteComparable(&h, attributes[i])
	}
	return h.Sum64() | 1 // 0 marks an empty place in the ring
}

func writePosition(h *maphash.Hash, p *protocols.Position) {
	maphash.WriteComparable(h, [...]bool{p.Located, p.Valid})
	maphash.WriteComparable(h, [...]float64{p.Latitude, p.Longitude})
	maphash.WriteComparable(h, [...]protocols.Opt[float64]{
		p.Altitude, p.Speed, p.Course, p.HDOP, p.Odometer, p.ExternalVolts, p.BatteryVolts, p.BatteryPercent})
	maphash.WriteComparable(h, [...]protocols.Opt[int]{p.Satellites, p.SignalPercent})
	maphash.WriteComparable(h, p.Ignition)
	maphash.WriteComparable(h, p.Cell)
	maphash.WriteComparable(h, [...]string{p.ICCID, p.IMSI})
	maphash.WriteComparable(h, p.Alarms)
}

// put makes v the latest value of name, unless a newer one is known. hint is where the search starts: names come in the
// same order in most records of a device. It gives the hint for the next.
func (d *device) put(hint int, name string, v protocols.Value, at time.Time) int {
	n := len(d.Values)
	for i := range n {
		if j := (hint + i) % n; d.Values[j].Name == name {
			if !at.Before(d.Values[j].Time) {
				d.Values[j].Value, d.Values[j].Time = v, at
			}
			return j + 1
		}
	}
	if n < maxValues {
		d.Values = append(d.Values, fleet.ValueAt{Name: name, Value: v, Time: at})
	}
	return n + 1
}
