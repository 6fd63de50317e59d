package protocols

import (
	"encoding/json"
	"math"
	"testing"
)

// values has one of each kind, and the numbers at the edges.
var values = []struct {
	value      Value
	text, json string
	float      float64
}{
	{Int(0), "0", "0", 0},
	{Int(-17), "-17", "-17", -17},
	{Int(math.MinInt64), "-9223372036854775808", "-9223372036854775808", math.MinInt64},
	{Decimal(12345, 3), "12.345", "12.345", 12.345},
	{Decimal(12300, 3), "12.3", "12.3", 12.3},
	{Decimal(-5, 3), "-0.005", "-0.005", -0.005},
	{Decimal(0, 5), "0", "0", 0},
	{Decimal(math.MinInt64, 18), "-9.223372036854775808", "-9.223372036854775808", -9.223372036854775808},
	{Decimal(1, 200), "0.000000000000000001", "0.000000000000000001", 1e-18},
	{Bool(true), "true", "true", 1},
	{Bool(false), "false", "false", 0},
	{Text("a \"b\"\x01é"), "a \"b\"\x01é", `"a \"b\"\u0001é"`, math.NaN()},
	{Bytes([]byte{0xde, 0xad}), "dead", `"dead"`, math.NaN()},
}

func TestValues(t *testing.T) {
	for _, c := range values {
		if got := c.value.String(); got != c.text {
			t.Errorf("%+v: text %q, want %q", c.value, got, c.text)
		}
		if got, err := json.Marshal(c.value); err != nil || string(got) != c.json {
			t.Errorf("%+v: JSON %s, %v, want %s", c.value, got, err, c.json)
		}
		if got := c.value.Float(); got != c.float && !(math.IsNaN(got) && math.IsNaN(c.float)) {
			t.Errorf("%+v: %v, want %v", c.value, got, c.float)
		}
	}
}

func TestValueParts(t *testing.T) {
	v := Decimal(-415, 1)
	if v.Kind() != KindNumber || v.Mantissa() != -415 || v.Scale() != 1 || v.Raw() != "" {
		t.Errorf("%+v", v)
	}
	b := []byte("abc")
	v = Bytes(b)
	b[0] = 'x'
	if v.Kind() != KindBytes || v.Raw() != "abc" {
		t.Errorf("the bytes were not copied: %+v", v)
	}
}

func TestAttributesWithOneNameAreNumbered(t *testing.T) {
	got := AppendAttributes(nil, []Attribute{Attr("temperature_c", Int(1)), Attr("fuel_l", Int(2)),
		Attr("temperature_c", Int(3)), Attr("temperature_c", Int(4))})
	want := `{"temperature_c":1,"fuel_l":2,"temperature_c_2":3,"temperature_c_3":4}`
	if string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
