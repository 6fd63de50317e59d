package queclink

import (
	"bytes"
	"time"

	"drover/protocols"
)

// maxFields is the most fields that a text is cut into; the last one keeps what follows. The longest reports, all CAN
// items with accessories, have about 150.
const maxFields = 320

// line is the fields of a text between its commas, borrowed from the frame.
type line struct {
	data  []byte
	start [maxFields + 1]uint16 // of each field; one more than there are, so that a field ends before the next starts
	n     int
	whole string // data as a string, once a text attribute needed it
}

// cut cuts a text without its $ into fields.
func (l *line) cut(data []byte) {
	l.data, l.n = data, 1
	for i, b := range data {
		if b == ',' && l.n < maxFields {
			l.start[l.n] = uint16(i + 1)
			l.n++
		}
	}
	l.start[l.n] = uint16(len(data) + 1)
}

// at is field i; nil if there is none.
func (l *line) at(i int) []byte {
	if i < 0 || i >= l.n {
		return nil
	}
	return l.data[l.start[i] : l.start[i+1]-1]
}

// text is the fields from i up to but not including j with the commas between them, commas at the ends left out.
func (l *line) text(i, j int) string {
	if i >= min(j, l.n) {
		return ""
	}
	from, to := int(l.start[i]), int(l.start[min(j, l.n)])-1
	for from < to && l.data[from] == ',' {
		from++
	}
	for to > from && l.data[to-1] == ',' {
		to--
	}
	if from == to {
		return ""
	}
	if l.whole == "" {
		l.whole = string(l.data)
	}
	return l.whole[from:to]
}

// noteText adds fields as they are, if there are any.
func (l *line) noteText(p *protocols.Position, name string, i, j int) {
	if s := l.text(i, j); s != "" {
		p.Note(name, protocols.Text(s))
	}
}

// digits is whether b has only 0–9 and is not empty.
func digits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

// decimal reads [-]ddd[.ddd] of at most 17 digits as mantissa and number of decimals.
func decimal(b []byte) (mantissa int64, scale uint8, ok bool) {
	negative := len(b) > 0 && b[0] == '-'
	if negative || len(b) > 0 && b[0] == '+' {
		b = b[1:]
	}
	seen, dot := 0, false
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9' && seen < 17:
			mantissa = mantissa*10 + int64(c-'0')
			seen++
			if dot {
				scale++
			}
		case c == '.' && !dot:
			dot = true
		default:
			return 0, 0, false
		}
	}
	if negative {
		mantissa = -mantissa
	}
	return mantissa, scale, seen > 0
}

var pow10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17}

// number reads a decimal as a float64.
func number(b []byte) (float64, bool) {
	m, scale, ok := decimal(b)
	return float64(m) / pow10[scale], ok
}

// within reads a decimal of that range.
func within(b []byte, least, most float64) protocols.Opt[float64] {
	if v, ok := number(b); ok && v >= least && v <= most {
		return protocols.Some(v)
	}
	return protocols.Opt[float64]{}
}

// noteNumber adds a decimal; what is none is left out.
func noteNumber(p *protocols.Position, name string, b []byte) {
	if m, scale, ok := decimal(b); ok {
		p.Note(name, protocols.Decimal(m, scale))
	}
}

// hexadecimal reads up to 16 hexadecimal digits.
func hexadecimal(b []byte) (v uint64, ok bool) {
	for _, c := range b {
		d := unhex(c)
		if d > 15 {
			return 0, false
		}
		v = v<<4 | uint64(d)
	}
	return v, len(b) > 0 && len(b) <= 16
}

// unhex is the value of a hexadecimal digit; 255 if it is none.
func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 255
}

// isMoment is whether b is YYYYMMDDhhmmss, in its ranges.
func isMoment(b []byte) bool {
	return len(b) == 14 && digits(b) && pair(b[4:]) <= 12 && pair(b[6:]) <= 31 && pair(b[8:]) < 24 &&
		pair(b[10:]) < 60 && pair(b[12:]) < 61
}

// moment reads YYYYMMDDhhmmss; zero for what is no date, or one before there were such trackers (a clock never set).
func moment(b []byte) time.Time {
	if !isMoment(b) {
		return time.Time{}
	}
	return date(pair(b)*100+pair(b[2:]), pair(b[4:]), pair(b[6:]), pair(b[8:]), pair(b[10:]), pair(b[12:]))
}

func date(year, month, day, hour, minute, second int) time.Time {
	if year < 2000 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
}

func pair(b []byte) int { return int(b[0]-'0')*10 + int(b[1]-'0') }

// hasDot is whether a number was written with decimals.
func hasDot(b []byte) bool { return bytes.IndexByte(b, '.') >= 0 }

// seconds reads HHHHH:MM:SS.
func seconds(b []byte) (int64, bool) {
	i := bytes.IndexByte(b, ':')
	if i < 1 || i > 7 || len(b) != i+6 || b[i+3] != ':' ||
		!digits(b[:i]) || !digits(b[i+1:i+3]) || !digits(b[i+4:]) {
		return 0, false
	}
	hours, _, _ := decimal(b[:i])
	return hours*3600 + int64(pair(b[i+1:]))*60 + int64(pair(b[i+4:])), true
}
