package atrack

import (
	"bytes"
	"strconv"
	"time"

	"drover/protocols"
)

func digits(id uint64) string { return strconv.FormatUint(id, 10) }

// number reads a whole number of at most 18 digits.
func number(b []byte) (int64, bool) {
	v, scale, ok := decimal(b)
	return v, ok && scale == 0
}

// decimal reads a number with at most one point.
func decimal(b []byte) (v int64, scale uint8, ok bool) {
	negative := len(b) > 0 && b[0] == '-'
	if negative {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 18 {
		return 0, 0, false
	}
	point := false
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			v = v*10 + int64(c-'0')
			if point {
				scale++
			}
		case c == '.' && !point:
			point = true
		default:
			return 0, 0, false
		}
	}
	if negative {
		v = -v
	}
	return v, scale, true
}

// textTime reads seconds since 1970 or yyyymmddhhmmss.
func textTime(b []byte) time.Time {
	v, ok := number(b)
	switch {
	case !ok || v <= 0:
		return time.Time{}
	case len(b) < 14 && v <= 1<<32-1:
		return time.Unix(v, 0).UTC()
	case len(b) != 14:
		return time.Time{}
	}
	day, clock := int(v/1e6), int(v%1e6)
	return calendar(day/10000, day/100%100, day%100, clock/10000, clock/100%100, clock%100)
}

// locate sets a place in millionths of degrees; 0, 0 is none.
func locate(p *protocols.Position, latitude, longitude int64) {
	if latitude == 0 && longitude == 0 || latitude < -90e6 || latitude > 90e6 ||
		longitude < -180e6 || longitude > 180e6 {
		return
	}
	p.Located, p.Valid = true, true
	p.Latitude, p.Longitude = float64(latitude)/1e6, float64(longitude)/1e6
}

func setCourse(p *protocols.Position, degrees int) {
	if degrees == 360 {
		degrees = 0
	}
	if degrees >= 0 && degrees < 360 {
		p.Course = protocols.Some(float64(degrees))
	}
}

func setSpeed(p *protocols.Position, kmh int64) {
	if kmh >= 0 && kmh <= 2000 {
		p.Speed = protocols.Some(float64(kmh))
	}
}

// temperature adds tenths of a degree, unless they say that there is no sensor.
func temperature(b *batch, name string, tenths int64) {
	if tenths != noSensor {
		b.add(name, protocols.Decimal(tenths, 1))
	}
}

// signal turns CSQ 0 to 31 into percent.
func signal(csq int64) (o protocols.Opt[int]) {
	if csq >= 0 && csq <= 31 {
		o = protocols.Some(int((100*csq + 15) / 31))
	}
	return o
}

// fuelProbe opens the words of a fuel probe: frequency, temperature and level, all of them hexadecimal.
var fuelProbe = []byte("FULS:")

// message keeps the text of a serial port; that of a fuel probe, "FULS:F=0A91 t=17 N=0901", is read as well.
func (b *batch) message(words []byte) {
	if len(words) == 0 {
		return
	}
	b.add("message", protocols.Text(string(words)))
	if !bytes.HasPrefix(words, fuelProbe) {
		return
	}
	for rest := words[len(fuelProbe):]; len(rest) > 0; {
		var part []byte
		part, rest, _ = bytes.Cut(rest, []byte{' '})
		if len(part) < 3 || part[1] != '=' {
			continue
		}
		v, ok := hexNumber(part[2:])
		switch {
		case !ok:
		case part[0] == 'F':
			b.add("fuel_probe_frequency", protocols.Int(v))
		case part[0] == 't':
			b.add("fuel_probe_temperature_c", protocols.Int(int64(int8(v))))
		case part[0] == 'N':
			b.add("fuel_probe_level", protocols.Int(v))
		}
	}
}

// hexNumber reads up to eight hexadecimal digits; what follows a point is left out.
func hexNumber(b []byte) (v int64, ok bool) {
	b, _, _ = bytes.Cut(b, []byte{'.'})
	for _, c := range b {
		if !isHex(c) {
			return 0, false
		}
		if c > '9' {
			c = c | 0x20 - 'a' + 10 + '0'
		}
		v = v<<4 | int64(c-'0')
	}
	return v, len(b) > 0 && len(b) <= 8
}
