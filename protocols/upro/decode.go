package upro

import (
	"bytes"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// fields reads what follows the first &. One that can not be read costs itself only.
func fields(p *protocols.Position, b []byte, at int) error {
	var err error
	for len(b) > 0 {
		end := bytes.IndexByte(b, '&')
		if end < 0 {
			end = len(b)
		}
		if end > 0 {
			if e := field(p, b[0], b[1:end], at); err == nil && e != nil {
				err = e
			}
		}
		at += end + 1
		b = b[min(end+1, len(b)):]
	}
	return err
}

// field reads the field of a letter. at is its byte in the frame.
func field(p *protocols.Position, letter byte, v wire.Field, at int) error {
	switch letter {
	case 'A':
		return place(p, v, at+1)
	case 'B':
		status(p, v)
	case 'C':
		mileage(p, v)
	case 'E':
		if !p.Odometer.OK {
			mileage(p, v)
		}
	case 'W':
		alarmsMore(p, v)
	case 'I':
		cells(p, v, 4, false)
	case 'X':
		extended(p, v)
	case 'P':
		ownCell(p, v)
	case 'Q':
		diagnosis(p, v)
	case 'Y':
		if len(v) > 6 {
			cells(p, v, 8, true)
		} else if mv, ok := v.Int(); ok && mv >= 0 {
			p.ExternalVolts = protocols.Some(float64(mv) / 1000)
		}
	default:
		if !measured(p, letter, v) {
			other(p, letter, v)
		}
	}
	return nil
}

// measured reads the fields that are one number; it is false where the number has not the digits that it should.
func measured(p *protocols.Position, letter byte, v wire.Field) bool {
	n, ok := v.Int()
	if !ok || n < 0 {
		return false
	}
	switch size := len(v); {
	case letter == 'F' && size == 4:
		p.Speed = protocols.Some(wire.KnotsToKMH(float64(n) / 10))
	case letter == 'F' && size == 6: // two digits more
		p.Speed = protocols.Some(wire.KnotsToKMH(float64(n/100) / 10))
	case letter == 'G' && size == 6:
		p.Altitude = protocols.Some(float64(n) / 10)
	case letter == 'R' && size == 4:
		csq(p, n/100)
		p.Satellites = protocols.Some(n % 100)
	case letter == 'O' && size == 4:
		p.Satellites = protocols.Some(n / 100)
	case letter == 'O' && size == 2:
		p.Satellites = protocols.Some(n)
	case letter == 'N' && size == 2:
		csq(p, n)
	case letter == 'V' && size == 4:
		p.ExternalVolts = protocols.Some(float64(n) / 10)
	case letter == 'T' && size <= 3 && n <= 100:
		p.BatteryPercent = protocols.Some(float64(n))
	case letter == 'M' && size == 3:
		p.BatteryPercent = protocols.Some(float64(n) / 10)
	case letter == 'M' && size == 4:
		p.Note("humidity_percent", protocols.Int(int64(n%1000)))
	case letter == 'J' && size == 6:
		temperature(p, v)
	case letter == 'd' && size == 5:
		p.Note("adc_v", protocols.Decimal(int64(n%10000), 2))
	default:
		return false
	}
	return true
}

// csq notes a signal of 0 to 31.
func csq(p *protocols.Position, n int) {
	if n <= 31 {
		p.SignalPercent = protocols.Some((100*n + 15) / 31)
	}
}

// temperature reads sensor, sign (5 for below zero) and tenths of a degree.
func temperature(p *protocols.Position, v wire.Field) {
	n, _ := v[2:].Int()
	if v[1] == '5' {
		n = -n
	}
	p.Note("temperature_c", protocols.Decimal(int64(n), 1))
}

// other keeps what has no meaning here under its letter.
func other(p *protocols.Position, letter byte, v wire.Field) {
	switch letter {
	case 'K':
		noteText(p, "status_extended", v)
	case 'b':
		noteText(p, "serial", v)
	case 'l':
		noteText(p, "logistics_lock", v)
	default:
		if i := strings.IndexByte(letters, letter); i >= 0 {
			noteText(p, letterNames[i], v)
		}
	}
}

// letters and letterNames are the fields that are kept as they are.
const letters = "DFGHJLMNORSTUVZacefghijkmnopqrstuvwxyz"

var letterNames = [len(letters)]string{
	"field_d", "field_f", "field_g", "field_h", "field_j", "field_l", "field_m", "field_n", "field_o", "field_r",
	"field_s", "field_t", "field_u", "field_v", "field_z", "field_small_a", "field_small_c", "field_small_e",
	"field_small_f", "field_small_g", "field_small_h", "field_small_i", "field_small_j", "field_small_k",
	"field_small_m", "field_small_n", "field_small_o", "field_small_p", "field_small_q", "field_small_r",
	"field_small_s", "field_small_t", "field_small_u", "field_small_v", "field_small_w", "field_small_x",
	"field_small_y", "field_small_z",
}

// The places of a position's digits.
const (
	placeDigits = 34
	offLat      = 6
	offLon      = 14
	offFlags    = 23
	offSpeed    = 24
	offCourse   = 26
	offDate     = 28
)

// place reads hhmmss, latitude, longitude, flags, speed in 2 knots, course in 10 degrees, and ddmmyy. The lower bits of
// the flags are no fix, north, east. A place that can not be costs the place only.
func place(p *protocols.Position, v wire.Field, at int) error {
	if len(v) < placeDigits {
		return &wire.Error{Field: "position", Offset: at, Err: wire.ErrShort}
	}
	h, ok1 := v[:offLat].Pairs(3)
	d, ok2 := v[offDate:placeDigits].Pairs(3)
	if ok1 && ok2 {
		p.Time = wire.Moment(d[2], d[1], d[0], h[0], h[1], h[2])
	}
	if n, ok := v[offSpeed:offCourse].Int(); ok && n >= 0 && !p.Speed.OK {
		p.Speed = protocols.Some(wire.KnotsToKMH(float64(2 * n)))
	}
	if n, ok := v[offCourse:offDate].Int(); ok && n >= 0 && n <= 36 {
		p.Course = protocols.Some(float64(n * 10 % 360))
	}
	lat, ok := angle(v[offLat:offLon])
	if !ok || lat > 90 {
		return &wire.Error{Field: "latitude", Offset: at + offLat, Err: wire.ErrValue}
	}
	lon, ok := angle(v[offLon:offFlags])
	if !ok || lon > 180 {
		return &wire.Error{Field: "longitude", Offset: at + offLon, Err: wire.ErrValue}
	}
	if lat == 0 && lon == 0 {
		return nil
	}
	flags := v[offFlags]
	if flags&2 == 0 {
		lat = -lat
	}
	if flags&4 == 0 {
		lon = -lon
	}
	p.Located, p.Latitude, p.Longitude, p.Valid = true, lat, lon, flags&1 == 0
	return nil
}

// angle reads degrees, and minutes with four decimals, without their point.
func angle(v wire.Field) (float64, bool) {
	n, ok := v.Int()
	minutes := float64(n%1e6) / 1e4
	return float64(n/1e6) + minutes/60, ok && n >= 0 && minutes < 60
}

// mileage reads hexadecimal digits, of which : to ? are those from 10 to 15, in twice a knot over a second.
func mileage(p *protocols.Position, v wire.Field) {
	var n uint64
	for _, c := range v {
		if c>>4 != 3 {
			return
		}
		n = n<<4 | uint64(c&15)
	}
	if len(v) > 0 && len(v) <= 8 {
		p.Odometer = protocols.Some(float64(n) * 2 * 1852 / 3600)
	}
}
