package protocoltest

import (
	"fmt"
	"math"

	"drover/protocols"
)

// Plausible is an error if a position leaves the ranges that the fields of protocols.Position promise.
func Plausible(p *protocols.Position) error {
	if p.Valid && !p.Located {
		return fmt.Errorf("valid without a location")
	}
	if p.Located && (math.Abs(p.Latitude) > 90 || math.Abs(p.Longitude) > 180) {
		return fmt.Errorf("location %v %v", p.Latitude, p.Longitude)
	}
	for _, f := range []struct {
		name     string
		value    protocols.Opt[float64]
		min, max float64
	}{
		{"altitude", p.Altitude, -32768, 100000},
		{"speed", p.Speed, 0, 2000},
		{"course", p.Course, 0, math.Nextafter(360, 0)},
		{"hdop", p.HDOP, 0, 1e5},
		{"odometer", p.Odometer, 0, 1e13},
		{"external volts", p.ExternalVolts, -1000, 1e6},
		{"battery volts", p.BatteryVolts, -1000, 1e6},
		{"battery percent", p.BatteryPercent, 0, 100},
	} {
		if v, ok := f.value.Get(); ok && !(v >= f.min && v <= f.max) {
			return fmt.Errorf("%s %v is not in %v..%v", f.name, v, f.min, f.max)
		}
	}
	if v, ok := p.Satellites.Get(); ok && (v < 0 || v > 255) {
		return fmt.Errorf("%d satellites", v)
	}
	if v, ok := p.SignalPercent.Get(); ok && (v < 0 || v > 100) {
		return fmt.Errorf("signal %d %%", v)
	}
	for _, a := range p.Attributes {
		if a.Name == "" {
			return fmt.Errorf("an attribute without a name: %v", a.Value)
		}
	}
	return nil
}
