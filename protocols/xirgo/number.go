package xirgo

// number is a decimal number.
type number struct {
	mantissa int64
	scale    uint8
}

// powers of ten, by exponent.
var powers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12}

func (n number) float() float64 { return float64(n.mantissa) / powers[n.scale] }

// parse reads a decimal number: a sign, digits, and a point with digits. At most 15 digits count.
func parse(b []byte) (number, bool) {
	var n number
	negative, point, digits := false, false, 0
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		negative, b = b[0] == '-', b[1:]
	}
	for _, c := range b {
		switch {
		case c == '.' && !point:
			point = true
			continue
		case c < '0' || c > '9':
			return n, false
		}
		if digits++; digits > 15 || point && int(n.scale) == len(powers)-1 {
			if !point {
				return n, false
			}
			continue
		}
		n.mantissa = n.mantissa*10 + int64(c-'0')
		if point {
			n.scale++
		}
	}
	if negative {
		n.mantissa = -n.mantissa
	}
	return n, digits > 0
}
