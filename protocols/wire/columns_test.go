package wire

import (
	"math"
	"testing"
	"time"
)

func TestColumns(t *testing.T) {
	var c Columns
	c.Cut([]byte("a,,12.5,-7,x"), ',')
	if c.Len() != 5 || !c.At(0).Is("a") || len(c.At(1)) != 0 || c.At(5) != nil || c.At(-1) != nil {
		t.Errorf("%d columns, %q %q %q", c.Len(), c.At(0), c.At(1), c.At(5))
	}
	if got := string(c.Span(2, 9)); got != "12.5,-7,x" || c.Offset(3) != 8 || c.Offset(9) != 12 {
		t.Errorf("span %q, offsets %d %d", got, c.Offset(3), c.Offset(9))
	}
	if v, ok := c.At(2).Float(); !ok || v != 12.5 {
		t.Errorf("float %v %v", v, ok)
	}
	if v, ok := c.At(3).Int(); !ok || v != -7 {
		t.Errorf("int %v %v", v, ok)
	}
	if _, ok := c.At(2).Int(); ok {
		t.Error("12.5 is no whole number")
	}
	if c.At(4).Letter() != 'x' || c.At(2).Letter() != 0 {
		t.Error("letter")
	}
	long := make([]byte, 70_000)
	for i := range long {
		long[i] = ','
	}
	c.Cut(long, ',')
	if c.Len() != MaxColumns || len(c.At(MaxColumns-1)) != maxColumnBytes-MaxColumns+1 {
		t.Errorf("%d columns, the last has %d bytes", c.Len(), len(c.At(MaxColumns-1)))
	}
}

func TestSignedNumbers(t *testing.T) {
	for text, want := range map[string]float64{"1": 1, "+1.50": 1.5, "-0.25": -0.25, ".5": 0.5, "7.": 7, "00012": 12} {
		if got, ok := Field(text).Float(); !ok || got != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "-", ".", "1.2.3", "1e5", "--1", "0x1"} {
		if got, ok := Field(text).Float(); ok {
			t.Errorf("%q: %v", text, got)
		}
	}
	if v, ok := Field("fF10").Hex(); !ok || v != 0xFF10 {
		t.Errorf("hex %x %v", v, ok)
	}
	for _, text := range []string{"", "g", "12345678901234567"} {
		if v, ok := Field(text).Hex(); ok {
			t.Errorf("%q: %x", text, v)
		}
	}
	for text, want := range map[string]float64{"4730.0000": 47.5, "01930.0": 19.5, "0.0": 0} {
		if got, ok := Field(text).Degrees(); !ok || got != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
	if v, ok := Field("4760.0").Degrees(); ok {
		t.Errorf("60 minutes: %v", v)
	}
}

func TestMoments(t *testing.T) {
	p, ok := Field("260615").Pairs(3)
	if got := Moment(p[0], p[1], p[2], 12, 0, 5); !ok || !got.Equal(time.Date(2026, 6, 15, 12, 0, 5, 0, time.UTC)) {
		t.Errorf("%v %v", got, ok)
	}
	for _, text := range []string{"", "26061", "2606150", "26x615"} {
		if _, ok := Field(text).Pairs(3); ok {
			t.Errorf("%q are three pairs", text)
		}
	}
	for _, at := range [][6]int{
		{26, 2, 30, 0, 0, 0}, {26, 13, 1, 0, 0, 0}, {26, 1, 0, 0, 0, 0}, {26, 1, 1, 24, 0, 0}, {26, 1, 1, 0, 60, 0},
		{26, 1, 1, 0, 0, 60}, {26, 1, 1, -1, 0, 0},
	} {
		if got := Moment(at[0], at[1], at[2], at[3], at[4], at[5]); !got.IsZero() {
			t.Errorf("%v: %v", at, got)
		}
	}
}

func TestAppendText(t *testing.T) {
	for _, k := range []struct {
		v               float64
		width, decimals int
		want            string
	}{{1.5, 1, 2, "1.50"}, {-0.007, 1, 2, "-0.01"}, {7, 3, 0, "007"}, {12.05, 4, 3, "0012.050"}, {-0.001, 1, 2, "0.00"}} {
		if got := string(AppendFixed(nil, k.v, k.width, k.decimals)); got != k.want {
			t.Errorf("%v: %q, want %q", k.v, got, k.want)
		}
	}
	for v := -179.99; v < 180; v += 7.7777 {
		text := AppendMinutes(nil, v, 3, 4)
		got, ok := Field(text).Degrees()
		if !ok || len(text) != 10 || math.Abs(got-math.Abs(v)) > 1e-6 {
			t.Errorf("%v: %q, %v", v, text, got)
		}
	}
	if got := string(AppendMinutes(nil, 9.9999999999, 2, 4)); got != "1000.0000" {
		t.Errorf("rounding up gives %q", got)
	}
}
