package texts

import (
	"math"
	"strconv"
	"strings"

	"drover/protocols"
)

// label takes a label, in lower case, and its value.
func (r *reading) label(name, value string) {
	if value == "" || len(value) > maxValue || r.placed(name, value) || r.moved(name, value) || r.powered(name, value) ||
		r.named(name, value) {
		return
	}
	switch name {
	case "date", "time", "date time", "rtc", "fix time", "t", "tmdt", // moment reads them
		"http", "https", "psw", "pwd", "pass", "password", "passwd":
		return
	case "gps", "fix", "gps status":
		r.fix(value)
		return
	case "i/o id":
		r.element = value
		return
	case "value":
		if r.element != "" {
			r.keep("io"+r.element, value)
			r.element = ""
			return
		}
	}
	if !has(asciiLower(value), successes[:]) && !has(asciiLower(value), refusals[:]) {
		r.keep(attributeName(name), value)
	}
}

// placed takes coordinates. Where one label names both, the latitude comes first whatever the label says (S06U).
func (r *reading) placed(name, value string) bool {
	switch name {
	case "lat", "latitude":
		r.lat, _ = parseAngle(decimalPoint(value))
	case "lon", "long", "lng", "longitude":
		r.lon, _ = parseAngle(decimalPoint(value))
	case "longitude latitude", "latitude longitude", "lat long":
		var rest string
		r.lat, rest = parseAngle(value)
		rest, _ = cutSeparator(rest)
		r.lon, _ = parseAngle(rest)
	default:
		return false
	}
	return true
}

// moved takes speed, course, height and how good the fix is.
func (r *reading) moved(name, value string) bool {
	v, unit, ok := quantity(value)
	if !ok {
		return false
	}
	switch name {
	case "speed", "spd":
		r.set(&r.p.Speed, v*kmh(unit), 0, 2000)
	case "course", "direction", "dir", "heading", "angle":
		r.set(&r.p.Course, math.Mod(v, 360), 0, math.Nextafter(360, 0))
	case "altitude", "alt":
		r.set(&r.p.Altitude, v, -1000, 100000)
	case "hdop":
		r.set(&r.p.HDOP, v, 0, 1000)
	case "sat", "sats", "satellites", "satcnt":
		if v < 0 || v > 255 || v != math.Trunc(v) {
			return false
		}
		r.p.Satellites, r.said = protocols.Some(int(v)), true
	case "odometer", "mileage":
		if strings.HasPrefix(unit, "km") {
			v *= 1000
		}
		r.set(&r.p.Odometer, v, 0, 1e12)
	default:
		return false
	}
	return true
}

func (r *reading) set(to *protocols.Opt[float64], v, least, most float64) {
	if v >= least && v <= most {
		*to, r.said = protocols.Some(v), true
	}
}

// powered takes voltages, batteries, ignition and signal.
func (r *reading) powered(name, value string) bool {
	v, unit, isNumber := quantity(value)
	switch name {
	case "acc", "ign", "ignition":
		on, ok := state(value)
		if ok {
			r.p.Ignition, r.said = protocols.Some(on), true
		}
		return ok
	case "battery", "bat", "battery voltage":
		switch {
		case isNumber && unit == "%":
			r.set(&r.p.BatteryPercent, v, 0, 100)
		case isNumber && unit == "v":
			r.set(&r.p.BatteryVolts, v, 0, 100)
		default:
			return false
		}
		return true
	case "power", "pwr":
		if !isNumber || unit != "v" {
			return r.switched("external_power", value)
		}
		r.set(&r.p.ExternalVolts, v, 0, 1000)
		return true
	case "v": // of the battery, of the vehicle: 4.22V,12V
		own, vehicle, _ := strings.Cut(value, ",")
		if v, unit, ok := quantity(own); ok && unit == "v" {
			r.set(&r.p.BatteryVolts, v, 0, 100)
		}
		if v, unit, ok := quantity(vehicle); ok && unit == "v" {
			r.set(&r.p.ExternalVolts, v, 0, 1000)
		}
		return true
	case "door":
		return r.switched("door", value)
	case "fuel supply":
		return r.switched("fuel_supply", value)
	case "csq", "gsm", "gsm signal", "gsm level":
		return isNumber && r.signal(v, unit)
	}
	return false
}

// signal takes a quality of 0 to 31 (3GPP 27.007, +CSQ; 99 is not known) or percent.
func (r *reading) signal(v float64, unit string) bool {
	switch {
	case unit != "%" && v >= 0 && v <= 31:
		v = math.Round(v * 100 / 31)
	case unit != "%" && v == 99:
		return true
	case v < 0 || v > 100:
		return false
	}
	r.p.SignalPercent, r.said = protocols.Some(int(v)), true
	return true
}

// named takes what a tracker and its SIM are called.
func (r *reading) named(name, value string) bool {
	first, _, _ := strings.Cut(value, " ")
	if !allDigits(first) {
		return false
	}
	switch {
	case (name == "id" || name == "imei" || name == "device id") && len(first) >= 10 && len(first) <= 16:
		r.device = first
	case name == "iccid" && len(first) >= 18 && len(first) <= 20:
		r.p.ICCID, r.said = first, true
	case name == "imsi" && len(first) >= 14 && len(first) <= 15:
		r.p.IMSI, r.said = first, true
	default:
		return false
	}
	return true
}

// fix takes whether the receiver has one: A or V, Fixed, OK, ON, OFF. What else is said with it is kept.
func (r *reading) fix(value string) {
	lower := asciiLower(value)
	word, _, _ := strings.Cut(lower, " ")
	if word == "v" || strings.HasPrefix(word, "v-") || strings.HasPrefix(word, "un") || word == "off" ||
		strings.HasPrefix(lower, "no") || word == "invalid" {
		r.unfixed = true
	}
	r.keep("gps", value)
}

func (r *reading) switched(name, value string) bool {
	on, ok := state(value)
	if ok {
		r.attribute(name, protocols.Bool(on))
	}
	return ok
}

// state reads ON and OFF, 1 and 0, and words of the same sense.
func state(value string) (on, ok bool) {
	word, _, _ := strings.Cut(asciiLower(value), " ")
	switch word {
	case "on", "1", "open", "yes":
		return true, true
	case "off", "0", "close", "closed", "no":
		return false, true
	}
	return false, false
}

// keep makes an attribute: a number, with its unit in the name, or the words.
func (r *reading) keep(name, value string) {
	n := numberLength(value)
	suffix, known := suffixOf(asciiLower(strings.TrimLeft(value[n:], " ")))
	digits, fraction, _ := strings.Cut(value[:n], ".")
	mantissa, err := strconv.ParseInt(digits+fraction, 10, 64)
	switch {
	case err != nil || !known || isVersion(name) || len(digits) > 1 && digits[0] == '0': // 0012 is a name
		r.attribute(name, protocols.Text(strings.ToValidUTF8(value, "\uFFFD")))
	case suffix == "" && isSwitch(name) && (mantissa == 0 || mantissa == 1):
		r.attribute(name, protocols.Bool(mantissa == 1))
	default:
		if strings.HasSuffix(name, suffix) {
			suffix = ""
		}
		r.attribute(name+suffix, protocols.Decimal(mantissa, uint8(len(fraction))))
	}
}

// isVersion: 1.10 is not 1.1.
func isVersion(name string) bool {
	switch name {
	case "ver", "version", "fw", "hw", "bl":
		return true
	}
	return false
}

func isSwitch(name string) bool {
	return strings.HasPrefix(name, "input_") || strings.HasPrefix(name, "output_")
}
