package texts

import (
	"strconv"
	"strings"
	"time"

	"drover/protocols"
)

const (
	ahead  = 10 * time.Minute     // by which a tracker's clock may be before the network's
	behind = 366 * 24 * time.Hour // how old a last known place may be
)

// moment sets the position's time: the first that the words say beside that of the last start, if it can be.
func (r *reading) moment(text string, d protocols.Device, at time.Time) {
	r.p.Time = at
	said, ok := firstTime(text, at)
	if !ok {
		return
	}
	t := said.Add(-d.Offset.Value)
	old := t.Before(at.Add(-behind))
	if !old && !t.After(at.Add(ahead)) {
		r.p.Time = t
		return
	}
	r.attribute("device_time", protocols.Text(said.Format(protocols.TimeLayout)))
	r.p.Valid = r.p.Valid && !old // a clock that never saw a satellite, or a place of long ago
}

// firstTime finds a date with a time of day behind it, read as UTC. Two-digit years and days that could be either are
// taken as what is nearer to a time.
func firstTime(text string, near time.Time) (time.Time, bool) {
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) || i > 0 && (isDigit(text[i-1]) || text[i-1] == '.' || text[i-1] == '-') {
			continue
		}
		date, rest, ok := takeDate(text[i:])
		if !ok || saysStart(text[:i]) {
			continue
		}
		if clock, ok := takeClock(rest); ok {
			if day, ok := date.day(near); ok {
				return day.Add(clock), true
			}
		}
	}
	return time.Time{}, false
}

// saysStart is whether the label before a date is that of the last start (Teltonika's Init and INI).
func saysStart(before string) bool {
	lower := asciiLower(strings.TrimRight(before, " :"))
	return strings.HasSuffix(lower, "init") || strings.HasSuffix(lower, "ini")
}

// date is three numbers between the same signs.
type date struct{ parts [3]string }

func takeDate(s string) (d date, rest string, ok bool) {
	var sign byte
	for i := range d.parts {
		n := 0
		for n < len(s) && n < 5 && isDigit(s[n]) {
			n++
		}
		if n == 0 || n > 4 {
			return d, s, false
		}
		d.parts[i], s = s[:n], s[n:]
		if i == 2 {
			return d, s, true
		}
		if s == "" || strings.IndexByte("-/.", s[0]) < 0 || i == 1 && s[0] != sign {
			return d, s, false
		}
		sign, s = s[0], s[1:]
	}
	return d, s, false
}

// day finds which number is the year, the month and the day.
func (d *date) day(near time.Time) (best time.Time, ok bool) {
	for _, order := range [...][3]int{{0, 1, 2}, {2, 1, 0}, {2, 0, 1}} {
		year, month, day := d.parts[order[0]], number(d.parts[order[1]]), number(d.parts[order[2]])
		if len(year) != 2 && len(year) != 4 || len(d.parts[order[1]]) > 2 || len(d.parts[order[2]]) > 2 {
			continue
		}
		y := number(year)
		if len(year) == 2 {
			y += 2000
		}
		t := time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if t.Day() != day || int(t.Month()) != month || y < 2000 {
			continue
		}
		if !ok || t.Sub(near).Abs() < best.Sub(near).Abs() {
			best, ok = t, true
		}
	}
	return best, ok
}

// takeClock reads hh:mm or hh:mm:ss, with T, spaces, a comma and the label Time before it.
func takeClock(s string) (time.Duration, bool) {
	s = strings.TrimLeft(s, " ,T\r\n")
	if len(s) > 5 && strings.EqualFold(s[:4], "time") {
		s = strings.TrimLeft(s[4:], " :")
	} else if len(s) > 4 && strings.EqualFold(s[:3], "ime") { // its T went with the spaces
		s = strings.TrimLeft(s[3:], " :")
	}
	var parts [3]int
	for i := range parts {
		n := 0
		for n < len(s) && n < 2 && isDigit(s[n]) {
			n++
		}
		if n == 0 || i > 0 && n != 2 {
			return 0, false
		}
		parts[i], s = number(s[:n]), s[n:]
		if s == "" || s[0] != ':' {
			if i == 0 {
				return 0, false
			}
			break
		}
		s = s[1:]
	}
	if parts[0] > 23 || parts[1] > 59 || parts[2] > 59 {
		return 0, false
	}
	return time.Duration(parts[0])*time.Hour + time.Duration(parts[1])*time.Minute +
		time.Duration(parts[2])*time.Second, true
}

// number is of a few digits.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) // they are digits
	return n
}
