package starlink

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// usualPlace is which field the latitude is in the usual list.
const usualPlace = 3

// fitsUsual is whether the fields can be those of the usual list: the place is where it has it, with at least two of
// time, event and time before it, or nowhere.
func fitsUsual(data []byte) bool {
	f := wire.NewFields(data, ',')
	before, fit := wire.Field(nil), 0
	for n := 0; f.More(); n++ {
		field := f.Next()
		if isPlace(before, 4) && isPlace(field, 5) {
			return n-1 == usualPlace && fit > 1
		}
		isTime := len(field) == 0 || len(field) == len("yymmddhhmmss")
		if n < usualPlace && (n == 1 && len(field) <= len("999") || n != 1 && isTime) {
			fit++
		}
		before = field
	}
	return true
}

// isPlace is whether a field is a sign, so many digits, a point and decimals.
func isPlace(f wire.Field, digits int) bool {
	return len(f) > digits+2 && (f[0] == '+' || f[0] == '-') && f[digits+1] == '.' && wire.Digits(f[1:digits+1]) &&
		wire.Digits(f[digits+2:])
}

// readShapes reads a report whose list is not the usual one and that the profile does not say, as far as the fields'
// shapes tell: the place, the last time before it (or else the first one behind it), speed and course right behind it.
// All fields are kept as they are, too.
func (c *codec) readShapes(p *protocols.Position, r *reading, data []byte) {
	f := wire.NewFields(data, ',')
	before := wire.Field(nil)
	for f.More() {
		field := f.Next()
		switch {
		case isPlace(before, 4) && isPlace(field, 5) && !r.lon:
			readDegrees(p, r, before, true)
			readDegrees(p, r, field, false)
			readMotion(p, f)
		case len(field) == len("yymmddhhmmss") && (!r.lon || p.Time.IsZero()):
			if t := c.moment(field); !t.IsZero() {
				if r.at.IsZero() {
					r.at = t
				}
				p.Time = t
			}
		}
		before = field
	}
	p.Note("fields", protocols.Text(string(data)))
}

// readMotion reads a speed with decimals, and behind it a course of whole degrees.
func readMotion(p *protocols.Position, f wire.Fields) {
	speed, course := f.Next(), f.Next()
	v, scale, ok := speed.Decimal()
	if !ok || scale == 0 || !set(&p.Speed, float64(v)/pow10[scale]*1.852, 0, 2000) {
		return
	}
	if v, ok := course.Int64(); ok && len(course) == len("000") && v >= 0 && v <= 360 {
		p.Course = protocols.Some(float64(v % 360))
	}
}
