package gps103

import (
	"time"

	"drover/protocols/wire"
)

// moment puts the hour in UTC on the day that the local time tells.
func (c *codec) moment(local, utc wire.Field) time.Time {
	day := localTime(local)
	if len(utc) > 6 && utc[6] == '.' {
		utc = utc[:6]
	}
	clock, ok := utc.Pairs(3)
	if !ok || day.IsZero() {
		return c.shift(day)
	}
	t := wire.Moment(day.Year(), int(day.Month()), day.Day(), clock[0], clock[1], clock[2])
	if t.IsZero() {
		return c.shift(day)
	}
	const half = 12 * time.Hour
	switch apart := c.shift(day).Sub(t); {
	case apart > half:
		t = t.AddDate(0, 0, 1)
	case apart <= -half:
		t = t.AddDate(0, 0, -1)
	}
	return t
}

// local is a local time as UTC.
func (c *codec) local(b wire.Field) time.Time { return c.shift(localTime(b)) }

func (c *codec) shift(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(-c.offset.Value)
}

// localTime reads yymmddhhmm, yymmddhhmmss or yy/mm/dd hh:mm; zero if it is none.
func localTime(b wire.Field) time.Time {
	var digits [12]byte
	n := 0
	for _, d := range b {
		switch {
		case d >= '0' && d <= '9' && n < len(digits):
			digits[n] = d
			n++
		case d != '/' && d != ':' && d != ' ' && d != '-':
			return time.Time{}
		}
	}
	if n != 10 && n != 12 {
		return time.Time{}
	}
	t, _ := wire.Field(digits[:n]).Pairs(n / 2)
	return wire.Moment(t[0], t[1], t[2], t[3], t[4], t[5])
}
