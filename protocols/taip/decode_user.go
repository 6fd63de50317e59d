package taip

import (
	"bytes"

	"drover/protocols"
)

// user reads UV: a format of two digits, an event, the name of a protocol between commas, date and time, and what the
// format has. False if it is none.
func (d *decoder) user() bool {
	head, rest, ok1 := bytes.Cut(d.data[d.at:], comma)
	_, rest, ok2 := bytes.Cut(rest, comma)
	if !ok1 || !ok2 || len(head) < 3 || len(head) > 8 {
		return false
	}
	format := d.digits("format", 2)
	event := d.digits("event", len(head)-2)
	if !d.whole() {
		return true
	}
	d.at = len(d.data) - len(rest)
	d.pos.Time = d.stamp()
	d.alarm(event, userEventAlarm(event))
	if d.left() == 0 || d.data[d.at] != '+' && d.data[d.at] != '-' { // no place
		d.values(format)
		return true
	}
	d.place(d.pos)
	d.motion(d.pos, 1)
	fix, age, inputs := d.digits("fix", 1), d.hex("age", 2), d.hex("inputs", 2)
	d.take("reserved", 2)
	hdop := d.digits("HDOP", 2)
	if !d.whole() {
		return true
	}
	d.pos.Valid = d.pos.Located && fix >= 2 && fix < 8
	d.pos.Ignition = protocols.Some(inputs&0x80 != 0)
	if hdop >= 0 {
		d.pos.HDOP = protocols.Some(float64(hdop))
	}
	d.add("fix", protocols.Int(int64(fix)))
	if age != 0xFF {
		d.add("fix_age_s", protocols.Int(int64(age)))
	}
	d.add("supplied", protocols.Bool(inputs&0x40 != 0))
	d.add("inputs", protocols.Int(int64(inputs)))
	d.values(format)
	return true
}

// status reads format 0: supply and battery, serial number, versions of firmware and hardware, settings, and the SIM.
func (d *decoder) status(fields []byte) {
	for i := 1; len(fields) > 0; i++ {
		var field []byte
		field, fields, _ = bytes.Cut(fields, comma)
		switch i {
		case 1:
			d.volts(field, false)
		case 2:
			d.keep("serial_number", field)
		case 3:
			d.text("firmware", field)
		case 4:
			d.text("hardware", field)
		case 5:
			d.text("script", field)
		case 10:
			if len(field) >= 18 && len(field) <= 22 {
				d.pos.ICCID = string(field)
			}
		}
	}
}

func (d *decoder) text(name string, b []byte) {
	if len(b) > 0 {
		d.add(name, protocols.Text(string(b)))
	}
}

// The names of the values of formats 1, 2 and 3, between commas; "" for those that mean nothing known. Three values are
// read otherwise, by name.
const (
	isVolts    = "volts"
	isOdometer = "odometer"
	isDriver   = "driver_id"
)

var valueNames = [...][]string{
	1: {isVolts, "", "", "", "engine_min", isOdometer, "rpm", "coolant_temperature_c", "oil_pressure", "fuel_percent",
		"", "", "", isDriver},
	2: {"", "", "", "", "", "", "", "", "trip_time", "trip_distance", "trip_fuel"},
	3: {"throttle_percent", "engine_min", isOdometer, "rpm", "coolant_temperature_c", "oil_pressure", "fuel_percent",
		"fuel_used", "", "can_speed_kmh", "engine_torque_percent", "", "engine_brake", "", "", "", "cruise_control",
		"clutch", "parking_brake", "service_brake"},
}

// values reads what a format has after the position. What has no name is kept by its number.
func (d *decoder) values(format int) {
	_, values, _ := bytes.Cut(d.data[d.at:], comma)
	if format == 0 {
		d.status(values)
		return
	}
	var names []string
	if format >= 0 && format < len(valueNames) {
		names = valueNames[format]
	}
	if names == nil {
		d.text("values", values)
		return
	}
	for i := 0; len(values) > 0; i++ {
		var b []byte
		b, values, _ = bytes.Cut(values, comma)
		if i >= len(names) {
			break
		}
		v, ok := number(b)
		switch name := names[i]; {
		case name == "":
		case name == isVolts:
			d.volts(b, false)
		case name == isOdometer:
			if ok && v >= 0 && v <= 1e13 {
				d.pos.Odometer = protocols.Some(float64(v))
			}
		case name == isDriver:
			if len(bytes.Trim(b, "0")) > 0 {
				d.text(name, b)
			}
		case (name == "fuel_used" || name == "trip_fuel") && ok:
			d.add(name+"_l", protocols.Decimal(v, 1))
		default:
			d.keep(name, b)
		}
	}
}

// userEventAlarm is the alarm of an event of UV.
func userEventAlarm(event int) protocols.Alarms {
	switch event {
	case 104, 106:
		return protocols.AlarmOverspeed
	case 109:
		return protocols.AlarmGeneral
	case 111:
		return protocols.AlarmIdle
	case 119:
		return protocols.AlarmTemperature
	case 120:
		return protocols.AlarmHardAcceleration
	case 121:
		return protocols.AlarmHardBraking
	case 122:
		return protocols.AlarmHardCornering
	case 127:
		return protocols.AlarmPowerCut
	case 128:
		return protocols.AlarmPowerRestored
	case 129:
		return protocols.AlarmLowBattery
	}
	return 0
}
