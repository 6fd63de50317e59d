package bce

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// how is the way in which a field of the further masks is read.
type how uint8

const (
	asNumber   how = iota // low byte first, × mul × 10^-scale
	asBytes               // several values, or unknown ones; all zeros where there are none
	asCoolant             // degrees above -40
	asKelvin              // tenths; 0 is none
	asOdometer            // metres, the vehicle's total
	asDriver              // a number, 0 if there is none
	asDrivers             // two names of 16 characters
	asFuel                // two sensors: level and degrees
	asThermos             // four of a temperature and a sensor's number
	asHarsh               // the most of acceleration, braking and cornering, fiftieths of g
)

// field is a field of a mask.
type field struct {
	name  string
	size  uint8
	how   how
	mul   uint8 // 0 is 1
	scale uint8
}

// further are the fields of the second, third and fourth mask by their bits: the vehicle's bus, and what came later.
var further = [3][15]field{
	{
		{name: "wheel_speed_kmh", size: 2}, {name: "throttle_percent", size: 1},
		{name: "fuel_used_l", size: 4, mul: 5, scale: 1}, {name: "fuel_level", size: 1},
		{name: "rpm", size: 2, mul: 125, scale: 3}, {name: "engine_hours", size: 4}, {size: 4, how: asOdometer},
		{name: "coolant_c", size: 1, how: asCoolant}, {name: "fuel_2_level", size: 1},
		{name: "engine_load_percent", size: 1}, {name: "service_distance", size: 2},
		{name: "tachograph", size: 8, how: asBytes}, {name: "ambient_temperature", size: 2},
		{name: "trailer_id", size: 8, how: asBytes}, {name: "fuel_rate", size: 2},
	},
	{
		{name: "fuel_economy", size: 2}, {name: "fuel_consumption", size: 4}, {name: "axle_weight", size: 3},
		{name: "fault_lamp", size: 1}, {name: "fault_codes", size: 20, how: asBytes}, {name: "field_3_5", size: 2},
		{name: "driver_id", size: 8, how: asDriver}, {name: "temperature_1_c", size: 2, how: asKelvin},
		{name: "humidity", size: 2}, {name: "fuel_sensor_1", size: 6, how: asFuel},
		{name: "fuel_sensor_3", size: 6, how: asFuel}, {name: "obd", size: 21, how: asBytes},
		{name: "obd_fault_codes", size: 20, how: asBytes}, {name: "j1708", size: 9, how: asBytes},
		{name: "driving_quality", size: 21, how: asBytes},
	},
	{
		{name: "field_4_0", size: 4}, {name: "fuel_sensors", size: 30, how: asBytes},
		{name: "instant_fuel_consumption", size: 4}, {name: "axles", size: 10, how: asBytes},
		{name: "field_4_4", size: 1}, {name: "field_4_5", size: 2}, {name: "harsh", size: 3, how: asHarsh},
		{name: "field_4_7", size: 16, how: asBytes}, {name: "thermometers", size: 40, how: asThermos},
		{name: "drivers", size: 32, how: asDrivers}, {size: 4, how: asOdometer},
	},
}

// fields reads the fields that a mask names. A bit without a field ends them: what follows can not be told apart.
func (d *decoder) fields(r *wire.Reader, mask uint16, of *[15]field) {
	for i := range of {
		if mask>>i&1 == 0 {
			continue
		}
		f := &of[i]
		if f.size == 0 {
			d.add("more_fields", protocols.Bytes(r.Rest()))
			return
		}
		if b := r.Bytes(f.name, int(f.size)); b != nil {
			d.field(f, b)
		}
	}
}

func (d *decoder) field(f *field, b []byte) {
	switch f.how {
	case asNumber:
		d.add(f.name, protocols.Decimal(low(b)*int64(max(f.mul, 1)), f.scale))
	case asCoolant:
		d.add(f.name, protocols.Int(low(b)-40))
	case asKelvin:
		d.kelvin(f.name, b)
	case asOdometer:
		d.pos.Odometer = protocols.Some(float64(low(b)))
	case asDriver:
		if v := binary.LittleEndian.Uint64(b); v != 0 {
			d.add(f.name, protocols.Text(strconv.FormatUint(v, 10)))
		}
	case asHarsh:
		for i, name := range [...]string{"max_acceleration_g", "max_braking_g", "max_cornering_g"} {
			d.add(name, protocols.Decimal(2*int64(b[i]), 2))
		}
	case asThermos:
		for i, name := range [...]string{"temperature_1_c", "temperature_2_c", "temperature_3_c", "temperature_4_c"} {
			d.kelvin(name, b[10*i:])
		}
	case asDrivers:
		d.name("driver_1", b[:16])
		d.name("driver_2", b[16:])
	default:
		if wire.Zeros(b) {
			return
		}
		if f.how == asFuel {
			d.fuel(f.name, b)
			return
		}
		d.add(f.name, protocols.Bytes(b))
	}
}

// fuel reads level and degrees of a sensor and of the next.
func (d *decoder) fuel(first string, b []byte) {
	names := [...]string{"fuel_sensor_1", "fuel_sensor_1_c", "fuel_sensor_2", "fuel_sensor_2_c"}
	if first != names[0] {
		names = [...]string{"fuel_sensor_3", "fuel_sensor_3_c", "fuel_sensor_4", "fuel_sensor_4_c"}
	}
	d.add(names[0], protocols.Int(low(b[:2])))
	d.add(names[1], protocols.Int(int64(int8(b[2]))))
	d.add(names[2], protocols.Int(low(b[3:5])))
	d.add(names[3], protocols.Int(int64(int8(b[5]))))
}

// kelvin reads tenths of kelvins, as degrees Celsius.
func (d *decoder) kelvin(name string, b []byte) {
	if v := low(b[:2]); v != 0 {
		d.add(name, protocols.Decimal(v-2730, 1))
	}
}

// name reads characters up to a zero.
func (d *decoder) name(name string, b []byte) {
	b, _, _ = bytes.Cut(b, []byte{0})
	if b = bytes.TrimSpace(b); len(b) == 0 {
		return
	}
	for _, c := range b {
		if c < ' ' || c > '~' {
			d.add(name, protocols.Bytes(b))
			return
		}
	}
	d.add(name, protocols.Text(string(b)))
}

// low reads up to four bytes, the low byte first.
func low(b []byte) int64 {
	var v int64
	for i := len(b) - 1; i >= 0; i-- {
		v = v<<8 | int64(b[i])
	}
	return v
}
