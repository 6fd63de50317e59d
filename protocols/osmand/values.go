package osmand

import (
	"bytes"
	"math"
	"time"

	"drover/protocols"
)

// decimal reads a sign, digits and at most one point: mantissa and decimals. Digits after the 18th are cut off if they
// are behind the point.
func decimal(b []byte) (mantissa int64, scale uint8, ok bool) {
	negative := len(b) > 0 && b[0] == '-'
	if negative || len(b) > 0 && b[0] == '+' {
		b = b[1:]
	}
	digits, point := 0, false
	for _, c := range b {
		switch {
		case c == '.' && !point:
			point = true
		case c < '0' || c > '9' || !point && digits > 17:
			return 0, 0, false
		case digits <= 17:
			mantissa = mantissa*10 + int64(c-'0')
			digits++
			if point {
				scale++
			}
		}
	}
	if negative {
		mantissa = -mantissa
	}
	return mantissa, scale, digits > 0
}

// tens are the powers of ten that decimal can need.
var tens = [19]float64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// float reads a decimal, perhaps with an exponent, as a float64.
func float(b []byte) (float64, bool) {
	exponent := 0.0
	if e := bytes.IndexAny(b, "eE"); e > 0 {
		n, scale, ok := decimal(b[e+1:])
		if !ok || scale > 0 || n > 30 || n < -30 {
			return 0, false
		}
		exponent, b = float64(n), b[:e]
	}
	mantissa, scale, ok := decimal(b)
	v := float64(mantissa) / tens[scale]
	if exponent != 0 {
		v *= math.Pow(10, exponent)
	}
	return v, ok
}

// value is a number, a truth or a text.
func value(b []byte) protocols.Value {
	if mantissa, scale, ok := decimal(b); ok {
		return protocols.Decimal(mantissa, scale)
	}
	switch string(b) {
	case "true":
		return protocols.Bool(true)
	case "false":
		return protocols.Bool(false)
	}
	return protocols.Text(string(b))
}

// maxSeconds is from where on a number of time is milliseconds.
const maxSeconds = math.MaxInt32

// moment reads a time: seconds or milliseconds since 1970, or date and time of ISO 8601, of which T may be a space. A
// time without a zone has the given offset. It is zero if it can not be read.
func moment(b []byte, offset time.Duration) time.Time {
	if v, ok := float(b); ok {
		switch {
		case v < 0 || v > 1e14:
			return time.Time{}
		case v >= maxSeconds:
			return time.UnixMilli(int64(v)).UTC()
		}
		return time.UnixMilli(int64(math.Round(v * 1000))).UTC()
	}
	const layout = "2006-01-02T15:04:05"
	if len(b) < len(layout) || len(b) > 40 {
		return time.Time{}
	}
	var room [40]byte
	text := append(room[:0], b...)
	if text[10] == ' ' || text[10] == 't' {
		text[10] = 'T'
	}
	zone := text[len(layout):]
	if i := bytes.LastIndexByte(zone, ' '); i >= 0 { // a plus that was not escaped
		zone[i] = '+'
	}
	if i := bytes.IndexAny(zone, "Zz+-"); i >= 0 {
		if zone[i] == 'z' {
			zone[i] = 'Z'
		}
		if n := len(zone) - i; n == 5 { // +0200
			text = append(text[:len(text)-2], ':', text[len(text)-2], text[len(text)-1])
			copy(text[len(text)-2:], b[len(b)-2:])
		}
		t, err := time.Parse(time.RFC3339Nano, string(text))
		if err != nil {
			return time.Time{}
		}
		return bounded(t.UTC())
	}
	t, err := time.Parse(layout, string(text))
	if err != nil {
		return time.Time{}
	}
	return bounded(t.Add(-offset))
}

// bounded is a time after 1970 and before 2262, zero otherwise.
func bounded(t time.Time) time.Time {
	if t.Year() < 1970 || t.Year() > 2261 {
		return time.Time{}
	}
	return t
}

func setSpeed(p *protocols.Position, kmh float64) {
	if kmh >= 0 && kmh <= 2000 {
		p.Speed = protocols.Some(kmh)
	}
}

func setCourse(p *protocols.Position, v float64) {
	if v >= 0 && v <= 360 {
		p.Course = protocols.Some(math.Mod(v, 360))
	}
}

func setAltitude(p *protocols.Position, v float64) {
	if v >= -32768 && v <= 100000 {
		p.Altitude = protocols.Some(v)
	}
}
