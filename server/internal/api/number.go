package api

import (
	"math"
	"strconv"
)

// appendNumber writes v rounded to so many decimals, without trailing zeros; what is no number is 0, since neither
// JSON nor a coordinate has a form for it.
func appendNumber(b []byte, v float64, decimals int) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, '0')
	}
	unit := math.Pow10(decimals)
	if math.Abs(v) < 1e9 {
		v = math.Round(v*unit) / unit
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}
