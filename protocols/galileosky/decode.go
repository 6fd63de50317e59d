package galileosky

import (
	"bytes"
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	noise       int    // bytes passed over since the last packet
	imei        string // of the tracker, as it said or as the profile knows
	number      uint16 // that its owner gave it, which commands repeat
	immobiliser byte   // output, 0 to 3
	ignition    int8   // -1 none, -2 the status's bit, else the input
}

// Know takes identity and options from the device's profile.
func (c *codec) Know(d protocols.Device) {
	if c.imei == "" && len(d.Identity) == 15 {
		c.imei = d.Identity
	}
	if v := d.Options[optionImmobiliser]; len(v) == 1 && v[0] <= '3' && v[0] >= '0' {
		c.immobiliser = v[0] - '0'
	}
	switch v := d.Options[optionIgnition]; {
	case v == "status":
		c.ignition = -2
	case len(v) == 1 && v[0] >= '0' && v[0] <= '7':
		c.ignition = int8(v[0] - '0')
	case v == "none":
		c.ignition = -1
	}
}

// Decode reads one packet.
func (c *codec) Decode(frame []byte, at time.Time) (protocols.Message, error) {
	var m protocols.Message
	if len(frame) < 6 && (len(frame) < 5 || frame[0] == headTags) {
		return m, &wire.Error{Field: "length", Offset: len(frame), Err: wire.ErrShort}
	}
	if iridium(frame) {
		return c.satellite(frame, at)
	}
	if !starts(frame[0]) {
		return m, &wire.Error{Field: "header", Offset: 0, Err: wire.ErrUnknown}
	}
	d := decoder{codec: c, m: &m}
	if len(frame) < packetLength(frame) {
		err := d.cut(frame)
		return m, err
	}
	crc, ok := sum(frame)
	body := frame[3 : len(frame)-2]
	if !ok && (len(body) < 12 || frame[0] == headTags && readable(body) < len(body)) {
		m.Reply = []byte{confirmation(frame[0]), byte(crc), byte(crc >> 8)}
		return m, &wire.Error{Field: "checksum", Offset: len(frame) - 2, Err: wire.ErrChecksum}
	}
	var err error
	switch frame[0] {
	case headTags:
		err = d.records(body, 3)
	case headCompressed:
		err = d.compressed(body, 3, at)
	default:
		d.raw(frame[0], body)
	}
	m.Device = string(d.device)
	if frame[0] != headGarmin {
		m.Reply = []byte{confirmation(frame[0]), byte(crc), byte(crc >> 8)}
	}
	if !ok {
		d.flag()
		if err == nil {
			err = &wire.Error{Field: "checksum", Offset: len(frame) - 2, Err: wire.ErrChecksum}
		}
	}
	return m, err
}

// cut reads the tags of a packet that is not whole. It is not confirmed.
func (d *decoder) cut(frame []byte) error {
	if frame[0] == headTags && opening(frame[3]) && readable(frame[3:]) >= minimalBytes {
		_ = d.records(frame[3:], 3)
		d.m.Device = string(d.device)
		d.flag()
	}
	return &wire.Error{Field: "length", Offset: len(frame), Err: wire.ErrShort}
}

// confirmation is the first byte of the answer to a packet.
func confirmation(header byte) byte {
	if header == headPhoto {
		return headPhoto
	}
	return headConfirm
}

// raw keeps a part of a picture, or what a Garmin display said. A picture's part starts with its number; the one that
// has nothing more ends it.
func (d *decoder) raw(header byte, body []byte) {
	var p protocols.Position
	if header == headPhoto && len(body) > 0 {
		p.Attributes = []protocols.Attribute{
			protocols.Attr("photo", protocols.Int(int64(body[0]))),
			protocols.Attr("photo_part", protocols.Bytes(body[1:])),
		}
	} else {
		p.Attributes = []protocols.Attribute{protocols.Attr("garmin", protocols.Bytes(body))}
	}
	d.m.Positions = []protocols.Position{p}
}

// flag marks the positions of a packet with a bad checksum.
func (d *decoder) flag() {
	for i := range d.m.Positions {
		p := &d.m.Positions[i]
		p.Attributes = append(p.Attributes, protocols.Attr("checksum_ok", protocols.Bool(false)))
	}
}

// satellite reads an envelope of Iridium: elements of a type, a length (high byte first) and a content. Nothing is
// answered.
func (c *codec) satellite(frame []byte, at time.Time) (protocols.Message, error) {
	var m protocols.Message
	d := decoder{codec: c, m: &m}
	r := wire.NewReader(frame)
	r.Skip("revision and length", 3)
	var place []byte
	var failed error
	for r.Len() >= 3 {
		kind := r.U8("element")
		offset := r.Offset() + 2
		b := r.Bytes("element content", int(r.U16("element length")))
		switch {
		case kind == 1 && len(b) >= 28:
			if imei := b[4:19]; wire.Digits(imei) {
				d.device = imei
			}
		case kind == 3 && len(b) >= 7:
			place = b
		case kind == 2 && len(b) > 0:
			failed = d.payload(b, offset, at)
		}
	}
	m.Device = string(d.device)
	if len(m.Positions) == 0 && place != nil {
		m.Positions = []protocols.Position{satellitePlace(place, frame)}
	}
	if err := r.Err(); err != nil {
		return m, err
	}
	return m, failed
}

// payload is tags without an envelope of their own, or compressed records. The former start with a tag that there is.
func (d *decoder) payload(b []byte, offset int, at time.Time) error {
	if n := readable(b); n == len(b) || n >= 14 || len(b) < minimalBytes {
		return d.records(b, offset)
	}
	return d.compressed(b, offset, at)
}

// satellitePlace is where the satellite saw the tracker, good to some kilometres: degrees and thousandths of minutes.
func satellitePlace(b, frame []byte) (p protocols.Position) {
	lat := float64(b[1]) + float64(binary.BigEndian.Uint16(b[2:]))/60000
	lon := float64(b[4]) + float64(binary.BigEndian.Uint16(b[5:]))/60000
	if b[0]&2 != 0 {
		lat = -lat
	}
	if b[0]&1 != 0 {
		lon = -lon
	}
	if lat < -90 || lat > 90 || lon < -180 || lon > 180 {
		return p
	}
	p.Located, p.Latitude, p.Longitude = true, lat, lon
	if len(frame) >= 34 {
		p.Time = time.Unix(int64(binary.BigEndian.Uint32(frame[30:])), 0).UTC()
	}
	p.Attributes = []protocols.Attribute{protocols.Attr("satellite_place", protocols.Bool(true))}
	return p
}

// decoder reads one packet into its message.
type decoder struct {
	*codec
	m      *protocols.Message
	pos    *protocols.Position // of the present record
	device []byte              // borrowed
	cells  bool                // the place is from cells
	said   bool                // the record says more than who speaks
}

func (d *decoder) add(name string, v protocols.Value) {
	d.pos.Attributes = append(d.pos.Attributes, protocols.Attr(name, v))
	d.said = true
}

// result gives the message's answer to a command.
func (d *decoder) result() *protocols.Result {
	if d.m.Result == nil {
		d.m.Result = new(protocols.Result)
	}
	return d.m.Result
}

// identity takes the IMEI.
func (d *decoder) identity(b []byte) {
	if !wire.Digits(b) {
		d.add("imei", protocols.Bytes(b))
		return
	}
	d.device = b
	if !bytes.Equal([]byte(d.imei), b) {
		d.imei = string(b)
	}
}
