package atrack

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// line reads fields that commas part.
type line struct {
	rest []byte
	done bool // nothing is left
}

// next gives the next field; nil behind the last.
func (l *line) next() []byte {
	if l.done {
		return nil
	}
	i := bytes.IndexByte(l.rest, ',')
	if i < 0 {
		f := l.rest
		l.rest, l.done = nil, true
		return f
	}
	f := l.rest[:i]
	l.rest = l.rest[i+1:]
	return f
}

// text reads a packet of lines.
func (c *codec) text(frame []byte) (protocols.Message, error) {
	l := line{rest: frame}
	l.next() // prefix
	l.next() // checksum
	l.next() // length
	seq, seqOK := number(l.next())
	at := len(frame) - len(l.rest)
	id, ok := number(l.next())
	if !ok || !seqOK || id < 0 {
		return protocols.Message{}, &wire.Error{Field: "unit ID", Offset: at, Err: wire.ErrValue}
	}
	b, reply := newBatch(min(bytes.Count(l.rest, nextLine), 32))
	m := protocols.Message{Device: c.speaker(uint64(id)), Reply: acknowledge(reply, uint64(id), uint16(seq))}
	var bad error
	for rest := l.rest; len(rest) > 0; {
		record, more, _ := bytes.Cut(rest, nextLine)
		record = bytes.TrimRight(record, "\r\x00")
		if len(record) > 0 && !c.textRecord(record, b) && bad == nil {
			bad = &wire.Error{Field: "report", Offset: len(frame) - len(rest), Err: wire.ErrValue}
		}
		rest = more
	}
	m.Positions = b.positions
	return m, bad
}

var nextLine = []byte{'\n'}

// textRecord reads a line of the fixed fields and those of the form. It gives false where it is no report.
func (c *codec) textRecord(record []byte, b *batch) bool {
	l := line{rest: record}
	gps := l.next()
	l.next() // the tracker's clock
	l.next() // when it was sent
	longitude, ok := number(l.next())
	latitude, ok2 := number(l.next())
	if !ok || !ok2 {
		return false
	}
	p := b.open()
	p.Time = textTime(gps)
	locate(p, latitude, longitude)
	if v, ok := number(l.next()); ok {
		setCourse(p, int(v))
	}
	b.number("event", l.next(), 0)
	if v, scale, ok := decimal(l.next()); ok && v >= 0 && v < 1<<32 {
		p.Odometer = protocols.Some(protocols.Decimal(v, scale).Float() * 100)
	}
	if v, ok := number(l.next()); ok && v >= 0 && v < 1e5 {
		p.HDOP = protocols.Some(float64(v) / 10)
	}
	b.number("inputs", l.next(), 0)
	if v, ok := number(l.next()); ok {
		setSpeed(p, v)
	}
	b.number("outputs", l.next(), 0)
	b.number("analog_1_v", l.next(), 3)
	if driver := l.next(); len(driver) > 0 {
		b.add("driver_id", protocols.Text(string(driver)))
	}
	for _, name := range [...]string{"temperature_1_c", "temperature_2_c"} {
		if v, ok := number(l.next()); ok {
			temperature(b, name, v)
		}
	}
	b.message(l.next())
	c.textCustom(&l, b)
	b.close()
	return true
}

// textCustom reads the fields of the form, or keeps them as they are.
func (c *codec) textCustom(l *line, b *batch) {
	form := c.form
	if bytes.HasPrefix(l.rest, formPrefix) {
		form = c.ownForm(l.next())
	}
	if len(l.rest) == 0 {
		return
	}
	v := b.listed()
	for _, f := range form {
		if l.done {
			break
		}
		v.text(f, l.next())
	}
	v.finish()
	if len(l.rest) > 0 {
		b.add("custom", protocols.Text(string(l.rest)))
	}
}

// number adds what is a whole number, of which the last digits are decimals.
func (b *batch) number(name string, digits []byte, scale uint8) {
	if v, ok := number(digits); ok {
		b.add(name, protocols.Decimal(v, scale))
	}
}

// answer reads a line that answers a command: $OK, $ERROR=101, $INFO=… with the command's tag behind a plus.
func (c *codec) answer(frame []byte) (protocols.Message, error) {
	words := bytes.TrimRight(frame, "\r\n\x00")
	if len(words) < 2 {
		return protocols.Message{}, &wire.Error{Field: "answer", Offset: 1, Err: wire.ErrShort}
	}
	name := words
	if i := bytes.IndexByte(words, '='); i >= 0 {
		name = words[:i]
	}
	result := &protocols.Result{Text: string(words), Nack: bytes.HasPrefix(words, []byte("$ERROR"))}
	if i := bytes.IndexByte(name, '+'); i >= 0 {
		if id, ok := number(name[i+1:]); ok && id > 0 && id <= maxTag {
			result.ID = uint32(id)
		}
	}
	m := protocols.Message{Result: result}
	if bytes.HasPrefix(words, infoPrefix) {
		c.info(words[len(infoPrefix):], &m)
	}
	return m, nil
}

// info reads what a unit says of itself.
func (c *codec) info(words []byte, m *protocols.Message) {
	l := line{rest: words}
	id, ok := number(l.next())
	if !ok || id <= 0 {
		return
	}
	m.Device = c.speaker(uint64(id))
	b, _ := newBatch(1)
	p := b.open()
	for _, name := range [...]string{"model", "firmware"} {
		if v := l.next(); len(v) > 0 {
			b.add(name, protocols.Text(string(v)))
		}
	}
	l.next() // IMEI
	p.IMSI = string(l.next())
	p.ICCID = string(l.next())
	if v, ok := number(l.next()); ok && v < 1e6 {
		p.ExternalVolts = protocols.Some(float64(v) / 10)
	}
	if v, ok := number(l.next()); ok && v < 1e6 {
		p.BatteryVolts = protocols.Some(float64(v) / 10)
	}
	if v, ok := number(l.next()); ok && v >= 0 && v < 256 {
		p.Satellites = protocols.Some(int(v))
	}
	b.number("gsm_status", l.next(), 0)
	if v, ok := number(l.next()); ok {
		p.SignalPercent = signal(v)
	}
	b.number("gprs_status", l.next(), 0)
	b.number("gps_antenna_status", l.next(), 0)
	b.close()
	m.Positions = b.positions
}
