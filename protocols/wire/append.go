package wire

import (
	"math"
	"strconv"
)

// AppendFixed writes v with that many decimals and at least width digits before the point.
func AppendFixed(b []byte, v float64, width, decimals int) []byte {
	decimals = min(max(decimals, 0), 9)
	unit := tens[decimals]
	n := int64(math.Round(math.Abs(v) * float64(unit)))
	if v < 0 && n != 0 {
		b = append(b, '-')
	}
	for w, whole := width, n/unit; w > 1 && whole < tens[min(w-1, maxDigits)]; w-- {
		b = append(b, '0')
	}
	b = strconv.AppendInt(b, n/unit, 10)
	if decimals == 0 {
		return b
	}
	b = append(b, '.')
	for d := decimals; d > 1 && n%unit < tens[d-1]; d-- {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, n%unit, 10)
}

// AppendMinutes writes degrees, without their sign, as ddmm.mmmm with that many digits of degrees and decimals.
func AppendMinutes(b []byte, degrees float64, width, decimals int) []byte {
	decimals = min(max(decimals, 0), 7)
	unit := float64(tens[decimals])
	n := int64(math.Round(math.Abs(degrees) * 60 * unit))
	whole := n / (60 * tens[decimals])
	return AppendFixed(b, float64(whole*100)+float64(n%(60*tens[decimals]))/unit, width+2, decimals)
}
