package eelink

import (
	"strconv"

	"drover/protocols"
)

// obd reads the old OBD package: a status if it is short, else a time and readings.
func (d *decoder) obd() {
	if d.Len() < 9 {
		if d.Len() >= 2 {
			d.status(d.U16("status"), false)
		}
		d.extra("extra")
		return
	}
	d.stamp()
	d.readings()
}

// readings reads numbers behind a byte that says what they are: those below 80 are of the vehicle (SAE J1979), the
// others are the tracker's own sums.
func (d *decoder) readings() {
	for d.Len() >= 5 {
		id := d.U8("PID")
		b := d.Bytes("value", 4)
		d.reading(id, int64(b[0]), int64(b[0])<<8|int64(b[1]),
			int64(b[0])<<24|int64(b[1])<<16|int64(b[2])<<8|int64(b[3]))
	}
	d.extra("extra")
}

// reading takes one of them, given its first byte, its first two and all four.
func (d *decoder) reading(id byte, one, two, four int64) {
	switch id {
	case 0x04:
		d.add("engine_load_percent", protocols.Decimal((one*1000+127)/255, 1))
	case 0x05:
		d.add("coolant_temperature_c", protocols.Int(one-40))
	case 0x0B:
		d.add("manifold_pressure_kpa", protocols.Int(one))
	case 0x0C:
		d.add("rpm", protocols.Decimal(two*25, 2))
	case 0x0D:
		d.add("vehicle_speed_kmh", protocols.Int(one))
	case 0x0E:
		d.add("timing_advance_deg", protocols.Decimal(one*5-640, 1))
	case 0x0F:
		d.add("intake_temperature_c", protocols.Int(one-40))
	case 0x10:
		d.add("mass_air_flow_gs", protocols.Decimal(two, 2))
	case 0x11:
		d.add("throttle_percent", protocols.Decimal((one*1000+127)/255, 1))
	case 0x1F:
		d.add("engine_run_s", protocols.Int(two))
	case 0x21:
		d.add("mil_distance_km", protocols.Int(two))
	case 0x2F:
		d.add("fuel_percent", protocols.Decimal((one*1000+127)/255, 1))
	case 0x31:
		d.add("codes_cleared_distance_km", protocols.Int(two))
	case 0x42:
		d.pos.ExternalVolts = protocols.Some(float64(two) / 1000)
	case 0x89:
		d.add("fuel_consumption", protocols.Int(four))
	case 0x8A:
		d.pos.Odometer = protocols.Some(float64(four) * 1000)
	case 0x8B:
		d.add("fuel", protocols.Decimal(four, 1))
	default:
		d.add("pid"+strconv.Itoa(int(id)), protocols.Int(four))
	}
}
