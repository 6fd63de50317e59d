package taip

import (
	"bytes"
	"math"

	"drover/protocols"
)

var comma = []byte{','}

// meters reads what follows the inputs after commas: flow meter, odometer in metres, supply and battery in hundredths
// of a volt, revolutions, perhaps two temperatures, and the event in hexadecimal digits.
func (d *decoder) meters(alarms func(int) protocols.Alarms) {
	var fields [8][]byte
	n := 0
	for rest := d.data[d.at+1:]; n < len(fields); n++ {
		var more bool
		if fields[n], rest, more = bytes.Cut(rest, comma); !more {
			n++
			break
		}
	}
	if n < 3 {
		d.add("more", protocols.Text(string(d.data[d.at+1:])))
		return
	}
	d.keep("flow_meter", bytes.TrimLeft(fields[0], "0"))
	if v, ok := number(fields[1]); ok && v >= 0 && v <= 1e13 {
		d.pos.Odometer = protocols.Some(float64(v))
	}
	d.volts(fields[2], true)
	if n > 3 {
		d.keep("rpm", fields[3])
	}
	if n > 6 {
		d.keep("temperature_1_c", fields[4])
		d.keep("temperature_2_c", fields[5])
	}
	if n > 4 {
		if event, ok := hexNumber(fields[n-1]); ok && len(fields[n-1]) == 2 {
			d.alarm(int(event), alarms(int(event)))
		}
	}
}

// volts reads two times four digits in hundredths of a volt: the supply and the battery, or the other way round.
func (d *decoder) volts(b []byte, supplyFirst bool) {
	if len(b) != 8 {
		return
	}
	first, ok1 := number(b[:4])
	second, ok2 := number(b[4:])
	if !ok1 || !ok2 || first < 0 || second < 0 {
		return
	}
	if !supplyFirst {
		first, second = second, first
	}
	d.pos.ExternalVolts = protocols.Some(float64(first) / 100)
	d.pos.BatteryVolts = protocols.Some(float64(second) / 100)
}

// keep adds a number as it is, or the text; nothing if there is none.
func (d *decoder) keep(name string, b []byte) {
	if len(b) > 0 {
		d.add(name, value(b))
	}
}

// value is a decimal number, or else the text.
func value(b []byte) protocols.Value {
	whole, decimals, _ := bytes.Cut(b, []byte{'.'})
	if len(whole)+len(decimals) <= 17 && len(whole) > 0 {
		n, ok := number(whole)
		part, okPart := number(decimals)
		if len(decimals) == 0 || !wireDigits(decimals) {
			okPart, part = len(decimals) == 0, 0
		}
		if ok && okPart {
			for range decimals {
				n *= 10
			}
			if b[0] == '-' {
				part = -part
			}
			return protocols.Decimal(n+part, uint8(len(decimals)))
		}
	}
	return protocols.Text(string(b))
}

func wireDigits(b []byte) bool { return len(b) > 0 && b[0] >= '0' && b[0] <= '9' }

// consolidatedLength is how many characters the first columns of the second layout have.
const consolidatedLength = 16

