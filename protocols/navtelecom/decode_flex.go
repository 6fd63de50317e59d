package navtelecom

import (
	"encoding/binary"
	"math"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// plan is which parts a record has, and its size in bytes.
type plan struct {
	parts []uint16
	size  int
	lone  bool // only the first fields are known
}

// planOf reads a bit for each of the fields, the highest bit of a byte first.
func planOf(mask []byte, bits int) plan {
	p := plan{parts: make([]uint16, 0, len(parts))}
	for i := range parts {
		f := int(parts[i].field) - 1
		if f < bits && f/8 < len(mask) && mask[f/8]<<(f%8)&0x80 != 0 {
			p.parts = append(p.parts, uint16(i))
			p.size += int(parts[i].size)
		}
	}
	return p
}

// lonePlan is the fields 1 to 15, with which every tracker's records begin, or as many as a record has room for.
func lonePlan(size int) plan {
	p := plan{size: size, lone: true}
	at := 0
	for i := range parts {
		if parts[i].field > 15 || at+int(parts[i].size) > size {
			break
		}
		p.parts = append(p.parts, uint16(i))
		at += int(parts[i].size)
	}
	return p
}

// flex reads a FLEX message.
func (c *codec) flex(frame []byte) (m protocols.Message, err error) {
	r := new(room)
	body := frame[2 : len(frame)-1]
	switch letter := frame[1]; letter {
	case 'A':
		m.Positions, err = c.telemetry(r, body[1:], int(body[0]))
		m.Reply = appendFlex(r.reply[:0], letter, body[0])
	case 'T':
		if len(body) < 4 {
			return m, &wire.Error{Field: "event index", Offset: 2, Err: wire.ErrShort}
		}
		m.Positions, err = c.telemetry(r, body[4:], 1)
		m.Reply = appendFlex(r.reply[:0], letter, body[:4]...)
	case 'C':
		m.Positions, err = c.telemetry(r, body, 1)
		m.Reply = appendFlex(r.reply[:0], letter)
	case 'E':
		m.Positions, err = extras(body[1:], int(body[0]), 3)
		m.Reply = appendFlex(r.reply[:0], letter, body[0])
	case 'X':
		if len(body) < 4 {
			return m, &wire.Error{Field: "event index", Offset: 2, Err: wire.ErrShort}
		}
		m.Positions, err = extras(body[4:], 1, 6)
		m.Reply = appendFlex(r.reply[:0], letter, body[:4]...)
	default:
		service(r, frame, &m)
	}
	if !whole(frame) {
		m.Reply = nil
		flag(m.Positions)
		if err == nil {
			err = &wire.Error{Field: "CRC8", Offset: len(frame) - 1, Err: wire.ErrChecksum}
		}
	}
	return m, err
}

// service keeps messages that are no telemetry: refusals and answers as a result, the rest as attributes.
func service(r *room, frame []byte, m *protocols.Message) {
	switch letter := frame[1]; letter {
	case 'R', 'F', 'I', 'U', 'L', 'S', 'M', 'Z':
		r.result = protocols.Result{Text: string(frame[:2]), Data: append([]byte{}, frame[2:len(frame)-1]...),
			Nack: letter != 'R' && letter != 'I' && letter != 'M'}
		m.Result = &r.result
	default:
		r.positions[0].Attributes = []protocols.Attribute{
			protocols.Attr("message", protocols.Text(string(frame[:2]))),
			protocols.Attr("payload", protocols.Bytes(frame[2:len(frame)-1])),
		}
		m.Positions = r.positions[:]
	}
}

// telemetry reads count records.
func (c *codec) telemetry(r *room, data []byte, count int) ([]protocols.Position, error) {
	size := c.plan.size
	if size == 0 && count > 0 {
		size = len(data) / count
	}
	if size == 0 {
		return nil, nil
	}
	if len(data) < count*size {
		count = len(data) / size
		return c.records(r, data, count, size), &wire.Error{Field: "record", Offset: 3, Err: wire.ErrShort}
	}
	return c.records(r, data, count, size), nil
}

// records reads count records of the given size.
func (c *codec) records(r *room, data []byte, count, size int) []protocols.Position {
	p := c.plan
	if p.size != size {
		p = lonePlan(size)
	}
	positions := r.positions[:]
	if count != 1 {
		positions = make([]protocols.Position, count)
	}
	each := len(p.parts) + 4
	pool := make([]protocols.Attribute, count*each)
	for i := range positions {
		d := decoder{pos: &positions[i], data: data[i*size : (i+1)*size]}
		d.pos.Attributes = pool[i*each : i*each : (i+1)*each]
		d.record(&p)
	}
	return positions
}

// decoder reads one record.
type decoder struct {
	pos   *protocols.Position
	data  []byte
	event uint32 // time of the event
	fix   uint32 // time of the place
	nav   byte   // state of the receiver
}

func (d *decoder) add(name string, v protocols.Value) {
	d.pos.Attributes = append(d.pos.Attributes, protocols.Attr(name, v))
}

func (d *decoder) record(p *plan) {
	at := 0
	var lat, lon int32
	located := 0
	for _, i := range p.parts {
		part := &parts[i]
		b := d.data[at : at+int(part.size)]
		at += int(part.size)
		switch {
		case part.kind != special:
			d.value(part, b)
		case part.field == 10:
			lat, located = int32(binary.LittleEndian.Uint32(b)), located+1
		case part.field == 11:
			lon, located = int32(binary.LittleEndian.Uint32(b)), located+1
		default:
			d.special(part.field, b)
		}
	}
	if p.lone && at < len(d.data) {
		d.add("unnamed_fields", protocols.Bytes(d.data[at:]))
	}
	d.finish(lat, lon, located == 2)
}

// finish sets place and time. A place that is not valid is the last that was, of its own time.
func (d *decoder) finish(lat, lon int32, located bool) {
	p := d.pos
	if located && (lat != 0 || lon != 0) {
		p.Latitude, p.Longitude = float64(lat)/600000, float64(lon)/600000
		p.Located = math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180
		p.Valid = p.Located && d.nav&2 != 0
	}
	if !p.Located {
		p.Latitude, p.Longitude = 0, 0
	}
	at := d.fix
	if at == 0 || !p.Located {
		at = d.event
	}
	if at != 0 {
		p.Time = time.Unix(int64(at), 0).UTC()
	}
	if d.event != at && d.event != 0 {
		d.add("event_time_unix_s", protocols.Int(int64(d.event)))
	}
}

// value reads a part that is a number.
func (d *decoder) value(p *part, b []byte) {
	var raw uint64
	for i := len(b) - 1; i >= 0; i-- {
		raw = raw<<8 | uint64(b[i])
	}
	n := int64(raw)
	switch p.kind {
	case numberOrNone:
		if raw == 1<<(8*p.size)-1 {
			return
		}
	case signed, signedOrNone:
		shift := 64 - 8*p.size
		n = n << shift >> shift
		if p.kind == signedOrNone && n == -1<<(8*p.size-1) {
			return
		}
	case float:
		v := float64(math.Float32frombits(uint32(raw))) * float64(p.mul) * power[p.scale]
		if v >= 0 && v < 1e15 {
			d.add(p.name, protocols.Decimal(int64(math.Round(v)), p.scale))
		}
		return
	case tank:
		d.tank(p.name, raw)
		return
	}
	if p.mul < 0 {
		n = n / 3 * 5
	} else {
		n *= int64(p.mul)
	}
	d.add(p.name, protocols.Decimal(n, p.scale))
}

var power = [...]float64{1, 10, 100, 1000}

// tank is a level in percent or tenths of litres.
func (d *decoder) tank(name string, raw uint64) {
	v := int64(raw & 0x7FFF)
	percent := raw&0x8000 != 0
	switch {
	case v == 0x7FFF:
	case name == "can_fuel" && percent:
		d.add("can_fuel_percent", protocols.Int(v))
	case name == "can_fuel":
		d.add("can_fuel_l", protocols.Decimal(v, 1))
	case percent:
		d.add("can_urea_percent", protocols.Int(v))
	default:
		d.add("can_urea_l", protocols.Decimal(v, 1))
	}
}
