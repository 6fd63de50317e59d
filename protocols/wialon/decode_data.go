package wialon

import (
	"bytes"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// How many fields a message has in SD and D.
const (
	shortFields = 10
	dataFields  = 16
)

// record is the room for one message, so that it costs one allocation beside its texts.
type record struct {
	positions  [1]protocols.Position
	attributes [12]protocols.Attribute
	reply      [16]byte
}

// data reads D or SD. One with a wrong checksum is given, flagged, and asked for once more.
func (c *codec) data(l *line, m *protocols.Message, fields int) error {
	r := new(record)
	reply := append(append(append(r.reply[:0], "#A"...), l.kind...), '#')
	_, right := l.seal(fields, ';')
	texts := l.texts(1)
	p := &r.positions[0]
	p.Attributes = r.attributes[:0]
	d := reader{pos: p, text: texts}
	err := d.read(l.body, l.at)
	if err != nil && d.lost {
		m.Reply = number(reply, -1)
		return err
	}
	m.Positions = r.positions[:]
	code := 1
	if !right {
		p.Note("checksum_ok", protocols.Bool(false))
		if !c.flag {
			code, err = wrongCode[fields], l.wrong()
		}
	}
	m.Reply = number(reply, code)
	return err
}

// wrongCode is the answer to a wrong checksum, by the number of fields.
var wrongCode = [...]int{shortFields: 13, dataFields: 16}

// blackBox reads B: messages of D or SD between bars. The answer is how many were taken, or nothing at all if the
// checksum is wrong, so that they come once more.
func (c *codec) blackBox(l *line, m *protocols.Message) error {
	_, right := l.seal(0, '|')
	count := bytes.Count(l.body, bar) + 1
	positions := make([]protocols.Position, 0, count)
	arena := make([]protocols.Attribute, 0, 6*count)
	texts := l.texts(count)
	var first error
	for at := 0; at < len(l.body); {
		end := bytes.IndexByte(l.body[at:], '|')
		if end < 0 {
			end = len(l.body) - at
		}
		message := l.body[at : at+end]
		if len(bytes.TrimSpace(message)) > 0 {
			positions = append(positions, protocols.Position{Attributes: arena[len(arena):]})
			p := &positions[len(positions)-1]
			d := reader{pos: p}
			if texts != "" {
				d.text = texts[at : at+end]
			}
			if err := d.read(message, l.at+at); err != nil && first == nil {
				first = err
			}
			if d.lost {
				positions = positions[:len(positions)-1]
			} else {
				arena = finish(p, arena, right)
			}
		}
		at += end + 1
	}
	m.Positions = positions
	if !right && !c.flag {
		m.Reply = []byte("#AB#\r\n")
		return l.wrong()
	}
	m.Reply = number([]byte("#AB#"), len(positions))
	return first
}

var bar = []byte{'|'}

// finish ends a message of a black box and gives what is left of the room for attributes.
func finish(p *protocols.Position, arena []protocols.Attribute, right bool) []protocols.Attribute {
	p.Note("archive", protocols.Bool(true))
	if !right {
		p.Note("checksum_ok", protocols.Bool(false))
	}
	n := len(p.Attributes)
	if n <= cap(arena)-len(arena) {
		arena = arena[:len(arena)+n]
	}
	p.Attributes = p.Attributes[:n:n]
	return arena
}

// texts is the body as a string, of which the names and texts of all parameters are parts, so that they cost one
// allocation; "" if the messages are too short to have any. Letters of names become lower case.
func (l *line) texts(messages int) string {
	if bytes.Count(l.body, semicolon) < (dataFields-1)*min(1, messages) {
		return ""
	}
	var room [1024]byte
	b := append(room[:0], l.body...)
	field, name := 0, false
	for i, c := range b {
		switch {
		case c == '|':
			field, name = 0, false
		case c == ';':
			field++
			name = field == dataFields-1
		case field < dataFields-1:
		case c == ',':
			name = true
		case c == ':':
			name = false
		case name && c >= 'A' && c <= 'Z':
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// reader reads one message into a position.
type reader struct {
	pos  *protocols.Position
	text string // the message as a string, "" if it has no texts
	lost bool   // nothing of it could be read
	err  error
}

// fail notes that a field can not be read; the others still can.
func (d *reader) fail(field string, at int) {
	if d.err == nil {
		d.err = &wire.Error{Field: field, Offset: at, Err: wire.ErrValue}
	}
}

// read reads date;time;latitude;N;longitude;E;speed;course;height;sats and, in a whole message,
// hdop;inputs;outputs;adc;ibutton;params. base is where the message starts in the line.
func (d *reader) read(message []byte, base int) error {
	var start [dataFields + 1]int
	n := 1
	for i, c := range message {
		if c == ';' && n < dataFields {
			start[n] = i + 1
			n++
		}
	}
	if n < 6 {
		d.lost = true
		return &wire.Error{Field: "fields", Offset: base + len(message), Err: wire.ErrShort}
	}
	for i := n; i < len(start); i++ {
		start[i] = len(message) + 1
	}
	at := func(i int) []byte {
		if i >= n {
			return nil
		}
		b := bytes.TrimSpace(message[start[i] : start[i+1]-1])
		if string(b) == "NA" || string(b) == "N/A" {
			return nil
		}
		return b
	}
	d.pos.Time = moment(at(0), at(1))
	if d.pos.Time.IsZero() && len(at(0)) > 0 {
		d.fail("date and time", base)
	}
	d.place(at(2), at(3), at(4), at(5), base+start[2])
	d.motion(at(6), at(7), at(8), base+start[6])
	d.satellites(at(9), base+start[9])
	if n == dataFields {
		d.extras(at(10), at(11), at(12), base+start[10])
		if d.text != "" {
			d.list(at(13), d.text[start[13]:start[14]-1])
			d.key(at(14), strings.TrimSpace(d.text[start[14]:start[15]-1]))
			d.parameters(at(15), d.text[start[15]:])
		}
	}
	return d.err
}

// moment reads ddmmyy and hhmmss, perhaps with decimals; zero if there is no such moment.
func moment(date, clock []byte) time.Time {
	if len(date) != 6 || len(clock) < 6 {
		return time.Time{}
	}
	day, ok1 := whole(date)
	second, ok2 := whole(clock[:6])
	if !ok1 || !ok2 {
		return time.Time{}
	}
	nanoseconds := int64(0)
	if len(clock) > 6 {
		part, ok := float(clock[6:])
		if clock[6] != '.' || !ok || part < 0 || part >= 1 {
			return time.Time{}
		}
		nanoseconds = int64(part * 1e9)
	}
	d, mo, y := day/10000, day/100%100, 2000+day%100
	h, mi, s := second/10000, second/100%100, second%100
	if mo < 1 || mo > 12 || d < 1 || h > 23 || mi > 59 || s > 59 {
		return time.Time{}
	}
	t := time.Date(y, time.Month(mo), d, h, mi, s, int(nanoseconds), time.UTC)
	if t.Day() != d {
		return time.Time{}
	}
	return t
}
