package wire

import (
	"testing"
	"time"
)

func TestFieldNumbers(t *testing.T) {
	for text, want := range map[string]float64{"0": 0, "-7": -7, "+7.5": 7.5, "12.340": 12.34, ".5": 0.5, "5.": 5} {
		if got, ok := Field(text).Float(); !ok || got != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "-", ".", "1.2.3", "1e5", "1234567890123456789", " 1"} {
		if got, ok := Field(text).Float(); ok {
			t.Errorf("%q: %v", text, got)
		}
	}
	if v, ok := Field("-12").Int64(); v != -12 || !ok {
		t.Errorf("%d %v", v, ok)
	}
	if v, ok := Field("5.").Int64(); ok {
		t.Errorf("5. is %d", v)
	}
	if v, ok := Field("1aF").Hex(); v != 0x1AF || !ok {
		t.Errorf("%x %v", v, ok)
	}
	for _, text := range []string{"", "g", "12345678123456781"} {
		if v, ok := Field(text).Hex(); ok {
			t.Errorf("%q: %x", text, v)
		}
	}
}

func TestFieldDegrees(t *testing.T) {
	for text, want := range map[string]float64{"4730.0000": 47.5, "01930.0000": 19.5, "0": 0, "930": 9.5} {
		if got, ok := Field(text).Degrees(); !ok || got != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "4760.0", "-4730.0", "18100.0", "x", "1.12345678901234567"} {
		if got, ok := Field(text).Degrees(); ok {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestFieldTimes(t *testing.T) {
	want := time.Date(2024, 2, 29, 23, 59, 58, 0, time.UTC)
	if got := Field("240229235958").YMDHMS(); !got.Equal(want) {
		t.Errorf("%v", got)
	}
	if got := Field("290224235958").DMYHMS(); !got.Equal(want) {
		t.Errorf("%v", got)
	}
	for _, text := range []string{"", "24022923595", "230229235958", "241329235958", "24022924595x", "240229246060"} {
		if got := Field(text).YMDHMS(); !got.IsZero() {
			t.Errorf("%q: %v", text, got)
		}
	}
}
