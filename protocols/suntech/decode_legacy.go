package suntech

import (
	"bytes"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// The columns of a legacy report, counted from the latitude.
const (
	offSpeed = 2 + iota
	offCourse
	offSatellites
	offFix
	offDistance
	offVolts
	offSwitches
	offCode // mode, event, or length of serial data
)

// decodeLegacy reads a report of an ST200, ST300 or ST600: where it says more before the place, the place is found by
// its shape.
func (c *codec) decodeLegacy(r *record, m *protocols.Message, kind int) error {
	s, p := &r.columns, r.open(m)
	date := findDate(s)
	at, found := findPlace(s, date)
	if !found {
		p.Note("report", protocols.Text(string(s.Span(2, s.Len()))))
		return s.Fail("latitude", s.Len(), wire.ErrShort)
	}
	readTime(p, s.At(date), s.At(date+1))
	var model wire.Field
	if date == 4 {
		model = s.At(2)
	}
	c.version(p, model, s.At(date-1))
	switch at {
	case date + 7:
		readCell(p, s.At(date+2), s.At(date+3), s.At(date+4), s.At(date+5))
		readLevel(p, s.At(date+6))
	case date + 3:
		noteArea(p, s.At(date+2))
	}
	err := readPlace(s, p, at)
	readMotion(p, s.At(at+offSpeed), s.At(at+offCourse))
	readSatellites(p, s.At(at+offSatellites), s.At(at+offFix))
	if v, ok := s.At(at + offDistance).Float(); ok && v >= 0 && v < 1e13 {
		p.Odometer = protocols.Some(v)
	}
	p.ExternalVolts = volts(s.At(at + offVolts))
	readSwitches(p, s.At(at+offSwitches))
	c.readCode(r, m, p, kind, at+offCode)
	return err
}

// noteArea reads a cell without country: area in hexadecimal and the cell's colour in two digits.
func noteArea(p *protocols.Position, b wire.Field) {
	if n := len(b); n == 5 || n == 6 {
		area, ok1 := b[:n-2].Hex()
		colour, ok2 := b[n-2:].Int()
		if ok1 && ok2 {
			p.Note("lac", protocols.Int(int64(area)))
			p.Note("bsic", protocols.Int(int64(colour)))
			return
		}
	}
	noteText(p, "cell", b)
}

// noteText keeps a column as text, digits too.
func noteText(p *protocols.Position, name string, b wire.Field) {
	if len(b) > 0 {
		p.Note(name, protocols.Text(string(b)))
	}
}

// readSwitches reads ignition, inputs and outputs: 1+3+2 characters, or 1+4+3.
func readSwitches(p *protocols.Position, b wire.Field) {
	inputs, outputs := 3, 2
	if len(b) == 8 {
		inputs, outputs = 4, 3
	}
	var bits uint
	for i, c := range b {
		if c != '0' && c != '1' {
			return
		}
		bits |= uint(c-'0') << min(i, 16)
	}
	if len(b) >= 6 {
		switches(p, bits, inputs, outputs)
	}
}

// readCode reads what the kind of report has behind the switches, and the tail.
func (c *codec) readCode(r *record, m *protocols.Message, p *protocols.Position, kind, at int) {
	s := &r.columns
	switch kind {
	case kindStatus:
		if v, ok := s.At(at).Int(); ok {
			raise(p, kind, v)
		}
		number := s.At(at + 1)
		if v, ok := number.Int(); ok {
			p.Note("index", protocols.Int(int64(v)))
			c.acknowledge(r, m, number)
		}
		c.readTail(s, p, at+2)
	case kindExternal:
		c.readSerial(s, p, at)
	case kindOther:
		c.readTail(s, p, at)
	default:
		if v, ok := s.At(at).Int(); ok {
			raise(p, kind, v)
		}
		c.readTail(s, p, at+1)
	}
}

// acknowledge answers a status report with its number, where the tracker was set to want that.
func (c *codec) acknowledge(r *record, m *protocols.Message, number wire.Field) {
	if !c.ack || len(number) > 10 {
		return
	}
	b := append(r.reply[:0], "ACK;"...)
	b = append(append(append(b, c.id...), ';'), number...)
	m.Reply = append(b, '\r')
}

// readTail reads hour meter, backup battery and message type, and then the fields that depend on the model.
func (c *codec) readTail(s *wire.Columns, p *protocols.Position, at int) {
	hours, battery, stored := s.At(at), s.At(at+1), s.At(at+2)
	if wire.Digits(hours) && bytes.IndexByte(battery, '.') > 0 && stored.Letter()|1 == '1' {
		if v, ok := hours.Int(); ok && v < 1e9 {
			p.Note("engine_hours_s", protocols.Int(int64(v)*60))
		}
		p.BatteryVolts = volts(battery)
		p.Note("stored", protocols.Bool(stored.Is("0")))
		at += 3
	}
	for i := at; i < s.Len(); i++ {
		b := s.At(i)
		switch {
		case i-at < len(c.tail):
			noteColumn(p, c.tail[i-at], b)
		case len(b) == 0 || b.Is(":"):
		case len(b) == 14 && isHex(b):
			noteDriver(p, b)
		case len(b) > 17 && b[16] == ':' && isHex(b[:16]):
			p.Note("sensor_id", protocols.Text(string(b[:16])))
			noteColumn(p, "temperature_c", b[17:])
		default:
			noteColumn(p, numbered("io", i-at+1), b)
		}
	}
}

func isHex(b wire.Field) bool {
	_, ok := b.Hex()
	return ok
}

// noteDriver keeps a driver's card; one of zeros is none.
func noteDriver(p *protocols.Position, b wire.Field) {
	if len(bytes.Trim(b, "0")) > 0 {
		p.Note("driver_id", protocols.Text(string(b)))
	}
}

// smallNumbers are the names that reports commonly need.
var smallNumbers = [...]string{
	"io1", "io2", "io3", "io4", "io5", "io6", "io7", "io8",
	"io9", "io10", "io11", "io12", "io13", "io14", "io15", "io16", "io17", "io18", "io19", "io20",
}

// numbered is a name with a number.
func numbered(name string, n int) string {
	if name == "io" && n >= 1 && n <= len(smallNumbers) {
		return smallNumbers[n-1]
	}
	return name + strconv.Itoa(n)
}

// readSerial reads the serial port's data, its sum, and the tail behind it.
func (c *codec) readSerial(s *wire.Columns, p *protocols.Position, at int) {
	whole := s.Span(0, s.Len())
	from, to, ok := serial(whole)
	if !ok || to > len(whole) || to < len(whole) && whole[to] != ';' {
		c.readTail(s, p, at+1)
		return
	}
	noteSerial(p, whole[from:to])
	if to == len(whole) {
		return
	}
	var rest wire.Columns
	rest.Cut(whole[to+1:], ';')
	if sum, ok := rest.At(0).Hex(); ok && sum <= 0xFF {
		p.Note("serial_sum", protocols.Int(int64(sum)))
	} else {
		noteText(p, "serial_sum", rest.At(0))
	}
	c.readTail(&rest, p, 1)
}

// noteSerial keeps the data; of a GTSL line the driver too.
func noteSerial(p *protocols.Position, data wire.Field) {
	line := wire.Field(bytes.TrimRight(data, "\r\n"))
	if bytes.HasPrefix(line, []byte("GTSL|")) {
		var s wire.Columns
		s.Cut(line, '|')
		noteDriver(p, s.At(4))
	}
	for _, b := range line {
		if b < ' ' || b > '~' {
			p.Note("serial_data", protocols.Bytes(unescaped(data)))
			return
		}
	}
	noteText(p, "serial_data", line)
}

// unescaped undoes 01 10 and 01 11.
func unescaped(data []byte) []byte {
	b := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		if data[i] == 1 && i+1 < len(data) && (data[i+1] == 0x10 || data[i+1] == 0x11) {
			i++
			b = append(b, data[i]-0x10)
			continue
		}
		b = append(b, data[i])
	}
	return b
}
