package topflytech

import (
	"bytes"
	"math"
	"time"
	"unicode/utf16"

	"drover/protocols"
	"drover/protocols/wire"
)

// utf16Text reads text whose characters have two bytes, the low one first; zeros at its end are left out.
func utf16Text(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, uint16(b[0])|uint16(b[1])<<8)
	}
	for len(units) > 0 && units[len(units)-1] == 0 {
		units = units[:len(units)-1]
	}
	return string(utf16.Decode(units))
}

// digitsOf keeps letters and digits.
func digitsOf(b []byte) string {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' {
			out = append(out, c)
		}
	}
	return string(out)
}

// printable keeps what can be printed.
func printable(b []byte) string {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c > ' ' && c <= '~' {
			out = append(out, c)
		}
	}
	return string(out)
}

// text reads an old tracker's report: (IMEI, BP and flags, yymmddhhmmss, A or V, ddmm.mmmm and N or S, dddmm.mmmm and
// E or W, speed in five characters, course). What the speed counts is not said; other decoders take it as knots.
func (c *codec) text(frame []byte) (protocols.Message, error) {
	if textLength(frame) < 0 || len(frame) < 18 {
		return protocols.Message{}, &wire.Error{Field: "text", Offset: 0, Err: wire.ErrValue}
	}
	m := protocols.Message{Device: string(frame[1:16])}
	at := fixAt(frame)
	if at == 0 {
		return m, &wire.Error{Field: "validity", Offset: len(frame), Err: wire.ErrShort}
	}
	r := new(record)
	p := &r.positions[0]
	p.Attributes = append(r.attributes[:0], protocols.Attr("status", protocols.Text(string(frame[16:at-12]))))
	day, _ := decimal(frame[at-12 : at-6])
	clock, _ := decimal(frame[at-6 : at])
	p.Time = textTime(int(day), int(clock))
	latitude, ok := decimal(frame[at+1 : at+10])
	longitude, ok2 := decimal(frame[at+11 : at+21])
	latitude, longitude = wire.NMEADegrees(latitude), wire.NMEADegrees(longitude)
	if ok && ok2 && latitude <= 90 && longitude <= 180 && (latitude != 0 || longitude != 0) {
		p.Located, p.Valid = true, frame[at] == 'A'
		p.Latitude, p.Longitude = latitude, longitude
		if frame[at+10] == 'S' {
			p.Latitude = -latitude
		}
		if frame[at+21] == 'W' {
			p.Longitude = -longitude
		}
	}
	if v, ok := decimal(frame[at+22 : at+27]); ok && v <= 1000 {
		p.Speed = protocols.Some(v * kmhPerKnot)
	}
	if v, ok := decimal(bytes.TrimSuffix(frame[at+27:], []byte{')'})); ok && v < 360 {
		p.Course = protocols.Some(v)
	}
	m.Positions = r.positions[:]
	return m, nil
}

const kmhPerKnot = 1.852

func textTime(day, clock int) time.Time {
	month, date, hour, minute, second := day/100%100, day%100, clock/10000, clock/100%100, clock%100
	if month < 1 || month > 12 || date < 1 || date > 31 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	return time.Date(2000+day/10000, time.Month(month), date, hour, minute, second, 0, time.UTC)
}

// fixAt finds the A or V behind twelve digits; 0 if there is none with a place behind it.
func fixAt(frame []byte) int {
	digits := 0
	for i := 18; i+28 < len(frame); i++ {
		c := frame[i]
		if (c == 'A' || c == 'V') && digits >= 12 && (frame[i+10] == 'N' || frame[i+10] == 'S') &&
			(frame[i+21] == 'E' || frame[i+21] == 'W') {
			return i
		}
		if c >= '0' && c <= '9' {
			digits++
		} else {
			digits = 0
		}
	}
	return 0
}

// decimal reads digits with at most one point.
func decimal(b []byte) (float64, bool) {
	v, point := 0.0, -1
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			v = v*10 + float64(c-'0')
		case c == '.' && point < 0:
			point = i
		default:
			return 0, false
		}
	}
	if point >= 0 {
		v /= math.Pow10(len(b) - point - 1)
	}
	return v, len(b) > 0
}
