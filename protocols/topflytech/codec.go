package topflytech

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The types whose meaning is the same in every line of products.
const (
	kindLogin        = 0x01
	kindLocation     = 0x02
	kindHeartbeat    = 0x03
	kindAlarm        = 0x04
	kindBehaviour    = 0x05 // in the 2727 line: the network
	kindAcceleration = 0x06
	kindAccident     = 0x07
	kindSerial       = 0x09 // RS232; in the 2626 line: OBD
	kindTags         = 0x10
	kindNetwork      = 0x11
	kindPlacedTags   = 0x12
	kindLocation2    = 0x13
	kindAlarm2       = 0x14
	kindWiFi         = 0x15
	kindLocation3    = 0x16 // as 02, with a gyroscope
	kindLock         = 0x17
	kindAlarm3       = 0x18
	kindRS485        = 0x21
	kindOBD          = 0x22
	kindOneWire      = 0x23
	kindWiFiStatus   = 0x24
	kindWiFiAlarm    = 0x25
	kindSubLock      = 0x27
	kindLogin2       = 0x31
	kindLocation4    = 0x33 // as 13, with a gyroscope
	kindAlarm4       = 0x34
	kindFields       = 0x62
	kindFieldsAlarm  = 0x64
	kindCommand      = 0x81
)

// The lines of products, by the first byte, which the second repeats.
const (
	lineOld   = 0x23
	linePlus  = 0x25
	lineOBD   = 0x26
	lineAsset = 0x27
)

// codec is the server's side of one conversation.
type codec struct {
	line  byte    // of the last frame
	raw   [8]byte // the IMEI of the last frame
	name  string  // the same in digits
	noise int     // bytes passed over since the last frame
}

// record is the room for what a frame commonly means, so that a frame costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [14]protocols.Attribute
	reply      [16]byte
}

// decoder reads the body of one frame.
type decoder struct {
	wire.Reader
	line, kind byte
	m          protocols.Message
	pos        *protocols.Position
	code       byte // the alarm's, for the reply
	said       bool // the position says something
}

// Decode reads one frame.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	if len(frame) > 0 && frame[0] == '(' {
		return c.text(frame)
	}
	if len(frame) < headLength {
		return protocols.Message{}, &wire.Error{Field: "header", Offset: len(frame), Err: wire.ErrShort}
	}
	if !c.identify(frame) {
		return protocols.Message{}, &wire.Error{Field: "IMEI", Offset: 7, Err: wire.ErrValue}
	}
	r := new(record)
	d := decoder{Reader: wire.NewReader(frame), line: frame[0], kind: frame[2], pos: &r.positions[0]}
	d.pos.Attributes = r.attributes[:0]
	d.m.Device = c.name
	d.Skip("header", headLength)
	d.body()
	switch {
	case d.said && d.m.Positions == nil:
		d.m.Positions = r.positions[:]
	case d.said:
		d.m.Positions = append(d.m.Positions, r.positions[0])
	}
	if d.kind != kindCommand {
		d.m.Reply = d.reply(r.reply[:0], frame)
	}
	return d.m, d.Err()
}

// identify takes the IMEI: fifteen digits behind one of padding.
func (c *codec) identify(frame []byte) bool {
	c.line = frame[0]
	if c.name != "" && [8]byte(frame[7:headLength]) == c.raw {
		return true
	}
	digits, ok := wire.BCD(frame[7:headLength])
	if !ok {
		return false
	}
	c.raw, c.name = [8]byte(frame[7:headLength]), digits[1:]
	return true
}

// reply repeats the head with its own length. That of an alarm repeats the alarm's code, too.
func (d *decoder) reply(b, frame []byte) []byte {
	n := headLength
	alarm := d.alarming()
	if alarm {
		n++
	}
	b = append(b, frame[:3]...)
	b = binary.BigEndian.AppendUint16(b, uint16(n))
	b = append(b, frame[5:headLength]...)
	if alarm {
		b = append(b, d.code)
	}
	return b
}

// alarming is whether the frame's type is that of an alarm.
func (d *decoder) alarming() bool {
	switch d.kind {
	case kindAlarm, kindAlarm2, kindAlarm3, kindAlarm4, kindFieldsAlarm:
		return true
	case kindWiFiAlarm:
		return d.line == lineAsset
	}
	return false
}

func (d *decoder) add(name string, v protocols.Value) {
	p := d.pos
	n := len(p.Attributes)
	if n == cap(p.Attributes) {
		p.Attributes = append(p.Attributes, protocols.Attribute{})
	}
	p.Attributes = p.Attributes[:n+1] // set in place: an append would copy the attribute once more
	p.Attributes[n].Name, p.Attributes[n].Value = name, v
	d.said = true
}

// extra keeps what is left of the body as it is.
func (d *decoder) extra(name string) {
	if d.Len() > 0 {
		d.add(name, protocols.Bytes(d.Rest()))
	}
}
