package wialon

import (
	"bytes"

	"drover/protocols/wire"
)

// line is what stands where in a line: prefix#kind#body.
type line struct {
	data   []byte // without the line's end
	prefix []byte // the device's id over UDP, perhaps behind a version
	kind   []byte
	body   []byte
	at     int // where the body starts
}

// open cuts a line at its two #; kind is nil if there are none.
func open(data []byte) line {
	l := line{data: data}
	if end := bytes.IndexByte(data, '\n'); end >= 0 {
		l.data = data[:end]
	}
	l.data = bytes.TrimRight(l.data, "\r")
	first := bytes.IndexByte(l.data, '#')
	if first < 0 {
		return l
	}
	second := bytes.IndexByte(l.data[first+1:], '#')
	if second < 0 {
		return l
	}
	l.prefix = l.data[:first]
	l.kind = l.data[first+1 : first+1+second]
	l.at = first + second + 2
	l.body = l.data[l.at:]
	return l
}

// field is the nth field of the body; nil if there is none.
func (l *line) field(n int) []byte {
	rest := l.body
	for ; n > 0; n-- {
		_, after, ok := bytes.Cut(rest, semicolon)
		if !ok {
			return nil
		}
		rest = after
	}
	field, _, _ := bytes.Cut(rest, semicolon)
	return field
}

var semicolon = []byte{';'}

// seal takes the checksum off a body of which the field after so many is one. It says whether there is a checksum and
// whether it is right. What it covers ends with the separator before it.
func (l *line) seal(fields int, separator byte) (there, right bool) {
	at := bytes.LastIndexByte(l.body, separator)
	if at < 0 || fields > 0 && bytes.Count(l.body[:at+1], semicolon) != fields {
		return false, true
	}
	sum, ok := hexNumber(l.body[at+1:])
	if !ok {
		return false, true
	}
	right = wire.CRC16ARC(l.body[:at+1]) == sum
	l.body = l.body[:at]
	return true, right
}

// hexNumber reads one to four hexadecimal digits.
func hexNumber(b []byte) (uint16, bool) {
	if len(b) == 0 || len(b) > 4 {
		return 0, false
	}
	var n uint16
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		n = n<<4 | uint16(c)
	}
	return n, true
}

// whole reads digits as a number.
func whole(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// decimal reads a sign, digits and at most one point: mantissa and decimals. More than 17 digits are cut off.
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

// float reads a decimal as a float64.
func float(b []byte) (float64, bool) {
	mantissa, scale, ok := decimal(b)
	return float64(mantissa) / tens[scale], ok
}
