package xirgo

import "time"

// moment is what date and time say; zero if there is no such moment.
func moment(date, clock []byte, offset time.Duration) time.Time {
	const size = len("0000/00/00")
	if len(date) != size || matches(clock, "DD:DD:DD") != len("DD:DD:DD") {
		return time.Time{}
	}
	year, month, day := date[:4], date[5:7], date[8:]
	if date[2] == '/' {
		month, day, year = date[:2], date[3:5], date[6:]
	}
	y, ok1 := parse(year)
	mo, ok2 := parse(month)
	da, ok3 := parse(day)
	h, mi, s := two(clock), two(clock[3:]), two(clock[6:])
	if !ok1 || !ok2 || !ok3 || y.mantissa < 1980 || mo.mantissa < 1 || mo.mantissa > 12 || da.mantissa < 1 ||
		da.mantissa > 31 || h > 23 || mi > 59 || s > 59 {
		return time.Time{}
	}
	t := time.Date(int(y.mantissa), time.Month(mo.mantissa), int(da.mantissa), h, mi, s, 0, time.UTC)
	return t.Add(-offset)
}

func two(b []byte) int { return int(b[0]-'0')*10 + int(b[1]-'0') }
