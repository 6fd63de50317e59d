package teltonika

import (
	"bytes"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Types of the messages of codecs 12 to 15.
const (
	typeCommand = 0x05
	typeAnswer  = 0x06
	typeCamera  = 0x0D
	typeRefusal = 0x11 // codec 14: the command named another IMEI
)

// messages reads answers to commands, serial data and photos.
func (c *codec) messages(r *wire.Reader, kind byte) (protocols.Message, error) {
	var m protocols.Message
	for range r.U8("quantity 1") {
		c.message(&m, r, kind)
		if r.Err() != nil {
			return m, r.Err()
		}
	}
	r.U8("quantity 2")
	return m, r.Err()
}

func (c *codec) message(m *protocols.Message, r *wire.Reader, kind byte) {
	what := r.U8("message type")
	n := int(r.U32("message size"))
	var at time.Time
	if kind == codec13 || kind == codec15 {
		if s := r.U32("timestamp"); s > 0 {
			at = time.Unix(int64(s), 0).UTC()
		}
		n -= 4
	}
	if kind == codec14 || kind == codec15 {
		offset := r.Offset()
		imei, ok := wire.BCD(r.Bytes("imei", 8))
		if r.Err() == nil && !ok {
			r.Fail("imei", &wire.Error{Field: "digits", Offset: offset, Err: wire.ErrValue})
		}
		m.Device = strings.TrimPrefix(imei, "0")
		n -= 8
	}
	if n < 0 {
		r.Fail("message size", wire.ErrValue)
	}
	body := r.Bytes("message", n)
	switch {
	case r.Err() != nil:
	case kind == codec12 && what == typeCamera:
		c.camera(m, body)
	case kind == codec13 || kind == codec15:
		m.Positions = append(m.Positions, serial(at, body))
	default:
		answer(m, what, body)
	}
}

// answer keeps an answer; further ones in the same packet are further lines.
func answer(m *protocols.Message, what byte, body []byte) {
	if m.Result == nil {
		m.Result = new(protocols.Result)
	}
	m.Result.Nack = what == typeRefusal
	text := bytes.Trim(body, "\x00\r\n ")
	if !printableLines(text) {
		m.Result.Data = append(m.Result.Data, body...)
		return
	}
	if m.Result.Text != "" {
		m.Result.Text += "\n"
	}
	m.Result.Text += string(text)
}

// serial is what a device on the serial port said. The line of a driver's card reader, GTSL|…, names the driver
// in its fifth field.
func serial(at time.Time, body []byte) protocols.Position {
	p := protocols.Position{Time: at}
	text := bytes.Trim(body, "\x00\r\n ")
	if !printableLines(text) {
		p.Attributes = []protocols.Attribute{protocols.Attr("serial", protocols.Bytes(body))}
		return p
	}
	p.Attributes = []protocols.Attribute{protocols.Attr("serial", protocols.Text(string(text)))}
	fields := strings.Split(string(text), "|")
	if fields[0] == "GTSL" && len(fields) > 4 && fields[4] != "" {
		p.Attributes = append(p.Attributes, protocols.Attr("driver_id", protocols.Text(fields[4])))
	}
	return p
}
