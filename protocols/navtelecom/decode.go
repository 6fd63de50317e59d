package navtelecom

import (
	"bytes"
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	plan        plan
	agreed      bool   // plan is the tracker's, not the profile's
	server      uint32 // its number in the tracker's settings
	object      uint32 // the tracker's own number
	noise       int    // bytes passed over since the last message
	immobiliser byte   // '1' to '4'
}

func newCodec() *codec { return &codec{server: 1, immobiliser: '1'} }

// Know takes fields and the immobiliser's output from the device's profile.
func (c *codec) Know(d protocols.Device) {
	if v := d.Options[optionImmobiliser]; len(v) == 1 {
		c.immobiliser = v[0]
	}
	if v := d.Options[optionFields]; v != "" && !c.agreed {
		if mask, err := fieldsOf(v); err == nil {
			c.plan = planOf(mask, 8*len(mask))
		}
	}
}

// room is what a frame of one record commonly needs.
type room struct {
	positions [1]protocols.Position
	reply     [40]byte
	result    protocols.Result
}

// Decode reads one message.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	switch {
	case len(frame) == 1 && frame[0] == ping:
		return protocols.Message{}, nil
	case bytes.HasPrefix(frame, preamble):
		return c.ntcb(frame)
	case len(frame) > 3 && frame[0] == '~':
		return c.flex(frame)
	}
	return protocols.Message{}, &wire.Error{Field: "preamble", Offset: 0, Err: wire.ErrUnknown}
}

// ntcb reads a message behind a header.
func (c *codec) ntcb(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	if len(frame) < headBytes {
		return m, &wire.Error{Field: "header", Offset: len(frame), Err: wire.ErrShort}
	}
	h := readHead(frame)
	body := frame[headBytes:]
	if h.length < len(body) {
		body = body[:h.length]
	}
	spoilt := h.spoilt || wire.Xor(body) != frame[14] || h.length != len(body)
	if !spoilt {
		c.server, c.object = h.receiver, h.sender
	}
	r := new(room)
	var err error
	switch {
	case len(body) == 0: // keeps the connection
		return m, nil
	case bytes.HasPrefix(body, []byte("*>S:")):
		m.Device, err = identity(body[4:])
		m.Reply = c.answer(r, "*<S")
	case bytes.HasPrefix(body, []byte("*>FLEX")):
		m.Reply, err = c.negotiate(r, body)
	case bytes.HasPrefix(body, []byte("*>A")):
		m.Positions, m.Reply, err = c.archive(r, body, h.length)
	case bytes.HasPrefix(body, []byte("*>T")):
		m.Positions, m.Reply, err = c.urgent(r, body)
	default:
		c.result(r, body, &m)
	}
	if spoilt {
		m.Reply = nil
		flag(m.Positions)
		if err == nil {
			err = &wire.Error{Field: "checksum", Offset: 14, Err: wire.ErrChecksum}
		}
	}
	return m, err
}

// flag marks positions of a message with a bad checksum.
func flag(positions []protocols.Position) {
	for i := range positions {
		p := &positions[i]
		p.Attributes = append(p.Attributes, protocols.Attr("checksum_ok", protocols.Bool(false)))
	}
}

// identity reads the tracker's number: the IMEI, or what its owner set.
func identity(b []byte) (string, error) {
	b = bytes.TrimRight(b, " \x00\r\n")
	if !wire.Digits(b) || len(b) > 20 {
		return "", &wire.Error{Field: "identifier", Offset: headBytes + 4, Err: wire.ErrValue}
	}
	return string(b), nil
}

// answer is an NTCB message to the tracker.
func (c *codec) answer(r *room, body string) []byte {
	return appendNTCB(r.reply[:0], c.object, c.server, body)
}

// negotiate reads *>FLEX: protocol, its version, that of the fields, number of fields, a bit for each field.
func (c *codec) negotiate(r *room, body []byte) ([]byte, error) {
	if len(body) < 10 {
		return nil, &wire.Error{Field: "bitfield", Offset: headBytes + len(body), Err: wire.ErrShort}
	}
	bits := int(body[9])
	n := (bits + 7) / 8
	if len(body) < 10+n {
		return nil, &wire.Error{Field: "bitfield", Offset: headBytes + len(body), Err: wire.ErrShort}
	}
	c.plan, c.agreed = planOf(body[10:10+n], bits), true
	var b [9]byte
	copy(b[:], "*<FLEX")
	b[6], b[7], b[8] = body[6], min(body[7], 30), min(body[8], 30)
	return appendNTCB(r.reply[:0], c.object, c.server, b[:]), nil
}

// result reads an answer to a command: words, or words of two or three letters and a record.
func (c *codec) result(r *room, body []byte, m *protocols.Message) {
	m.Result = &r.result
	r.result.Nack = bytes.HasPrefix(body, []byte("*Z")) || bytes.Contains(body, []byte("FAIL"))
	size := c.plan.size
	switch {
	case printable(body):
		r.result.Text = string(body)
		return
	case len(body) > 5 && body[2] == 'E' && int(binary.LittleEndian.Uint16(body[3:])) == len(body)-5:
		r.positions[0] = extra(body[5:])
		m.Positions = r.positions[:]
	case len(body) > 3 && size > 0 && len(body)-3 == size:
		m.Positions = c.records(r, body[3:], 1, size)
	default:
		r.result.Data = bytes.Clone(body)
	}
	n := 0
	for n < len(body) && n < 3 && body[n] >= ' ' && body[n] <= '~' {
		n++
	}
	r.result.Text = string(body[:n])
}

func printable(b []byte) bool {
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}
