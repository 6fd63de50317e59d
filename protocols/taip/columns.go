package taip

import (
	"math"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// columns reads fixed columns from left to right. Where they end too early sticks as an error; one that can not be read
// is noted, and costs what is read together with it.
type columns struct {
	data []byte
	at   int // the next column
	base int // where data starts in the frame
	err  error
	note error // the first column that could not be read
	bad  bool  // there was one since whole was asked
}

// fail notes that the columns which were read last can not be.
func (c *columns) fail(field string, width int) {
	c.bad = true
	if c.note == nil {
		c.note = &wire.Error{Field: field, Offset: c.base + c.at - width, Err: wire.ErrValue}
	}
}

// whole is whether all columns since it was asked last could be read.
func (c *columns) whole() bool {
	ok := c.err == nil && !c.bad
	c.bad = false
	return ok
}

// fault is the first error, nil if there was none.
func (c *columns) fault() error {
	if c.note != nil {
		return c.note
	}
	return c.err
}

// left is how many characters are left.
func (c *columns) left() int { return len(c.data) - c.at }

// take gives the next n characters, borrowed.
func (c *columns) take(field string, n int) []byte {
	if c.err != nil || c.left() < n {
		if c.err == nil {
			c.err = &wire.Error{Field: field, Offset: c.base + c.at, Err: wire.ErrShort}
		}
		return nil
	}
	c.at += n
	return c.data[c.at-n : c.at]
}

// digits reads n digits, the first of which may be a sign.
func (c *columns) digits(field string, n int) int {
	b := c.take(field, n)
	if b == nil {
		return 0
	}
	v, ok := number(b)
	if !ok {
		c.fail(field, n)
	}
	return int(v)
}

// hex reads n hexadecimal digits.
func (c *columns) hex(field string, n int) uint32 {
	b := c.take(field, n)
	if b == nil {
		return 0
	}
	v, ok := hexNumber(b)
	if !ok {
		c.fail(field, n)
	}
	return v
}

// place reads latitude and longitude: degrees with five decimals, or degrees and minutes with four if there are points.
// Places that can not be are errors; 0, 0 is none.
func (c *columns) place(p *protocols.Position) {
	var lat, lon float64
	if c.left() > 5 && c.data[c.at+5] == '.' {
		lat, lon = c.minutes("latitude", 2), c.minutes("longitude", 3)
	} else {
		lat = float64(c.digits("latitude", 8)) / 1e5
		lon = float64(c.digits("longitude", 9)) / 1e5
	}
	if c.whole() {
		c.locate(p, lat, lon)
	}
}

func (c *columns) locate(p *protocols.Position, lat, lon float64) {
	switch {
	case math.Abs(lat) > 90:
		c.fail("latitude", 17)
		c.bad = false
	case math.Abs(lon) > 180:
		c.fail("longitude", 9)
		c.bad = false
	case lat != 0 || lon != 0:
		p.Located, p.Valid, p.Latitude, p.Longitude = true, true, lat, lon
	}
}

// minutes reads a sign, so many digits of degrees, and mm.mmmm.
func (c *columns) minutes(field string, width int) float64 {
	b := c.take(field, 1+width+7)
	if b == nil {
		return 0
	}
	degrees, ok1 := number(b[1 : 1+width])
	whole, ok2 := number(b[1+width : 3+width])
	part, ok3 := number(b[4+width:])
	v := float64(degrees) + (float64(whole)+float64(part)/1e4)/60
	if !ok1 || !ok2 || !ok3 || whole > 59 || b[0] != '+' && b[0] != '-' {
		c.fail(field, len(b))
	}
	if b[0] == '-' {
		return -v
	}
	return v
}

// motion reads speed and course, three digits each. The speed is multiplied to be km/h.
func (c *columns) motion(p *protocols.Position, kmh float64) {
	speed, course := c.digits("speed", 3), c.digits("heading", 3)
	if !c.whole() {
		return
	}
	if speed >= 0 {
		p.Speed = protocols.Some(float64(speed) * kmh)
	}
	if course >= 0 && course <= 360 {
		p.Course = protocols.Some(float64(course % 360))
	}
}

// mile is km/h in a mile an hour.
const mile = 1.609344

// gpsEpoch is 6 January 1980 in seconds since 1970.
const gpsEpoch = 315964800

// week reads weeks, the day of the week and its second.
func (c *columns) week() time.Time {
	weeks, day, second := c.digits("week", 4), c.digits("day", 1), c.digits("second", 5)
	if ok := c.whole(); !ok || weeks < 0 || day < 0 || day > 6 || second < 0 || second > 86400 {
		c.fail("time", 10)
		c.bad = false
		return time.Time{}
	}
	return time.Unix(gpsEpoch+int64(weeks*7+day)*86400+int64(second), 0).UTC()
}

// ofDay is the second of a day that is nearest to the arrival.
func ofDay(second float64, at time.Time) time.Time {
	if second < 0 || second > 86400 || at.IsZero() {
		return time.Time{}
	}
	at = at.UTC()
	t := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC).
		Add(time.Duration(second * float64(time.Second)))
	switch ahead := t.Sub(at); {
	case ahead > 12*time.Hour:
		t = t.AddDate(0, 0, -1)
	case ahead < -12*time.Hour:
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// stamp reads ddmmyy and hhmmss; zero and an error if there is no such moment.
func (c *columns) stamp() time.Time {
	day, clock := c.digits("date", 6), c.digits("time", 6)
	d, mo, y := day/10000, day/100%100, 2000+day%100
	h, mi, s := clock/10000, clock/100%100, clock%100
	ok := c.whole() && day >= 0 && clock >= 0 && mo >= 1 && mo <= 12 && d >= 1 && h <= 23 && mi <= 59 && s <= 59
	t := time.Date(y, time.Month(mo), d, h, mi, s, 0, time.UTC)
	if !ok || t.Day() != d {
		c.fail("date and time", 12)
		c.bad = false
		return time.Time{}
	}
	return t
}
