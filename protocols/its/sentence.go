package its

import (
	"bytes"
	"time"

	"drover/protocols/wire"
)

// maxFields is the most fields of a sentence; the last one keeps what follows.
const maxFields = 112

// sentence is a frame cut at its commas, with its anchors.
type sentence struct {
	data  []byte // without the line's end and the *
	start [maxFields]uint16
	n     int
	imei  int // the field that is fifteen digits, -1 if there is none
	place int // the field of the latitude, -1 if there is none
}

// cut borrows frame, which starts with $.
func (s *sentence) cut(frame []byte) {
	if len(frame) > maxSentence {
		frame = frame[:maxSentence]
	}
	s.data = bytes.TrimRight(frame, "*\r\n \x00")
	s.n, s.imei, s.place = 1, -1, -1
	for i := range s.data {
		if s.data[i] == ',' && s.n < maxFields {
			s.start[s.n] = uint16(i + 1)
			s.n++
		}
	}
	for i := range s.n {
		switch {
		case s.imei < 0 && i < 10 && isIMEI(s.at(i)):
			s.imei = i
		case s.place < 0 && i > 0 && i+2 < s.n && isHemisphere(s.at(i), 'N', 'S') &&
			isHemisphere(s.at(i+2), 'E', 'W') && isAngle(s.at(i-1)) && isAngle(s.at(i+1)):
			s.place = i - 1
		}
	}
}

// at is field i, nil if there is none.
func (s *sentence) at(i int) []byte {
	if i < 0 || i >= s.n {
		return nil
	}
	end := len(s.data)
	if i+1 < s.n {
		end = int(s.start[i+1]) - 1
	}
	return s.data[s.start[i]:end]
}

// fail is an error about field i.
func (s *sentence) fail(field string, i int, err error) error {
	at := len(s.data)
	if i >= 0 && i < s.n {
		at = int(s.start[i])
	}
	return &wire.Error{Field: field, Offset: at, Err: err}
}

// word is the word that names the sentence: behind the $, or the next field.
func (s *sentence) word() []byte {
	if w := s.at(0)[1:]; len(w) > 0 {
		return w
	}
	return s.at(1)
}

func isIMEI(b []byte) bool { return len(b) == 15 && wire.Digits(b) }

func isHemisphere(b []byte, plus, minus byte) bool {
	return len(b) == 1 && (b[0] == plus || b[0] == minus)
}

func isAngle(b []byte) bool {
	_, _, ok := decimal(b)
	return ok
}

// decimal reads a number with a sign and at most one point: mantissa and decimals.
func decimal(b []byte) (v int64, scale uint8, ok bool) {
	negative := len(b) > 0 && b[0] == '-'
	if negative || len(b) > 0 && b[0] == '+' {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 17 {
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

var pow10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17}

// float reads a number.
func float(b []byte) (float64, bool) {
	v, scale, ok := decimal(b)
	return float64(v) / pow10[scale], ok
}

// whole reads digits.
func whole(b []byte) (int64, bool) {
	v, scale, ok := decimal(b)
	return v, ok && scale == 0
}

// hexNumber reads up to eight hexadecimal digits.
func hexNumber(b []byte) (v uint64, ok bool) {
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		v = v<<4 | uint64(c)
	}
	return v, len(b) > 0 && len(b) <= 8
}

// isBinary is whether b is as many digits, each at most high.
func isBinary(b []byte, width int, high byte) bool {
	for _, c := range b {
		if c < '0' || c > high {
			return false
		}
	}
	return len(b) == width
}

// moment reads the time that ends with field i: ddmmyyyyhhmmss or ddmmyyhhmmss, date and time, or six fields. It gives
// the field before it.
func (s *sentence) moment(i int) (time.Time, int) {
	b := s.at(i)
	v, ok := whole(b)
	switch {
	case !ok:
		return time.Time{}, i
	case len(b) == 14 || len(b) == 12:
		return instant(v/1e6, len(b)-6, v%1e6), i - 1
	case len(b) == 6:
		d := s.at(i - 1)
		if date, ok := whole(d); ok && (len(d) == 8 || len(d) == 6) {
			return instant(date, len(d), v), i - 2
		}
	case len(b) == 2 && len(s.at(i-1)) == 2 && len(s.at(i-2)) == 2 && len(s.at(i-4)) == 2 && len(s.at(i-5)) == 2:
		var parts [5]int64
		for n := range parts {
			parts[n], _ = whole(s.at(i - 5 + n))
		}
		date, width := parts[0]*1e4+parts[1]*100+parts[2], 6
		if len(s.at(i-3)) == 4 {
			date, width = parts[0]*1e6+parts[1]*1e4+parts[2], 8
		}
		return instant(date, width, parts[3]*1e4+parts[4]*100+v), i - 6
	}
	return time.Time{}, i
}

// instant is ddmmyyyy or ddmmyy, by its width, and hhmmss.
func instant(date int64, width int, clock int64) time.Time {
	century := int64(10000)
	if width == 6 {
		century = 100
	}
	day, month, year := int(date/century/100), int(date/century%100), int(date%century)
	if width == 6 {
		year += 2000
	}
	hour, minute, second := int(clock/10000), int(clock/100%100), int(clock%100)
	if year < 2000 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31 ||
		hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
}
