package eelink

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The packages.
const (
	kindLogin      = 0x01
	kindGPS        = 0x02 // old
	kindHeartbeat  = 0x03
	kindAlarm      = 0x04 // old
	kindState      = 0x05 // old
	kindSMS        = 0x06 // old
	kindOBD        = 0x07 // old
	kindLocation   = 0x12
	kindOther      = 0x13 // a position and what is not known
	kindWarning    = 0x14
	kindReport     = 0x15
	kindMessage    = 0x16
	kindOBDData    = 0x17
	kindOBDBody    = 0x18
	kindOBDFault   = 0x19
	kindPedometer  = 0x1A
	kindParameters = 0x1B
	kindCommand    = 0x80
	kindBroadcast  = 0x81
)

// codec is the server's side of one conversation.
type codec struct {
	udp    bool
	offset time.Duration // of the times in words from UTC
	serial uint16        // of the last command
	raw    [8]byte       // the IMEI
	name   string        // the IMEI in digits, "" if nobody has said it
	noise  int           // bytes passed over since the last frame
}

// Know takes the clock's offset from the device's profile.
func (c *codec) Know(d protocols.Device) {
	if d.Offset.OK {
		c.offset = d.Offset.Value
	}
}

// commonly is how many attributes a position has as a rule.
const commonly = 12

// record is what a frame of one package needs, in one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [commonly]protocols.Attribute
	reply      [48]byte
}

// decoder reads the packages of one frame.
type decoder struct {
	wire.Reader
	m          protocols.Message
	attributes []protocols.Attribute // of all positions
	from       int                   // where the present position's start
	pos        *protocols.Position
	offset     time.Duration
	frame      []byte
	bad        error // the first package's that could not be read
}

// Decode reads one package, or a datagram of several.
func (c *codec) Decode(frame []byte, at time.Time) (protocols.Message, error) {
	if len(frame) < packageHead {
		return protocols.Message{}, &wire.Error{Field: "head", Offset: len(frame), Err: wire.ErrShort}
	}
	r := new(record)
	d := decoder{Reader: wire.NewReader(frame), attributes: r.attributes[:0], offset: c.offset, frame: frame}
	d.m.Positions = r.positions[:0]
	reply := r.reply[:0]
	wrapped := isWrapped(frame)
	spoilt := false
	if wrapped {
		if err := c.unwrap(&d, frame); err != nil {
			return d.m, err
		}
		spoilt = binary.BigEndian.Uint16(frame[4:]) != sum(frame[6:])
		reply = append(reply, frame[:udpHead]...)
	}
	for n := 0; d.Len() >= packageHead && d.Err() == nil && n < maxPackages; n++ {
		reply = c.packet(&d, reply, at)
	}
	if len(d.m.Positions) == 0 {
		d.m.Positions = nil
	}
	if spoilt {
		for i := range d.m.Positions {
			p := &d.m.Positions[i]
			p.Attributes = append(p.Attributes, protocols.Attr("checksum_ok", protocols.Bool(false)))
		}
	}
	switch {
	case wrapped && len(reply) > udpHead:
		d.m.Reply = wrap(reply)
	case !wrapped && len(reply) > 0:
		d.m.Reply = reply
	}
	if d.bad != nil {
		return d.m, d.bad
	}
	return d.m, d.Err()
}

// unwrap reads the head of a datagram.
func (c *codec) unwrap(d *decoder, frame []byte) error {
	if len(frame) < udpHead {
		return &wire.Error{Field: "head", Offset: len(frame), Err: wire.ErrShort}
	}
	d.Skip("head", udpHead)
	if !c.identify(frame[6:udpHead]) {
		return &wire.Error{Field: "IMEI", Offset: 6, Err: wire.ErrValue}
	}
	d.m.Device = c.name
	return nil
}

// identify takes an IMEI: fifteen digits behind one of padding.
func (c *codec) identify(imei []byte) bool {
	if c.name != "" && [8]byte(imei) == c.raw {
		return true
	}
	digits, ok := wire.BCD(imei)
	if !ok {
		return false
	}
	c.raw, c.name = [8]byte(imei), digits[1:]
	return true
}

// wrap sets length and checksum of a datagram whose head was copied.
func wrap(b []byte) []byte {
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)-4))
	binary.BigEndian.PutUint16(b[4:], sum(b[6:]))
	return b
}

// packet reads one package and appends its reply.
func (c *codec) packet(d *decoder, reply []byte, at time.Time) []byte {
	head := d.Bytes("head", packageHead)
	size := int(binary.BigEndian.Uint16(head[3:])) - 2
	if size < 0 || !isPackage(head) {
		d.Fail("head", wire.ErrValue)
		return reply
	}
	cut := size > d.Len()
	end := d.Offset() + min(size, d.Len())
	body, rest := wire.NewReader(d.frame[:end]), d.Reader
	body.Skip("head", d.Offset())
	rest.Skip("content", end-d.Offset())
	d.Reader = body
	kind := head[2]
	if kind == kindLogin {
		c.login(d)
	} else {
		d.from = len(d.attributes)
		d.body(kind)
	}
	if cut {
		d.Fail("content", wire.ErrShort)
	}
	if d.bad == nil {
		d.bad = d.Err()
	}
	d.Reader = rest // a bad package does not cost those behind it
	return appendReply(reply, kind, head[5:packageHead], at)
}

// login takes the IMEI; the versions behind it are kept.
func (c *codec) login(d *decoder) {
	imei := d.Bytes("IMEI", 8)
	if imei == nil {
		return
	}
	if !c.identify(imei) {
		d.Fail("IMEI", wire.ErrValue)
		return
	}
	d.m.Device = c.name
	if d.Len() < 4 {
		return
	}
	d.from = len(d.attributes)
	d.open()
	d.add("language", protocols.Int(int64(d.U8("language"))))
	d.add("time_zone_min", protocols.Int(int64(int8(d.U8("time zone")))*15))
	d.extra("versions")
	d.close()
}

// appendReply repeats kind and sequence; a login gets the time, the version of the protocol and no action. The old
// location and the broadcast are not answered.
func appendReply(b []byte, kind byte, sequence []byte, at time.Time) []byte {
	if kind == kindGPS || kind == kindBroadcast {
		return b
	}
	size := byte(2)
	if kind == kindLogin {
		size = 9
	}
	b = append(b, 0x67, 0x67, kind, 0, size)
	b = append(b, sequence...)
	if kind == kindLogin {
		b = binary.BigEndian.AppendUint32(b, uint32(at.Unix()))
		b = append(b, 0, 1, 0)
	}
	return b
}

// open begins a position.
func (d *decoder) open() *protocols.Position {
	d.m.Positions = append(d.m.Positions, protocols.Position{})
	d.pos = &d.m.Positions[len(d.m.Positions)-1]
	return d.pos
}

// close ends the open position.
func (d *decoder) close() {
	d.pos.Attributes = d.attributes[d.from:len(d.attributes):len(d.attributes)]
}

// add gives the open position an attribute.
func (d *decoder) add(name string, v protocols.Value) {
	n := len(d.attributes)
	if n == cap(d.attributes) {
		d.attributes = append(d.attributes, protocols.Attribute{})
	}
	d.attributes = d.attributes[:n+1] // set in place: an append would copy the attribute once more
	d.attributes[n].Name, d.attributes[n].Value = name, v
}

// extra keeps what is left of the package as it is.
func (d *decoder) extra(name string) {
	if d.Len() > 0 {
		d.add(name, protocols.Bytes(d.Rest()))
	}
}
