package wire

import "math"

// Printable is whether b is ASCII without control characters.
func Printable(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// Zeros is whether every byte of b is 0.
func Zeros(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// Bit is 1 for true, 0 for false.
func Bit(on bool) byte {
	if on {
		return 1
	}
	return 0
}

// Clamp rounds v to a whole number from low to high, which are whole numbers themselves. NaN is low.
func Clamp(v, low, high float64) float64 {
	if !(v > low) { // also NaN
		return low
	}
	return min(math.Round(v), high)
}
