package process

import (
	"math"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// putValues takes a fix's typed fields and attributes into the device's latest values, under the names of a position's
// JSON.
func putValues(d *device, f *fleet.Fix) {
	hint := 0
	put := func(name string, v protocols.Value) { hint = d.put(hint, name, v, f.Time) }
	decimal := func(name string, v protocols.Opt[float64]) {
		if v.OK {
			put(name, Decimal(v.Value))
		}
	}
	whole := func(name string, v protocols.Opt[int]) {
		if v.OK {
			put(name, protocols.Int(int64(v.Value)))
		}
	}
	decimal("altitude_m", f.Altitude)
	decimal("speed_kmh", f.Speed)
	decimal("course_deg", f.Course)
	whole("satellites", f.Satellites)
	decimal("hdop", f.HDOP)
	decimal("odometer_m", f.Odometer)
	if on, ok := f.Ignition.Get(); ok {
		put("ignition", protocols.Bool(on))
	}
	decimal("external_v", f.ExternalVolts)
	decimal("battery_v", f.BatteryVolts)
	decimal("battery_percent", f.BatteryPercent)
	whole("signal_percent", f.SignalPercent)
	if f.ICCID != "" {
		put("iccid", protocols.Text(f.ICCID))
	}
	if f.IMSI != "" {
		put("imsi", protocols.Text(f.IMSI))
	}
	for i := range f.Attributes {
		put(f.Attributes[i].Name, f.Attributes[i].Value)
	}
}

// Decimal is v as a number of at most six decimals, and no more than it needs.
func Decimal(v float64) protocols.Value {
	for scale, per := uint8(0), 1.0; ; scale, per = scale+1, per*10 {
		if n := math.Round(v * per); scale == 6 || math.Abs(n/per-v) < 5e-7 {
			return protocols.Decimal(int64(n), scale)
		}
	}
}