// consolidated reads the second layout of CQ and CV: inputs, outputs, supply in tenths of a volt, odometer in
// hexadecimal digits, the receiver's power, then fix, PDOP, satellites, age, the modem's power and state, its CSQ, and
// in CV two temperatures in hundredths with their ages.
func (d *decoder) consolidated() {
	inputs, outputs := d.hex("inputs", 2), d.hex("outputs", 2)
	supply, odometer := d.digits("supply", 3), d.hex("odometer", 8)
	power := d.digits("GPS power", 1)
	if !d.whole() {
		return
	}
	d.add("inputs", protocols.Int(int64(inputs)))
	d.add("outputs", protocols.Int(int64(outputs)))
	d.pos.Ignition = protocols.Some(inputs&0x80 != 0)
	d.pos.ExternalVolts = protocols.Some(float64(supply) / 10)
	d.pos.Odometer = protocols.Some(float64(odometer))
	d.add("gps_power", protocols.Int(int64(power)))
	if d.left() == 0 {
		return
	}
	fix, pdop, satellites := d.digits("fix", 1), d.digits("PDOP", 2), d.digits("satellites", 2)
	age := d.hex("age", 4)
	modem, network := d.digits("modem power", 1), d.digits("GSM status", 1)
	csq := d.digits("rssi", 2)
	if !d.whole() {
		return
	}
	d.pos.Valid = d.pos.Located && fix > 0
	d.add("fix", protocols.Int(int64(fix)))
	d.add("pdop", protocols.Int(int64(pdop)))
	d.pos.Satellites = protocols.Some(max(0, satellites))
	d.add("fix_age_s", protocols.Int(int64(age)))
	d.add("modem_power", protocols.Int(int64(modem)))
	d.add("gsm_status", protocols.Int(int64(network)))
	if csq >= 0 && csq <= 31 {
		d.pos.SignalPercent = protocols.Some((100*csq + 15) / 31)
	}
	for i := 1; i <= 2 && d.left() >= 7; i++ {
		v := d.digits("temperature", 5)
		if since := d.hex("temperature's age", 2); d.whole() && since != 0xFF {
			d.add([...]string{"", "temperature_1_c", "temperature_2_c"}[i], protocols.Decimal(int64(v), 2))
		}
	}
}

// maxTagName is the most characters of a name.
const maxTagName = 24

// tags reads the named parts after the columns.
func (d *decoder) tags(parts []byte) {
	for len(parts) > 0 {
		var part []byte
		part, parts, _ = bytes.Cut(parts, semicolon)
		name, text, named := bytes.Cut(part, []byte{'='})
		if !named || len(name) == 0 || len(name) > maxTagName || len(text) == 0 {
			continue
		}
		var upper [maxTagName]byte
		for i, c := range name {
			if c >= 'a' && c <= 'z' {
				c -= 'a' - 'A'
			}
			upper[i] = c
		}
		if name = upper[:len(name)]; string(name) != "ID" {
			d.tag(name, text)
		}
	}
}

// tag reads one named part.
func (d *decoder) tag(name, text []byte) {
	p := d.pos
	v, ok := number(text)
	switch string(name) {
	case "SV":
		if ok && v >= 0 && v <= 255 {
			p.Satellites = protocols.Some(int(v))
			return
		}
	case "BL":
		if ok && v >= 0 && v <= math.MaxUint16 {
			p.BatteryVolts = protocols.Some(float64(v) / 1000)
			return
		}
	case "VO":
		if ok && v >= 0 && v <= 1e13 {
			p.Odometer = protocols.Some(float64(v))
			return
		}
	case "AL":
		if v := value(text); v.Kind() == protocols.KindNumber {
			setAltitude(p, v.Float())
			return
		}
	case "IO":
		if d.states(text) {
			return
		}
	}
	d.keep(tagName(name), text)
}

// states reads IO: ignition and supply in the first digit, outputs in the second, inputs in the third.
func (d *decoder) states(text []byte) bool {
	if len(text) < 3 {
		return false
	}
	bits, ok := hexNumber(text[:3])
	if !ok {
		return false
	}
	d.pos.Ignition = protocols.Some(bits&0x100 != 0)
	d.add("supplied", protocols.Bool(bits&0x200 != 0))
	d.add("outputs", protocols.Int(int64(bits>>4&15)))
	d.add("inputs", protocols.Int(int64(bits&15)))
	return true
}

// tagName is the name of a tag; one that is not known is its letters in lower case.
func tagName(name []byte) string {
	switch string(name) {
	case "AD":
		return "adc_1"
	case "CF":
		return "cell_info"
	case "IX":
		return "io_states"
	case "FF":
		return "fuel_sensor"
	case "IS":
		return "ibutton"
	case "VH":
		return "engine_hours"
	case "EA":
		return "temperatures"
	case "SC":
		return "cell_info"
	}
	lower := make([]byte, len(name))
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	return string(lower)
}
