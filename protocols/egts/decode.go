package egts

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	noise    int    // bytes passed over since the last packet
	packet   uint16 // number of the next packet to the terminal
	record   uint16 // number of the next record to the terminal
	terminal uint32 // the number of the one that logged in, 0 if nobody did or it has none
	alone    bool   // the one that logged in has no number, so that all objects are it
	ignition int8   // ignitionNone, ignitionCause, or an input from 0
}

// Know takes the option from the device's profile.
func (c *codec) Know(d protocols.Device) {
	switch v := d.Options[optionIgnition]; {
	case v == "cause":
		c.ignition = ignitionCause
	case len(v) == 1 && v[0] >= '1' && v[0] <= '8':
		c.ignition = int8(v[0] - '1')
	case v == "none":
		c.ignition = ignitionNone
	}
}

// answer is what a record is answered with.
type answer struct {
	number  uint16
	service byte
	result  byte
}

// decoder reads one packet.
type decoder struct {
	*codec
	m       *protocols.Message
	answers []answer
	room    [16]answer

	positions []protocols.Position
	owners    []owner // of each position
	attrs     []protocols.Attribute

	pos    *protocols.Position // of the present record, nil before something is said of it
	moment time.Time           // of the present record, if it says
	object uint32              // of the present record
	has    bool                // object was said
	placed bool                // pos has had its place
	login  bool                // somebody named himself, which wants a result
	self   bool                // it was a terminal, so that all of this packet is of it
}

// Decode reads one packet.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	var m protocols.Message
	n := header(frame)
	if n < 0 || n == 0 {
		return m, &wire.Error{Field: "header", Offset: 0, Err: wire.ErrUnknown}
	}
	start := int(frame[3])
	if n == start {
		return m, nil
	}
	d := decoder{codec: c, m: &m}
	d.answers = d.room[:0]
	if n > len(frame) { // cut: what is whole is given, and nothing is answered
		_, _ = d.body(frame, start, len(frame))
		d.flag()
		d.share()
		return m, &wire.Error{Field: "frame data length", Offset: 5, Err: wire.ErrShort}
	}
	result, err := d.body(frame, start, n-2)
	spoilt := wire.CRC16CCITTFalse(frame[start:n-2]) != binary.LittleEndian.Uint16(frame[n-2:])
	if spoilt {
		result = resultBadData
		d.flag()
		if err == nil {
			err = &wire.Error{Field: "data checksum", Offset: n - 2, Err: wire.ErrChecksum}
		}
	}
	d.share()
	if frame[9] != packetResponse {
		id := binary.LittleEndian.Uint16(frame[7:])
		m.Reply = d.reply(id, result, resultOK)
		if d.login && !spoilt {
			m.Refusal = d.reply(id, result, resultDenied)
		}
	}
	return m, err
}

// flag marks the positions of a packet whose checksum is wrong or missing.
func (d *decoder) flag() {
	for i := range d.positions {
		p := &d.positions[i]
		p.Attributes = append(p.Attributes[:len(p.Attributes):len(p.Attributes)],
			protocols.Attr("checksum_ok", protocols.Bool(false)))
	}
}

// body reads the data of a packet: its result and the reason why it could not all be read.
func (d *decoder) body(frame []byte, start, end int) (result byte, err error) {
	if frame[2]&0x1C != 0 { // encrypted or packed
		return resultUnsupported, &wire.Error{Field: "flags", Offset: 2, Err: wire.ErrUnknown}
	}
	at := start
	switch frame[9] {
	case packetResponse:
		at += 3
	case packetSigned:
		if end-at < 2 {
			return resultBadForm, &wire.Error{Field: "signature length", Offset: at, Err: wire.ErrShort}
		}
		at += 2 + int(binary.LittleEndian.Uint16(frame[at:]))
	}
	if at > end {
		return resultBadForm, &wire.Error{Field: "data", Offset: end, Err: wire.ErrShort}
	}
	d.makeRoom(frame[at:end])
	r := wire.NewReader(frame[:end])
	r.Skip("header", at)
	for r.Len() > 0 {
		bad := d.oneRecord(&r)
		if err == nil {
			err = bad
		}
		if r.Err() != nil {
			return resultBadForm, err
		}
	}
	return resultOK, err
}

