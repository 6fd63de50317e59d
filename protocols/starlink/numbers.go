package starlink

import "bytes"

var pow10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17}

// decimal reads [+-]ddd[.ddd] of at most 17 digits as mantissa and number of decimals.
func decimal(b []byte) (mantissa int64, scale uint8, ok bool) {
	negative := len(b) > 0 && b[0] == '-'
	if negative || len(b) > 0 && b[0] == '+' {
		b = b[1:]
	}
	seen, dot := 0, false
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9' && seen < 17:
			mantissa = mantissa*10 + int64(c-'0')
			seen++
			if dot {
				scale++
			}
		case c == '.' && !dot:
			dot = true
		default:
			return 0, 0, false
		}
	}
	if negative {
		mantissa = -mantissa
	}
	return mantissa, scale, seen > 0
}

// integer reads a whole number.
func integer(b []byte) (int64, bool) {
	v, scale, ok := decimal(b)
	return v, ok && scale == 0
}

// degrees reads [+-]dddmm.mmmm.
func degrees(b []byte) (float64, bool) {
	dot := bytes.IndexByte(b, '.')
	if dot < 0 {
		dot = len(b)
	}
	v, scale, ok := decimal(b)
	if !ok || dot < 4 {
		return 0, false
	}
	negative := v < 0
	if negative {
		v = -v
	}
	unit := pow10[scale]
	whole := int64(float64(v) / (100 * unit))
	minutes := float64(v)/unit - float64(whole)*100
	if minutes >= 60 {
		return 0, false
	}
	d := float64(whole) + minutes/60
	if negative {
		d = -d
	}
	return d, true
}

// unhex is the value of a hexadecimal digit; 255 if it is none.
func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 255
}
