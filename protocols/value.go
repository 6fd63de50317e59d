package protocols

import (
	"encoding/hex"
	"math"
	"strconv"
)

// ValueKind says what a Value holds.
type ValueKind uint8

// The kinds. Their numbers are part of the stored encodings and never change.
const (
	KindNumber ValueKind = 0 // a decimal number: mantissa × 10^-scale
	KindBool   ValueKind = 1
	KindText   ValueKind = 2
	KindBytes  ValueKind = 3 // shown as hex
)

// Value is the value of an attribute. Numbers are decimal, as trackers send them (12.345 V is 12345 thousandths),
// so that nothing is lost or invented on the way to disk and page.
type Value struct {
	text  string
	num   int64
	kind  ValueKind
	scale uint8
}

// Int is a whole number.
func Int(v int64) Value { return Value{num: v} }

// Decimal is mantissa × 10^-scale, 0 ≤ scale ≤ 18.
func Decimal(mantissa int64, scale uint8) Value {
	if scale > 18 {
		scale = 18
	}
	return Value{num: mantissa, scale: scale}
}

// Bool is true or false.
func Bool(v bool) Value {
	if v {
		return Value{kind: KindBool, num: 1}
	}
	return Value{kind: KindBool}
}

// Text is a text.
func Text(s string) Value { return Value{kind: KindText, text: s} }

// Bytes is a run of bytes, which are copied.
func Bytes(b []byte) Value { return Value{kind: KindBytes, text: string(b)} }

// Kind says what the value holds.
func (v Value) Kind() ValueKind { return v.kind }

// Mantissa and Scale are a number's parts; a bool is 0 or 1.
func (v Value) Mantissa() int64 { return v.num }

// Scale is the number of decimals of a number.
func (v Value) Scale() uint8 { return v.scale }

// Raw is the text of a text and the bytes of bytes.
func (v Value) Raw() string { return v.text }

// Float is the number (or 0 and 1 of a bool) as a float64; NaN for text and bytes.
func (v Value) Float() float64 {
	if v.kind > KindBool {
		return math.NaN()
	}
	return float64(v.num) / pow10[v.scale]
}

var pow10 = [19]float64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// AppendText appends the value as people read it: 12.345, true, the text itself, hex.
func (v Value) AppendText(b []byte) []byte {
	switch v.kind {
	case KindBool:
		return strconv.AppendBool(b, v.num != 0)
	case KindText:
		return append(b, v.text...)
	case KindBytes:
		return hex.AppendEncode(b, []byte(v.text))
	default:
		return appendDecimal(b, v.num, int(v.scale))
	}
}

// String is AppendText as a string.
func (v Value) String() string { return string(v.AppendText(nil)) }

// appendDecimal writes n × 10^-scale without trailing zeros: 12300, 3 → 12.3.
func appendDecimal(b []byte, n int64, scale int) []byte {
	for scale > 0 && n%10 == 0 {
		n, scale = n/10, scale-1
	}
	if scale == 0 {
		return strconv.AppendInt(b, n, 10)
	}
	u := uint64(n)
	if n < 0 {
		b = append(b, '-')
		u = -u
	}
	var digits [20]byte
	d := strconv.AppendUint(digits[:0], u, 10)
	if len(d) <= scale {
		b = append(b, '0', '.')
		for range scale - len(d) {
			b = append(b, '0')
		}
		return append(b, d...)
	}
	b = append(b, d[:len(d)-scale]...)
	b = append(b, '.')
	return append(b, d[len(d)-scale:]...)
}
