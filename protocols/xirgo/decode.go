package xirgo

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// tail reads what an OBD tracker appends by event, and gives how many fields were read.
func (d *decoder) tail(from int) int {
	form := usualTail
	rest := d.n - from
	switch {
	case d.event == 6045:
		for i := from; i < d.n; i++ {
			d.text("dtc", d.fields[i])
		}
		return d.n
	case rest >= len(truckTail) && bits(d.fields[from+1]):
		form = truckTail
	case rest >= len(powerTail) && (d.event == 4006 || d.event == 6015 || d.event == 6053):
		form = powerTail
	case rest >= len(fenceTail) && d.event == 6004:
		form = fenceTail
	case rest >= len(bandTail) && d.event == 6036:
		form = bandTail
	case rest >= 2 && bytes.IndexByte(d.fields[from], '.') >= 0:
		form = turnTail
	}
	for _, k := range form {
		if from == d.n {
			return from
		}
		d.field(k, from)
		from++
	}
	if d.n-from >= len(axesTail) {
		for _, k := range axesTail {
			d.field(k, from)
			from++
		}
	}
	if d.n-from == 1 {
		d.field(keySequence, from)
		from++
	}
	return from
}

// bits is whether b is four digits of 0 and 1.
func bits(b []byte) bool {
	for _, c := range b {
		if c != '0' && c != '1' {
			return false
		}
	}
	return len(b) == 4
}

// plain are the fields that are one number, by key.
var plain = [...]string{
	keyAcceleration: "acceleration_mphps", keyDeceleration: "deceleration_mphps", keyRPM: "rpm",
	keyMPG: "fuel_consumption_mpg", keyStatus: "ignition_time_status", keyFuel: "fuel_percent",
	keySequence: "sequence", keyX: "acceleration_x", keyY: "acceleration_y", keyZ: "acceleration_z",
	keyBand: "speed_band", keyBandTime: "speed_band_time_s", keyExternal: "adc_1_v", keyBackup: "backup_battery_v",
	keyMode: "power_mode", keyOutputs: "outputs", keyReset: "reset_mode", keyAnalog: "adc_1_v",
	keyLoad: "engine_load_percent", keyHours: "engine_hours", keyOilPressure: "oil_pressure",
	keyOilLevel: "oil_level", keyOilTemperature: "oil_temperature", keyCoolantPressure: "coolant_pressure",
	keyCoolantLevel: "coolant_level", keyCoolantTemperature: "coolant_temperature",
}

// textKeys are the fields that are texts, by key.
var textKeys = [...]string{
	keyVIN: "vin", keyFirmware: "firmware", keyOBDFirmware: "obd_firmware", keyProfile: "obd_profile",
	keyFence: "geofence",
}

// field reads one field.
func (d *decoder) field(k key, i int) {
	b := d.fields[i]
	if len(b) == 0 {
		return
	}
	if int(k) < len(plain) && plain[k] != "" {
		d.number(plain[k], b, i)
		return
	}
	if int(k) < len(textKeys) && textKeys[k] != "" {
		d.text(textKeys[k], b)
		return
	}
	switch k {
	case keyNone, keyID:
	case keyDate:
		d.date = b
	case keyTime:
		d.clock = b
	case keyInputs:
		d.inputs(b)
	case keyCard:
		if len(b) >= 18 && len(b) <= 20 && wire.Digits(b[:18]) {
			d.pos.ICCID = string(b)
		} else {
			d.text("sim", b)
		}
	default:
		n, ok := parse(b)
		if !ok {
			d.fault(i)
			d.unknown(i)
			return
		}
		d.value(k, n, b, i)
	}
}

// value reads a field that is a number and has a place of its own.
func (d *decoder) value(k key, n number, b []byte, i int) {
	p, v := d.pos, n.float()
	switch k {
	case keyEvent:
		d.event = int64(v)
		d.raise()
	case keyLatitude:
		d.latitude, d.placed = v, true
	case keyLongitude:
		d.longitude = v
	case keyAltitude:
		if v >= -32768 && v <= 100_000 {
			p.Altitude = protocols.Some(v)
		}
	case keySpeedMPH, keySpeedKMH:
		if k == keySpeedMPH {
			v *= kmPerMile
		}
		if v >= 0 && v <= 2000 {
			p.Speed = protocols.Some(v)
		}
	case keyCourse:
		d.course(v, bytes.IndexByte(b, '.') < 0)
	case keySatellites:
		if v >= 0 && v <= 255 {
			p.Satellites = protocols.Some(int(v))
		}
	case keyHDOP:
		if v >= 0 && v < 1e5 {
			p.HDOP = protocols.Some(v)
		}
	case keyMiles, keyMetres:
		if k == keyMiles {
			v *= 1000 * kmPerMile
		}
		if v >= 0 && v < 1e12 {
			p.Odometer = protocols.Some(v)
		}
	default:
		d.state(k, v, i)
	}
}

// kmPerMile turns miles into kilometres.
const kmPerMile = 1.609344

// state reads what is left of the numbers.
func (d *decoder) state(k key, v float64, i int) {
	switch k {
	case keyBattery:
		if v >= 0 && v <= 1000 {
			d.pos.BatteryVolts = protocols.Some(v)
		}
	case keySignal:
		if v >= 0 && v <= 31 {
			d.pos.SignalPercent = protocols.Some((100*int(v) + 15) / 31)
		}
	case keyFixed:
		d.fixed = v == 1
	case keyFixed3:
		d.fixed = v == 3
	case keyIgnition:
		if v > 0 {
			d.pos.Ignition = protocols.Some(v == 1)
		}
	default:
		d.unknown(i)
	}
}

// course takes degrees; in an owner's order a whole number is tenths.
func (d *decoder) course(v float64, whole bool) {
	if whole && matches(d.date, "DD/") == len("DD/") {
		v /= 10
	}
	if v == 360 {
		v = 0
	}
	if v >= 0 && v < 360 {
		d.pos.Course = protocols.Some(v)
	}
}

// inputs reads three inputs and an output.
func (d *decoder) inputs(b []byte) {
	if !bits(b) {
		d.text("inputs", b)
		return
	}
	for i, name := range [...]string{"input_1", "input_2", "input_3", "output_1"} {
		d.add(name, protocols.Bool(b[i] == '1'))
	}
}

// finish sets time and place, of which the parts are in several fields.
func (d *decoder) finish(offset time.Duration) {
	p := d.pos
	p.Time = moment(d.date, d.clock, offset)
	switch {
	case !d.placed || d.latitude == 0 && d.longitude == 0:
	case d.latitude < -90 || d.latitude > 90:
		d.fail("latitude", wire.ErrValue)
	case d.longitude < -180 || d.longitude > 180:
		d.fail("longitude", wire.ErrValue)
	default:
		p.Located, p.Valid, p.Latitude, p.Longitude = true, d.fixed, d.latitude, d.longitude
	}
}
