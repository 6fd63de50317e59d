package khd

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	offset  time.Duration // of the tracker's clock from UTC
	skipped int           // bytes passed over since the last frame
	id      [4]byte       // who spoke last
	device  string        // the same in digits; "" before
	d       decoder
}

// Know takes the clock's offset from the device's profile.
func (c *codec) Know(d protocols.Device) {
	if d.Offset.OK {
		c.offset = d.Offset.Value
	}
}

// record is the room for what a frame commonly means, so that a frame costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [8]protocols.Attribute
	reply      [16]byte
}

// decoder reads one frame.
type decoder struct {
	pos     *protocols.Position
	offset  time.Duration
	said    bool        // the position says something
	outside *wire.Error // the first fault; the rest is good
}

// Decode reads one frame.
func (c *codec) Decode(data []byte, _ time.Time) (protocols.Message, error) {
	n := len(data)
	switch {
	case n < shortest:
		return protocols.Message{}, &wire.Error{Field: "start", Offset: n, Err: wire.ErrShort}
	case data[0] != start || data[1] != start:
		return protocols.Message{}, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	}
	kind, body, whole := data[2], data[head:], n == announced(data)
	if whole {
		body = data[head : n-2]
	}
	if len(body) < 4 {
		return protocols.Message{}, &wire.Error{Field: "pseudo IP", Offset: head, Err: wire.ErrShort}
	}
	if c.device == "" || c.id != [4]byte(body) {
		c.id = [4]byte(body)
		c.device = identity(body[:4])
	}
	r := new(record)
	r.positions[0].Attributes = r.attributes[:0]
	c.d = decoder{pos: &r.positions[0], offset: c.offset}
	m := protocols.Message{Device: c.device}
	c.d.read(kind, body[4:], &m)
	if c.d.said {
		if whole && wire.Xor(data[:n-1]) != 0 {
			c.d.add("checksum_ok", protocols.Bool(false))
		}
		m.Positions = r.positions[:]
	}
	if whole {
		m.Reply = reply(r.reply[:0], kind, data)
	} else {
		c.d.fail("stop", n, wire.ErrShort)
	}
	outside := c.d.outside
	c.d = decoder{}
	if outside != nil {
		return m, outside
	}
	return m, nil
}

// reply confirms a message that the tracker wants confirmed: its checksum, its type, and the byte behind the identity.
func reply(b []byte, kind byte, data []byte) []byte {
	switch kind {
	case kindLogin, kindNumbers, kindText, kindSwitch, kindReupload:
		var sub byte
		if len(data) > 9+2 {
			sub = data[9]
		}
		return appendFrame(b, kindConfirm, nil, []byte{data[len(data)-2], kind, sub})
	}
	return nil
}

// read reads a message behind the identity.
func (d *decoder) read(kind byte, b []byte, m *protocols.Message) {
	switch kind {
	case kindUpload, kindDemand, kindAlarm, kindReply, kindReupload, kindPeriphery:
		d.report(kind, b, m)
	case kindConfirm:
		if len(b) > 0 {
			m.Result = &protocols.Result{Text: answerTo(b[0])}
		}
	case kindText:
		if len(b) > 0 && wire.Printable(b) {
			d.add("text", protocols.Text(string(b)))
			return
		}
		d.keep(kind, b)
	default:
		d.keep(kind, b)
	}
}

// keep keeps a message of which nothing is known.
func (d *decoder) keep(kind byte, b []byte) {
	if len(b) == 0 {
		return
	}
	d.add("message_type", protocols.Int(int64(kind)))
	d.add("content", protocols.Bytes(b))
}

// answerTo names a command that was carried out.
func answerTo(kind byte) string {
	const hexadecimal = "0123456789abcdef"
	return "command " + string([]byte{hexadecimal[kind>>4], hexadecimal[kind&15]})
}

// fail notes the first fault: a field and the byte of the frame where it starts.
func (d *decoder) fail(field string, at int, err error) {
	if d.outside == nil {
		d.outside = &wire.Error{Field: field, Offset: at, Err: err}
	}
}

func (d *decoder) add(name string, v protocols.Value) {
	d.pos.Attributes = append(d.pos.Attributes, protocols.Attr(name, v))
	d.said = true
}

func (d *decoder) number(name string, b []byte) {
	var n int64
	for _, c := range b {
		n = n<<8 | int64(c)
	}
	d.add(name, protocols.Int(n))
}

func u16(b []byte) uint16 { return binary.BigEndian.Uint16(b) }
