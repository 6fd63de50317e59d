package texts

import (
	"math"
	"strconv"
	"strings"
)

// angle is a latitude or a longitude as it was written.
type angle struct {
	degrees float64
	letter  byte // N, S, E or W; 0 if none
	ok      bool
}

// signed gives the degrees, negative for S and W.
func (a angle) signed() float64 {
	if a.letter == 'S' || a.letter == 'W' {
		return -math.Abs(a.degrees)
	}
	return a.degrees
}

// link finds a link to a map, takes its place, and gives the text without it. Of several links the first counts.
func (r *reading) link(text string) (rest string, ok bool) {
	lower := asciiLower(text)
	for _, mark := range [...]string{"q", "ll", "loc", "query", "destination"} {
		start, end, lat, lon := pairAfter(text, lower, mark)
		if end == 0 || !r.place(lat, lon) {
			continue
		}
		if i := strings.LastIndex(lower[:start], "http"); i >= 0 && start-i < 80 {
			start = i
		}
		for end < len(text) && text[end] > ' ' {
			end++ // what else the link holds
		}
		return text[:start] + "; " + text[end:], true
	}
	return text, false
}

// pairAfter finds mark=lat,lon, also with spaces about the sign and with : for it. end is 0 if there is none.
func pairAfter(text, lower, mark string) (start, end int, lat, lon float64) {
	for from := 0; from < len(lower); {
		i := strings.Index(lower[from:], mark)
		if i < 0 {
			break
		}
		start = from + i
		from = start + len(mark)
		if start > 0 && isAlnum(lower[start-1]) {
			continue
		}
		after := strings.TrimLeft(text[from:], " ")
		if after == "" || after[0] != '=' && after[0] != ':' {
			continue
		}
		a, left := parseAngle(after[1:])
		if separated, found := cutSeparator(left); found && a.ok {
			if b, left := parseAngle(separated); b.ok {
				a, b = ordered(a, b)
				return start, len(text) - len(left), a.signed(), b.signed()
			}
		}
	}
	return 0, 0, 0, 0
}

// ordered puts the latitude first where the letters say that it came second.
func ordered(a, b angle) (lat, lon angle) {
	if (a.letter == 'E' || a.letter == 'W') && (b.letter == 'N' || b.letter == 'S') {
		return b, a
	}
	return a, b
}

// cutSeparator takes what parts two coordinates: a comma, plain or as %2c, a colon, semicolon, plus or space.
func cutSeparator(s string) (string, bool) {
	t := strings.TrimLeft(s, " ")
	if len(t) >= 3 && (t[:3] == "%2c" || t[:3] == "%2C") {
		return t[3:], true
	}
	if t != "" && strings.IndexByte(",:;+", t[0]) >= 0 {
		return t[1:], true
	}
	return t, len(t) < len(s)
}

// parseAngle reads one coordinate at the start of s: a letter before or behind, a sign, and decimal degrees, degrees,
// minutes and seconds with spaces or their signs between, ddmm.mmmm, or millionths of a degree without a point.
func parseAngle(s string) (a angle, rest string) {
	t := strings.TrimLeft(s, " ")
	if t != "" && isCompass(t[0]) {
		a.letter, t = t[0]&^0x20, strings.TrimLeft(t[1:], " :")
	}
	negative := strings.HasPrefix(t, "-")
	if negative || strings.HasPrefix(t, "+") {
		t = t[1:]
	}
	digits, t := takeNumber(t)
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return angle{}, s
	}
	whole := !strings.Contains(digits, ".")
	switch {
	case whole && v > 180 && len(digits) >= 7:
		v /= 1e6
	case !whole && v > 180 && v < 18060:
		v = math.Floor(v/100) + math.Mod(v, 100)/60
	case whole:
		v, t = sexagesimal(v, t)
	}
	if behind := strings.TrimLeft(t, " °'\""); a.letter == 0 && behind != "" && isCompass(behind[0]) &&
		(len(behind) == 1 || !isAlnum(behind[1])) {
		a.letter, t = behind[0]&^0x20, behind[1:]
	}
	if negative {
		v = -v
	}
	a.degrees, a.ok = v, v >= -180 && v <= 180
	return a, t
}

// sexagesimal adds minutes and seconds: 22 32 36.63 or 22°32'36.63". Without both of them nothing is taken.
func sexagesimal(degrees float64, s string) (float64, string) {
	rest, parts := s, [2]float64{}
	for i := range parts {
		trimmed := strings.TrimLeft(rest, " °'")
		digits, after := takeNumber(trimmed)
		v, err := strconv.ParseFloat(digits, 64)
		if err != nil || len(trimmed) == len(rest) || v >= 60 {
			return degrees, s
		}
		parts[i], rest = v, after
	}
	return degrees + parts[0]/60 + parts[1]/3600, rest
}

// takeNumber takes digits with at most one point in the middle: at most 16 bytes.
func takeNumber(s string) (number, rest string) {
	n, point := 0, false
	for n < len(s) && n < 16 {
		switch {
		case isDigit(s[n]):
		case s[n] == '.' && !point && n > 0 && n+1 < len(s) && isDigit(s[n+1]):
			point = true
		default:
			return s[:n], s[n:]
		}
		n++
	}
	return s[:n], s[n:]
}

func isCompass(c byte) bool { return strings.IndexByte("NSEWnsew", c) >= 0 }

// pair makes a place of a latitude and a longitude that stood apart.
func (r *reading) pair() {
	if r.lat.ok && r.lon.ok {
		lat, lon := ordered(r.lat, r.lon)
		r.place(lat.signed(), lon.signed())
	}
}
