package wire

import (
	"bytes"
	"time"
)

// Field is one field of a text message, read in place. Its readers say with ok whether all of it is such a value.
type Field []byte

// maxDigits is the most digits that an int64 holds for sure.
const maxDigits = 18

// tens are the powers of ten that a Field can need.
var tens = [maxDigits + 1]int64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// Is says whether the field is that text.
func (f Field) Is(text string) bool { return string(f) == text }

// Letter is the field's only byte, 0 if it has none or more.
func (f Field) Letter() byte {
	if len(f) != 1 {
		return 0
	}
	return f[0]
}

// Decimal reads a number with or without a sign and a point as mantissa × 10^-scale, of at most 18 digits.
func (f Field) Decimal() (mantissa int64, scale uint8, ok bool) {
	i, minus := 0, false
	if len(f) > 0 && (f[0] == '-' || f[0] == '+') {
		minus, i = f[0] == '-', 1
	}
	digits, point := 0, -1
	for ; i < len(f); i++ {
		switch c := f[i]; {
		case c >= '0' && c <= '9' && digits < maxDigits:
			mantissa = mantissa*10 + int64(c-'0')
			digits++
		case c == '.' && point < 0:
			point = digits
		default:
			return 0, 0, false
		}
	}
	if point >= 0 {
		scale = uint8(digits - point)
	}
	if minus {
		mantissa = -mantissa
	}
	return mantissa, scale, digits > 0
}

// Float reads a decimal as a float64.
func (f Field) Float() (float64, bool) {
	mantissa, scale, ok := f.Decimal()
	return float64(mantissa) / float64(tens[scale]), ok
}

// Int64 reads a whole number with or without a sign.
func (f Field) Int64() (int64, bool) {
	v, scale, ok := f.Decimal()
	return v, ok && scale == 0 && bytes.IndexByte(f, '.') < 0
}

// Int reads a whole number as Int64 does.
func (f Field) Int() (int, bool) {
	v, ok := f.Int64()
	return int(v), ok
}

// Hex reads 1 to 16 hexadecimal digits of either case.
func (f Field) Hex() (uint64, bool) {
	if len(f) == 0 || len(f) > 16 {
		return 0, false
	}
	var v uint64
	for _, c := range f {
		d := hexDigit(c)
		if d < 0 {
			return 0, false
		}
		v = v<<4 | uint64(d)
	}
	return v, true
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// Degrees reads ddmm.mmmm or dddmm.mmmm: whole degrees up to 180, and minutes below 60.
func (f Field) Degrees() (float64, bool) {
	v, scale, ok := f.Decimal()
	if !ok || v < 0 || scale > 16 {
		return 0, false
	}
	unit := tens[scale]
	minutes := float64(v%(100*unit)) / float64(unit)
	degrees := float64(v/(100*unit)) + minutes/60
	return degrees, minutes < 60 && degrees <= 180
}

// Pairs reads n pairs of digits, at most 6: hhmmss, yymmdd. ok says that there are that many and no more.
func (f Field) Pairs(n int) (pairs [6]int, ok bool) {
	if n > len(pairs) || len(f) != 2*n || !Digits(f) {
		return pairs, false
	}
	for i := range n {
		pairs[i] = int(f[2*i]-'0')*10 + int(f[2*i+1]-'0')
	}
	return pairs, true
}

// YMDHMS reads yymmddhhmmss as a time of 2000 to 2099 in UTC; zero if it is none.
func (f Field) YMDHMS() time.Time {
	p, ok := f.Pairs(6)
	if !ok {
		return time.Time{}
	}
	return Moment(p[0], p[1], p[2], p[3], p[4], p[5])
}

// DMYHMS reads ddmmyyhhmmss as a time of 2000 to 2099 in UTC; zero if it is none.
func (f Field) DMYHMS() time.Time {
	p, ok := f.Pairs(6)
	if !ok {
		return time.Time{}
	}
	return Moment(p[2], p[1], p[0], p[3], p[4], p[5])
}

// Moment is a time in UTC; zero if there is no such day or time. Years below 100 are of this century.
func Moment(year, month, day, hour, minute, second int) time.Time {
	if year < 100 {
		year += 2000
	}
	if month < 1 || month > 12 || day < 1 ||
		hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return time.Time{}
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if t.Day() != day {
		return time.Time{}
	}
	return t
}
