package atrack

import "drover/protocols"

// field is one that can be listed: how wide it is, and what becomes of it.
type field struct {
	key   string
	width int8   // bytes of the number; 0 is a text with a zero behind it, negative so many raw bytes
	times int64  // what the number counts, in units of its last decimal
	scale uint8  // decimals of the number, once multiplied
	name  string // of the attribute, "" if set takes it
	set   func(v *values, n int64)
}

// fields are those whose width is known. Their meaning is the vendor's.
var fields = [...]field{
	{"SA", 1, 1, 0, "", func(v *values, n int64) {
		if n >= 0 && n < 256 {
			v.p.Satellites = protocols.Some(int(n))
		}
	}},
	{"MV", 2, 1, 1, "", func(v *values, n int64) { v.p.ExternalVolts = volts(n) }},
	{"BV", 2, 1, 1, "", func(v *values, n int64) { v.p.BatteryVolts = volts(n) }},
	{"GQ", 1, 1, 0, "", func(v *values, n int64) { v.p.SignalPercent = signal(n) }},
	{"CE", 4, 1, 0, "", func(v *values, n int64) { v.cell.CID = uint64(n) }},
	{"LC", 2, 1, 0, "", func(v *values, n int64) { v.cell.LAC = uint32(n) }},
	{"CN", 4, 1, 0, "", (*values).network},
	{"RL", 1, 1, 0, "rxlev", nil},
	{"PC", 4, 1, 0, "pulses", nil},
	{"AT", 4, 1, 0, "", func(v *values, n int64) {
		if n = int64(int32(n)); n >= -1000 && n <= 100000 {
			v.p.Altitude = protocols.Some(float64(n))
		}
	}},
	{"RP", 2, 1, 0, "rpm", nil},
	{"GS", 1, 1, 0, "gsm_status", nil},
	{"DT", 1, 1, 0, "", func(v *values, n int64) { v.b.add("archive", protocols.Bool(n == 1)) }},
	{"VN", 0, 1, 0, "vin", nil},
	{"MF", 2, 1, 0, "mass_air_flow", nil},
	{"EL", 1, 1, 0, "engine_load_percent", nil},
	{"TR", 1, 1, 0, "throttle_percent", nil},
	{"ET", 2, 1, 0, "", func(v *values, n int64) { v.b.add("coolant_temperature_c", protocols.Int(int64(int16(n)))) }},
	{"FL", 1, 1, 0, "fuel_percent", nil},
	{"ML", 1, 1, 0, "mil_status", nil},
	{"FC", 4, 1, 0, "fuel_used", nil},
	{"CI", 0, 1, 0, "form", nil},
	{"AV1", 2, 1, 3, "analog_1_v", nil},
	{"AV2", 2, 1, 3, "analog_2_v", nil},
	{"NC", 0, 1, 0, "neighbour_cells", nil},
	{"SM", 2, 1, 0, "max_speed_kmh", nil},
	{"GL", 0, 1, 0, "link", nil},
	{"MA", 0, 1, 0, "mac", nil},
	{"PD", 1, 1, 0, "pending_codes", nil},
	{"CD", 0, 1, 0, "", nil},
	{"CM", 8, 1, 0, "", func(v *values, n int64) {
		if n > 0 {
			v.p.IMSI = digits(uint64(n))
		}
	}},
	{"GN", -60, 1, 0, "g_sensor", nil},
	{"GV", -6, 1, 0, "max_g_force", nil},
	{"ME", 8, 1, 0, "imei", nil},
	{"IA", 1, 1, 0, "intake_temperature_c", nil},
	{"MP", 1, 1, 0, "manifold_pressure_kpa", nil},
	{"EO", 4, 1, 0, "", func(v *values, n int64) { v.odometer(n, metresPerMile) }},
	{"EH", 4, 360, 0, "engine_hours_s", nil},
	{"MT", 1, 1, 0, "", func(v *values, n int64) { v.b.add("motion", protocols.Bool(n > 0)) }},
	{"HA", 1, 1, 0, "", func(v *values, n int64) { v.harsh("hard_accelerations", n, protocols.AlarmHardAcceleration) }},
	{"HB", 1, 1, 0, "", func(v *values, n int64) { v.harsh("hard_brakings", n, protocols.AlarmHardBraking) }},
	{"HC", 1, 1, 0, "", func(v *values, n int64) { v.harsh("hard_cornerings", n, protocols.AlarmHardCornering) }},
	{"BC", 0, 1, 0, "beacons", nil},
	{"IN0", 1, 1, 0, "", func(v *values, n int64) { v.p.Ignition = protocols.Some(n > 0) }},
	{"IN1", 1, 1, 0, "input_1", nil},
	{"IN2", 1, 1, 0, "input_2", nil},
	{"IN3", 1, 1, 0, "input_3", nil},
	// SAE J1587 and J1708
	{"ZO1", 1, 1, 0, "brake_stroke_status", nil},
	{"ZO2", 1, 1, 0, "warning_indicators", nil},
	{"ZO3", 1, 1, 0, "abs_status", nil},
	{"ZO4", 1, 4, 1, "throttle_percent", nil},
	{"ZO5", 1, 1, 0, "parking_brake_status", nil},
	{"ZO6", 1, 805, 3, "vehicle_speed_kmh", nil},
	{"ZO7", 1, 1, 0, "cruise_control_status", nil},
	{"ZO8", 1, 4, 1, "accelerator_percent", nil},
	{"ZO9", 1, 5, 1, "engine_load_percent", nil},
	{"ZO10", 1, 5, 1, "fuel_percent", nil},
	{"ZO11", 1, 1, 0, "oil_pressure", nil},
	{"ZO12", 1, 1, 0, "boost_pressure", nil},
	{"ZO13", 1, 1, 0, "intake_temperature_f", nil},
	{"ZO14", 1, 1, 0, "coolant_temperature_f", nil},
	{"ZO15", 1, 1, 0, "brake_application_pressure", nil},
	{"ZO16", 1, 1, 0, "brake_primary_pressure", nil},
	{"ZO17", 1, 1, 0, "brake_secondary_pressure", nil},
	{"ZH1", 2, 1, 0, "cargo_weight", nil},
	{"ZH2", 2, 1, 0, "fuel_rate", nil},
	{"ZH3", 2, 25, 2, "rpm", nil},
	{"ZL1", 4, 1, 0, "natural_gas_used", nil},
	{"ZL2", 4, 1, 0, "", func(v *values, n int64) { v.odometer(n, metresPerMile/10) }},
	{"ZL3", 4, 180, 0, "vehicle_hours_s", nil},
	{"ZL4", 4, 180, 0, "engine_hours_s", nil},
	{"ZS1", 0, 1, 0, "vin", nil},
	// SAE J1939 and FMS
	{"JO1", 1, 1, 0, "pedals", nil},
	{"JO2", 1, 1, 0, "power_takeoff", nil},
	{"JO3", 1, 4, 1, "accelerator_percent", nil},
	{"JO4", 1, 1, 0, "engine_load_percent", nil},
	{"JO5", 1, 4, 1, "fuel_percent", nil},
	{"JO6", 1, 1, 0, "fms_interface", nil},
	{"JO7", 1, 1, 0, "driver_2_state", nil},
	{"JO8", 1, 1, 0, "driver_1_state", nil},
	{"JO9", 1, 1, 0, "drivers", nil},
	{"JO10", 1, 1, 0, "tachograph_state", nil},
	{"JO11", 1, 1, 0, "", func(v *values, n int64) { v.b.add("coolant_temperature_c", protocols.Int(n-40)) }},
	{"JO12", 1, 1, 0, "power_takeoff_engaged", nil},
	{"JH1", 2, 390625, 8, "vehicle_speed_kmh", nil},
	{"JH2", 2, 125, 3, "rpm", nil},
	{"JH3", 2, 5, 1, "axle_weight_1_kg", nil},
	{"JH4", 2, 5, 1, "axle_weight_2_kg", nil},
	{"JH5", 2, 5, 1, "axle_weight_3_kg", nil},
	{"JH6", 2, 5, 1, "axle_weight_4_kg", nil},
	{"JH7", 2, 5, 1, "axle_weight_5_kg", nil},
	{"JH8", 2, 5, 0, "service_distance_km", nil},
	{"JH9", 2, 390625, 8, "tachograph_speed_kmh", nil},
	{"JH10", 2, 1, 0, "ambient_temperature", nil},
	{"JH11", 2, 5, 2, "fuel_rate_l_h", nil},
	{"JH12", 2, 1, 0, "fuel_economy", nil},
	{"JL1", 4, 5, 1, "fuel_used_l", nil},
	{"JL2", 4, 180, 0, "engine_hours_s", nil},
	{"JL3", 4, 1, 0, "", func(v *values, n int64) { v.odometer(n, 1000) }},
	{"JL4", 4, 1, 3, "fuel_used_l", nil},
	{"JS1", 0, 1, 0, "vin", nil},
	{"JS2", 0, 1, 0, "fms_version", nil},
	{"JS3", 0, 1, 0, "driver_1", nil},
	{"JS4", 0, 1, 0, "driver_2", nil},
	{"JN1", 4, 1, 0, "cruise_distance", nil},
	{"JN2", 4, 1, 0, "idling_time", nil},
	{"JN3", 4, 1, 0, "idling_fuel", nil},
	{"JN4", 4, 1, 0, "power_takeoff_time", nil},
	{"JN5", 4, 1, 0, "power_takeoff_fuel", nil},
}

const metresPerMile = 1609.344

// odometer takes the vehicle's own total, which goes before what the tracker counted; 0 is a silent bus.
func (v *values) odometer(n int64, metres float64) {
	if n > 0 && n < 1<<32-1 {
		v.p.Odometer = protocols.Some(float64(n) * metres)
	}
}
