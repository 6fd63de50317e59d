package wire

import (
	"math"
	"testing"
)

func TestPrintable(t *testing.T) {
	for text, want := range map[string]bool{"": true, "~ A1": true, "a\n": false, "\x7F": false, "é": false} {
		if got := Printable([]byte(text)); got != want {
			t.Errorf("Printable(%q) = %v", text, got)
		}
	}
}

func TestZeros(t *testing.T) {
	for text, want := range map[string]bool{"": true, "\x00\x00": true, "\x00\x01": false, "0": false} {
		if got := Zeros([]byte(text)); got != want {
			t.Errorf("Zeros(%q) = %v", text, got)
		}
	}
}

func TestClamp(t *testing.T) {
	for _, c := range []struct{ v, low, high, want float64 }{
		{1.5, 0, 10, 2}, {10.4, 0, 10, 10}, {11, 0, 10, 10}, {-3, 0, 10, 0}, {-3.4, -5, 5, -3}, {math.NaN(), 1, 9, 1},
		{math.Inf(1), 0, 9, 9},
	} {
		if got := Clamp(c.v, c.low, c.high); got != c.want {
			t.Errorf("Clamp(%v, %v, %v) = %v, want %v", c.v, c.low, c.high, got, c.want)
		}
	}
}