// makeRoom counts records and subrecords, so that all are one allocation each.
func (d *decoder) makeRoom(data []byte) {
	records, parts, places := 0, 0, 0
	for len(data) >= recordHead {
		head := recordHead + 4*int(data[4]&1) + 4*int(data[4]>>1&1) + 4*int(data[4]>>2&1)
		n := head + int(binary.LittleEndian.Uint16(data))
		if n > len(data) {
			break
		}
		for at := head; at+3 <= n; at += 3 + int(binary.LittleEndian.Uint16(data[at+1:])) {
			parts++
			if data[at] == partPosition {
				places++
			}
		}
		records++
		data = data[n:]
	}
	if places < records {
		places = records
	}
	d.positions = make([]protocols.Position, 0, places+1)
	d.owners = make([]owner, 0, places+1)
	d.attrs = make([]protocols.Attribute, 0, 5*parts+4)
}

// oneRecord reads a record: length, number, flags, object, event, time, services, subrecords.
func (d *decoder) oneRecord(r *wire.Reader) error {
	n := int(r.U16LE("record length"))
	number := r.U16LE("record number")
	flags := r.U8("record flags")
	d.object, d.has = 0, flags&1 != 0
	if d.has {
		d.object = r.U32LE("object")
	}
	if flags&2 != 0 {
		r.Skip("event", 4)
	}
	d.pos, d.placed, d.moment = nil, false, time.Time{}
	if flags&4 != 0 {
		d.moment = moment(r.U32LE("time"))
	}
	service := r.U8("service of the source")
	r.Skip("service of the recipient", 1)
	at := r.Offset()
	cut := n > r.Len()
	content := r.Bytes("record data", min(n, r.Len()))
	if err := r.Err(); err != nil {
		return err
	}
	parts := wire.NewReader(content)
	for parts.Len() > 0 {
		kind := parts.U8("subrecord type")
		b := parts.Bytes("subrecord data", int(parts.U16LE("subrecord length")))
		if parts.Err() != nil && cut {
			break
		}
		if parts.Err() != nil {
			d.add("cut_subrecord", protocols.Bytes(content))
			d.answers = append(d.answers, answer{number, service, resultBadForm})
			return &wire.Error{Field: "subrecord", Offset: at + len(content), Err: wire.ErrShort}
		}
		d.part(service, kind, b)
	}
	if cut {
		r.Fail("record data", wire.ErrShort)
		return r.Err()
	}
	d.answers = append(d.answers, answer{number, service, resultOK})
	return nil
}

// epoch is 2010-01-01.
const epoch = 1262304000

func moment(seconds uint32) time.Time { return time.Unix(epoch+int64(seconds), 0).UTC() }

// position gives the present record's position, which is made when there is something to say of it.
func (d *decoder) position() *protocols.Position {
	if d.pos == nil {
		d.positions = append(d.positions, protocols.Position{Time: d.moment})
		o := owner{object: d.object, named: d.has && d.object != 0 && d.object != d.terminal && !d.alone && !d.self}
		if !o.named {
			o.object = 0
		}
		d.owners = append(d.owners, o)
		d.pos = &d.positions[len(d.positions)-1]
	}
	return d.pos
}

func (d *decoder) add(name string, v protocols.Value) {
	p := d.position()
	if p.Attributes == nil {
		p.Attributes = d.attrs[len(d.attrs):len(d.attrs):cap(d.attrs)]
	}
	p.Attributes = append(p.Attributes, protocols.Attr(name, v))
	if len(d.attrs) < cap(d.attrs) {
		d.attrs = d.attrs[:len(d.attrs)+1]
	}
}
