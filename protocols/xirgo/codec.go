package xirgo

import (
	"bytes"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxFields is how many fields of a sentence are read.
const maxFields = 48

// codec is the server's side of one conversation.
type codec struct {
	udp     bool
	offset  time.Duration // of the tracker's clock from UTC
	form    []key         // the owner's order; nil if there is none
	closed  bool          // the engine stops while the relay is closed
	skipped int           // bytes passed over since the last sentence
	device  string        // who spoke last
	usual   []key         // ownerForm, once it was needed
	d       decoder
}

func newCodec(n protocols.Network) *codec { return &codec{udp: n == protocols.UDP} }

// Know takes the clock's offset, the order of fields and the relay's sense from the device's profile.
func (c *codec) Know(d protocols.Device) {
	if d.Offset.OK {
		c.offset = d.Offset.Value
	}
	if text := d.Options[optionFields]; text != "" {
		if form, err := parseForm(text); err == nil {
			c.form = form
		}
	}
	c.closed = d.Options[optionEngine] == engineClosed
}

// record is the room for what a sentence commonly means, so that it costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [12]protocols.Attribute
	reply      [40]byte
}

// decoder reads one sentence.
type decoder struct {
	pos       *protocols.Position
	fields    [maxFields][]byte
	n         int
	event     int64
	date      []byte
	clock     []byte
	placed    bool // latitude and longitude were said
	fixed     bool
	latitude  float64
	longitude float64
	outside   *wire.Error // the first fault; the rest is good
}

// Decode reads a sentence, or an answer to a command.
func (c *codec) Decode(data []byte, _ time.Time) (protocols.Message, error) {
	if bytes.HasPrefix(data, answer) {
		return protocols.Message{Device: c.device, Result: &protocols.Result{Text: strings.TrimSpace(string(data))}}, nil
	}
	if !bytes.HasPrefix(data, opening) {
		return protocols.Message{}, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	}
	body := bytes.TrimSuffix(bytes.TrimRight(data[len(opening):], "\r\n"), closing)
	d := &c.d
	r := new(record)
	d.start(&r.positions[0])
	d.pos.Attributes = r.attributes[:0]
	d.cut(body)
	var m protocols.Message
	if err := c.read(d); err != nil {
		d.start(nil)
		return m, err
	}
	m.Device = c.device
	d.finish(c.offset)
	m.Positions = r.positions[:]
	if c.udp {
		m.Reply = d.acknowledge(r.reply[:0])
	}
	outside := d.outside
	d.start(nil)
	if outside != nil {
		return m, outside
	}
	return m, nil
}

// start forgets the last sentence. Its fields stay, but none is looked at.
func (d *decoder) start(p *protocols.Position) {
	d.pos, d.n, d.event, d.date, d.clock = p, 0, 0, nil, nil
	d.placed, d.fixed, d.outside = false, false, nil
	d.latitude, d.longitude = 0, 0
}

// cut parts the fields.
func (d *decoder) cut(body []byte) {
	from := 0
	for i, b := range body {
		if b == ',' && d.n < maxFields-1 {
			d.fields[d.n] = body[from:i]
			d.n++
			from = i + 1
		}
	}
	d.fields[d.n] = body[from:]
	d.n++
}

// read finds the order of the fields and reads them. Without identity, event and date there is no sentence.
func (c *codec) read(d *decoder) error {
	form := c.formOf(d)
	if form == nil {
		return &wire.Error{Field: "date", Offset: len(opening), Err: wire.ErrUnknown}
	}
	for i, k := range form {
		if i == d.n {
			break
		}
		if k == keyID {
			c.speaker(d.fields[i])
		}
		d.field(k, i)
	}
	if c.device == "" {
		return &wire.Error{Field: "unit id", Offset: len(opening), Err: wire.ErrValue}
	}
	used := len(form)
	if c.form == nil && &form[0] == &obdForm[0] {
		used = d.tail(used)
	}
	for i := used; i < d.n; i++ {
		d.unknown(i)
	}
	return nil
}

// formOf is the order of a sentence's fields; nil if it is no sentence.
func (c *codec) formOf(d *decoder) []key {
	if c.form != nil {
		return c.form
	}
	const date, shortest = 2, 15
	if d.n < shortest || !wire.Digits(d.fields[0]) || !wire.Digits(d.fields[1]) {
		return nil
	}
	switch {
	case matches(d.fields[date], "DD/DD/DDDD") == len("DD/DD/DDDD"):
		if c.usual == nil {
			c.usual, _ = parseForm(ownerForm) // a constant
		}
		return c.usual
	case matches(d.fields[date], "DDDD/DD/DD") != len("DDDD/DD/DD"):
		return nil
	case d.isOBD():
		return obdForm
	}
	return trailerForm
}

// isOBD is whether whole numbers and decimals stand where the OBD trackers have them.
func (d *decoder) isOBD() bool {
	const rpm, satellites, battery, signal, fixed = 10, 12, 16, 17, 18
	return d.n > fixed && wire.Digits(d.fields[rpm]) && wire.Digits(d.fields[satellites]) &&
		bytes.IndexByte(d.fields[battery], '.') > 0 && wire.Digits(d.fields[signal]) && wire.Digits(d.fields[fixed])
}

// speaker keeps an identity, and the same string as long as the same one speaks.
func (c *codec) speaker(id []byte) {
	if len(id) > 0 && len(id) <= maxID && string(id) != c.device && wire.Printable(id) {
		c.device = string(id)
	}
}

// acknowledge confirms a sentence that ends with a sequence number.
func (d *decoder) acknowledge(b []byte) []byte {
	last := d.fields[d.n-1]
	if !wire.Digits(last) || !wire.Digits(d.fields[1]) || len(last) > 10 || len(d.fields[1]) > 6 {
		return nil
	}
	b = append(b, "!UDP_ACK,"...)
	b = append(b, d.fields[1]...)
	b = append(b, ',')
	return append(b, last...)
}
