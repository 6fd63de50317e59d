package meiligao

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// obdReadings are the fields of 9901 in their order. The first, the voltage of the vehicle's battery, has a field of
// its own, as the odometer has, which is in kilometres.
var obdReadings = [...]string{
	"", "rpm", "obd_speed_kmh", "throttle_percent", "engine_load_percent", "coolant_temperature_c", "fuel_rate",
	"average_fuel_rate", "driving_range_km", "obd_odometer_km", "trip_fuel_l", "fuel_used_l", "dtc_count",
	"hard_acceleration_count", "hard_braking_count",
}

// tripReadings are the fields of 9902.
var tripReadings = [...]string{
	"ignition_count", "driving_time_h", "idling_time_h", "average_hot_start_time_s", "average_speed_kmh",
	"highest_speed_kmh", "highest_rpm", "hard_acceleration_count", "hard_braking_count",
}

// readReadings reads numbers with commas between them.
func readReadings(p *protocols.Position, body []byte, names []string) error {
	f := wire.NewFields(body, ',')
	for _, name := range names {
		at := offBody + f.Offset()
		field := f.Next()
		if field == nil {
			break
		}
		v, scale, ok := field.Decimal()
		switch {
		case len(field) == 0:
		case !ok && len(p.Attributes) == 0 && !p.ExternalVolts.OK:
			return &wire.Error{Field: "reading", Offset: at, Err: wire.ErrValue}
		case !ok:
		case name == "":
			if volts, _ := field.Float(); volts >= 0 && volts < 1000 {
				p.ExternalVolts = protocols.Some(volts)
			}
		default:
			p.Note(name, protocols.Decimal(v, scale))
		}
	}
	return nil
}
