package process

import (
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// AheadOfUs is how far in the future a tracker's clock is believed.
const AheadOfUs = 10 * time.Minute

// Limits are what the pure steps need to know.
type Limits struct {
	Retention time.Duration // fixes older than this when received are taken for a wrong clock; 0: any since 2000
}

// Normalize makes a fix of a position: the steps time and sane, which need neither state nor database. The position's
// attributes are shared, not copied, unless one is added.
func Normalize(r *fleet.Record, p *protocols.Position, l Limits) fleet.Fix {
	f := fleet.Fix{Position: *p, Device: r.Device, Received: r.Received.UTC().Truncate(time.Millisecond),
		Flags: flagsOf(r)}
	settleTime(&f, l)
	settleValues(&f.Position)
	return f
}

// flagsOf are the flags that a record's fixes have before any step.
func flagsOf(r *fleet.Record) fleet.Flags {
	if r.BySMS {
		return fleet.FlagBySMS
	}
	return 0
}

// settleTime gives the fix a time that can be believed, to the millisecond.
func settleTime(f *fleet.Fix, l Limits) {
	said := f.Time.UTC()
	if said.IsZero() {
		f.Time = f.Received
		f.Flags |= fleet.FlagNoTime
		return
	}
	f.Time = said.Truncate(time.Millisecond)
	oldest := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	if kept := f.Received.Add(-l.Retention); l.Retention > 0 && kept.After(oldest) {
		oldest = kept
	}
	if f.Time.Before(oldest) || f.Time.After(f.Received.Add(AheadOfUs)) {
		f.Attributes = append(f.Attributes[:len(f.Attributes):len(f.Attributes)],
			protocols.Attr("device_time", protocols.Text(said.Format(protocols.TimeLayout))))
		f.Time = f.Received
		f.Flags |= fleet.FlagClock
	}
}

// settleValues takes out what cannot be: decoders promise plausible ranges, so little ever is.
func settleValues(p *protocols.Position) {
	if !inside(p.Latitude, -90, 90) || !inside(p.Longitude, -180, 180) {
		p.Located = false
	}
	if !p.Located {
		p.Latitude, p.Longitude, p.Valid = 0, 0, false
	}
	if nowhere(p) {
		p.Valid = false
	}
	if p.Course.Value == 360 {
		p.Course.Value = 0
	}
	keep(&p.Course, 0, 360)
	keep(&p.Speed, 0, 3000)
	keep(&p.Altitude, -20_000, 100_000)
	keep(&p.HDOP, 0, 1e6)
	keep(&p.Odometer, 0, 1e12)
	keep(&p.ExternalVolts, -1e6, 1e6)
	keep(&p.BatteryVolts, -1e6, 1e6)
	keep(&p.BatteryPercent, 0, 100)
	if n := p.Satellites.Value; n < 0 || n > 1000 {
		p.Satellites = protocols.Opt[int]{}
	}
	if n := p.SignalPercent.Value; n < 0 || n > 100 {
		p.SignalPercent = protocols.Opt[int]{}
	}
}

// nowhere says whether the location is 0, 0, which trackers report when they have none.
func nowhere(p *protocols.Position) bool { return p.Latitude == 0 && p.Longitude == 0 }

func inside(v, low, high float64) bool { return v >= low && v <= high } // false for NaN

func keep(v *protocols.Opt[float64], low, high float64) {
	if v.OK && !inside(v.Value, low, high) {
		*v = protocols.Opt[float64]{}
	}
}
