package jt808

import (
	"bytes"
	"strconv"

	"drover/protocols"
)

// obd reads the element 91: battery in 0.1 V, revolutions, speed, throttle and load in 255ths, coolant, consumption,
// fuel used.
func (d *decoder) obd(v []byte) bool {
	const size = 22
	if len(v) < size {
		return false
	}
	d.volts(int64(u16(v)), 10)
	d.number("rpm", v[2:4])
	d.number("obd_speed_kmh", v[4:5])
	d.add("throttle_percent", protocols.Int(int64(v[5])*100/255))
	d.add("engine_load_percent", protocols.Int(int64(v[6])*100/255))
	d.add("coolant_temperature_c", protocols.Int(int64(v[7])-40))
	d.add("fuel_consumption", protocols.Decimal(int64(u16(v[10:])), 2))
	d.add("fuel_used_l", protocols.Decimal(int64(u16(v[20:])), 2))
	d.add("obd_data", protocols.Bytes(v[8:]))
	return true
}

// obdFields are the fields of a text $OBD-RT, the first of which is the supply in V.
var obdFields = [...]string{
	"", "rpm", "obd_speed_kmh", "throttle_percent", "engine_load_percent", "coolant_temperature_c",
	"fuel_consumption_now", "fuel_consumption", "trip_odometer_km", "obd_odometer_km", "trip_fuel_l", "fuel_used_l",
}

// obdText reads a text $OBD-RT, and gives false if v is none.
func (d *decoder) obdText(v []byte) bool {
	v = trim(v)
	if !bytes.HasPrefix(v, []byte("$OBD-RT,")) {
		return false
	}
	_, rest, _ := bytes.Cut(v, []byte{','})
	for i := 0; i < len(obdFields) && rest != nil; i++ {
		var value []byte
		value, rest, _ = bytes.Cut(rest, []byte{','})
		n, err := strconv.ParseFloat(string(value), 64)
		if err != nil || n < -1e9 || n > 1e9 { // also what is not said
			continue
		}
		if i == 0 {
			if n >= 0 && n < 1000 {
				d.pos.ExternalVolts = protocols.Some(n)
				d.said = true
			}
			continue
		}
		d.add(obdFields[i], decimal(value))
	}
	return true
}

// decimal is a decimal number in text, which it is known to be.
func decimal(b []byte) protocols.Value {
	var n int64
	var scale uint8
	point, negative := false, false
	for i, c := range b {
		switch {
		case i == 0 && c == '-':
			negative = true
		case c == '.' && !point:
			point = true
		case c >= '0' && c <= '9' && scale < 9 && n < 1e12:
			n = n*10 + int64(c-'0')
			if point {
				scale++
			}
		case c >= '0' && c <= '9' && point: // more decimals than matter
		default:
			return text(b)
		}
	}
	if negative {
		n = -n
	}
	return protocols.Decimal(n, scale)
}

// extensionID is the element whose list runs to the end of the record, whatever its length says.
const extensionID = 0x80

// extension reads that list, behind one byte that says what it holds. It gives false if b holds none.
func (d *decoder) extension(b []byte) bool {
	if len(b) < 5 || !isList(b[3:], 1) && isList(b, 1) {
		return false
	}
	for list := b[3:]; len(list) >= 2; {
		n := 2 + int(list[1])
		if n > len(list) {
			d.add("extra", protocols.Bytes(list))
			break
		}
		d.extended(list[0], list[2:n])
		list = list[n:]
	}
	return true
}

// extendedItems are the numbers of that list.
var extendedItems = [...]item{
	{id: 0x61, size: 2, scale: 2, field: fieldExternal},
	{id: 0x80, size: 1, name: "obd_speed_kmh"},
	{id: 0x81, size: 2, name: "rpm"},
	{id: 0x82, size: 2, scale: 1, field: fieldExternal},
	{id: 0x83, size: 1, name: "engine_load_percent"},
	{id: 0x84, size: 1, offset: -40, name: "coolant_temperature_c"},
	{id: 0x85, size: 2, name: "fuel_consumption"},
	{id: 0x86, size: 1, offset: -40, name: "intake_temperature_c"},
	{id: 0x87, size: 2, name: "intake_flow"},
	{id: 0x88, size: 1, name: "intake_pressure_kpa"},
	{id: 0x89, size: 1, name: "throttle_percent"},
	{id: 0x8B, field: fieldText, name: "vin"},
	{id: 0x8C, size: 4, times: 100, name: "obd_odometer_m"},
	{id: 0x8D, size: 2, times: 1000, name: "trip_odometer_m"},
	{id: 0x8E, size: 1, name: "fuel_percent"},
	{id: 0xA0, field: fieldText, name: "dtcs"},
}

// extended reads one element of that list.
func (d *decoder) extended(id byte, v []byte) {
	switch {
	case len(v) == 0:
		return
	case id == 0x56 && len(v) == 2:
		if !d.percent(int(v[1])) {
			d.unknown(id, v)
		}
		return
	case id == 0x69 && d.batteryVolts(v):
		return
	}
	for i := range extendedItems {
		it := &extendedItems[i]
		if it.id == uint16(id) && (it.field == fieldText || len(v) == int(it.size)) {
			d.fill(it, v)
			return
		}
	}
	d.element(id, v)
}
