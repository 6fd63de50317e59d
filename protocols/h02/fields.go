package h02

import (
	"bytes"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxFields is the most fields that a sentence is cut into; the last one keeps what follows.
const maxFields = 160

// sentence is *f,f,…,f# cut at its commas. A field that is not there is nil.
type sentence struct {
	data   []byte // the frame up to #, CR or LF at its end
	start  [maxFields]uint16
	n      int
	closed bool   // it ended with #
	entry  *entry // room for what it means
}

// cut borrows frame, which starts with *.
func (s *sentence) cut(frame []byte) {
	if len(frame) > maxSentence {
		frame = frame[:maxSentence]
	}
	frame = bytes.TrimRight(frame, "\r\n\x00")
	if s.closed = frame[len(frame)-1] == '#'; s.closed {
		frame = frame[:len(frame)-1]
	}
	s.data = frame
	s.start[0], s.n = 1, 1
	for i := 1; i < len(frame) && s.n < maxFields; i++ {
		if frame[i] == ',' {
			s.start[s.n] = uint16(i + 1)
			s.n++
		}
	}
}

// at is field i, without the spaces before it; nil if there is none.
func (s *sentence) at(i int) []byte {
	if i < 0 || i >= s.n || int(s.start[i]) > len(s.data) {
		return nil
	}
	return bytes.TrimLeft(s.span(i, i+1), " ")
}

// span is the fields from i up to but not including j, with the commas between them.
func (s *sentence) span(i, j int) []byte {
	if i >= min(j, s.n) {
		return nil
	}
	end := len(s.data)
	if j < s.n {
		end = int(s.start[j]) - 1
	}
	return s.data[s.start[i]:end]
}

// fail is an error about field i.
func (s *sentence) fail(field string, i int, err error) error {
	at := len(s.data)
	if i < s.n {
		at = int(s.start[i])
	}
	return &wire.Error{Field: field, Offset: at, Err: err}
}

// number reads a field of digits as a whole number.
func number(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// hexNumber reads a field of hexadecimal digits.
func hexNumber(b []byte) (uint64, bool) {
	if len(b) == 0 || len(b) > 16 {
		return 0, false
	}
	var n uint64
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		n = n<<4 | uint64(c)
	}
	return n, true
}

// decimal reads digits with at most one point: mantissa and decimals.
func decimal(b []byte) (mantissa int64, scale int, ok bool) {
	if len(b) == 0 || len(b) > 17 {
		return 0, 0, false
	}
	point := -1
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			mantissa = mantissa*10 + int64(c-'0')
		case c == '.' && point < 0:
			point = i
		default:
			return 0, 0, false
		}
	}
	if point >= 0 {
		scale = len(b) - point - 1
	}
	return mantissa, scale, len(b) > scale && (point < 0 || len(b) > 1)
}

// tens are the powers of ten that decimal can need.
var tens = [18]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17}

// float reads a decimal as a float64.
func float(b []byte) (float64, bool) {
	mantissa, scale, ok := decimal(b)
	return float64(mantissa) / tens[scale], ok
}

// degrees reads ddmm.mmmm, dddmm.mmmm, the same with the point left out (four decimals), and -dd-mm.mmmm, whose dashes
// are no signs.
func degrees(b []byte) (float64, bool) {
	if len(b) > 0 && b[0] == '-' {
		whole, minutes, ok := bytes.Cut(b[1:], []byte{'-'})
		d, okD := number(whole)
		m, okM := float(minutes)
		return float64(d) + m/60, ok && okD && okM && m < 60
	}
	mantissa, scale, ok := decimal(b)
	if bytes.IndexByte(b, '.') < 0 {
		scale = 4
	}
	unit := int64(tens[scale]) * 100
	m := float64(mantissa%unit) / tens[scale]
	return float64(mantissa/unit) + m/60, ok && m < 60
}

// digits is whether b is n digits.
func digits(b []byte, n int) bool { return len(b) == n && wire.Digits(b) }

// moment is ddmmyy and hhmmss as a time in 2000–2099; zero if they are none.
func moment(date, clock int) time.Time {
	day, month, year := date/10000, date/100%100, 2000+date%100
	hour, minute, second := clock/10000, clock/100%100, clock%100
	if month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if t.Day() != day {
		return time.Time{}
	}
	return t
}

// timeOf is moment of two fields; zero if either is missing or no time.
func timeOf(date, clock []byte) time.Time {
	if !digits(date, 6) || !digits(clock, 6) {
		return time.Time{}
	}
	d, _ := number(date)
	c, _ := number(clock)
	return moment(d, c)
}

// setCourse takes degrees from 0 to 360.
func setCourse(p *protocols.Position, course float64) {
	if course == 360 {
		course = 0
	}
	if course < 360 {
		p.Course = protocols.Some(course)
	}
}

// noteText adds an attribute that is text; a number stays a number.
func noteText(p *protocols.Position, name string, b []byte) {
	if mantissa, scale, ok := decimal(b); ok {
		p.Note(name, protocols.Decimal(mantissa, uint8(scale)))
		return
	}
	if len(b) > 0 {
		p.Note(name, protocols.Text(string(b)))
	}
}

// numbered is name with a number, as in io5.
func numbered(name string, n int) string { return name + strconv.Itoa(n) }
