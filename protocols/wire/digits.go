package wire

// Digits is whether s is not empty and holds only 0–9.
func Digits[T ~string | ~[]byte](s T) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}

// BCD gives two digits per byte; false if a nibble is no digit.
func BCD(data []byte) (string, bool) {
	var room [40]byte // an identity is shorter
	digits, ok := room[:0], true
	for _, c := range data {
		hi, lo := c>>4, c&15
		ok = ok && hi < 10 && lo < 10
		digits = append(digits, '0'+hi, '0'+lo)
	}
	if !ok {
		return "", false
	}
	return string(digits), true
}

// BCDNumber reads bytes of two digits each as one number; false if a nibble is no digit. At most 9 bytes.
func BCDNumber(data []byte) (int64, bool) {
	var n int64
	for _, c := range data {
		if c>>4 > 9 || c&15 > 9 {
			return 0, false
		}
		n = n*100 + int64(c>>4)*10 + int64(c&15)
	}
	return n, len(data) <= 9
}

// AppendBCD appends digits two to a byte, with a leading 0 if they are odd. What is no digit counts as 0.
func AppendBCD(b []byte, digits string) []byte {
	var hi byte
	odd := len(digits)%2 == 1
	for i := range len(digits) {
		d := digits[i] - '0'
		if d > 9 {
			d = 0
		}
		if odd {
			b = append(b, hi<<4|d)
		}
		hi, odd = d, !odd
	}
	return b
}

// NMEADegrees turns ddmm.mmmm (or dddmm.mmmm) as one number into degrees: 4531.5 is 45° 31.5', 45.525.
func NMEADegrees(v float64) float64 {
	d := float64(int(v / 100))
	return d + (v-d*100)/60
}

// KnotsToKMH turns knots into km/h.
func KnotsToKMH(knots float64) float64 { return knots * 1.852 }

// Luhn is the check digit that belongs behind digits, as a character: of an IMEI's first 14 (3GPP TS 23.003, annex B)
// or an ICCID's first 19 (ITU-T E.118), by ISO/IEC 7812-1, annex B.
func Luhn[T ~string | ~[]byte](digits T) byte {
	sum, double := 0, true
	for i := len(digits) - 1; i >= 0; i-- {
		d := int(digits[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		double = !double
	}
	return byte('0' + (10-sum%10)%10)
}

// LuhnFits is whether the last of some digits is the check digit of those before it; no digits fit too.
func LuhnFits[T ~string | ~[]byte](digits T) bool {
	last := len(digits) - 1
	return last < 0 || Luhn(digits[:last]) == digits[last]
}
