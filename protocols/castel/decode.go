package castel

import (
	"encoding/binary"
	"encoding/hex"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// record is the room for what a frame commonly means, so that a frame costs one allocation.
type record struct {
	message    protocols.Message
	positions  [1]protocols.Position
	attributes [10]protocols.Attribute
	reply      [64]byte
}

// decoder reads the data of one frame.
type decoder struct {
	wire.Reader
	*record
	c   *codec
	pos *protocols.Position // the first position, which is open but not yet given

	outside error // a value was out of range; the rest is good
}

// Decode reads one frame.
func (c *codec) Decode(data []byte, at time.Time) (protocols.Message, error) {
	f, err := open(data)
	if err != nil {
		return protocols.Message{}, err
	}
	name := nameOf(f.id)
	if len(name) == 0 {
		return protocols.Message{}, &wire.Error{Field: "id", Offset: f.start - idSize - 2, Err: wire.ErrValue}
	}
	if c.device != string(name) {
		c.device = string(name)
	}
	copy(c.id[:], f.id)
	c.version = f.version
	r := new(record)
	r.message.Device = c.device
	r.positions[0].Attributes = r.attributes[:0]
	d := decoder{Reader: wire.NewReader(data[:len(data)-tailSize]), record: r, c: c, pos: &r.positions[0]}
	d.Skip("head", f.start)
	switch {
	case f.version == noVersion:
		d.readMPIP(f.kind)
	case isSC(f.version):
		d.readSC(f.kind, at)
	default:
		d.readCC(f.kind)
	}
	if !proved(data) {
		for i := range r.message.Positions {
			r.message.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	if err := d.Err(); err != nil {
		return r.message, err
	}
	return r.message, d.outside
}

// give makes the first position the message's only one.
func (d *decoder) give() { d.message.Positions = d.positions[:] }

// answer makes the reply; a body is at most 16 bytes.
func (d *decoder) answer(kind uint16, body ...byte) {
	d.message.Reply = appendFrame(d.reply[:0], '@', d.c.version, d.c.id, kind, body)
}

// fixSize is the length of a location.
const fixSize = 19

// The bits of the last byte of a location; the satellites are above them.
const (
	fixEast  = 1 << 0
	fixNorth = 1 << 1
	fixValid = 3 << 2 // not 0: 2D or 3D
)

// fix reads day, month, year, time, latitude and longitude in 1/3,600,000 degrees, speed in cm/s, course in 0.1
// degrees, hemispheres, validity and satellites.
func (d *decoder) fix(p *protocols.Position) {
	at := d.Offset()
	b := d.Bytes("GPS data", fixSize)
	if b == nil {
		return
	}
	p.Time = clock(b)
	flags := b[18]
	lat := float64(binary.LittleEndian.Uint32(b[6:])) / 3600000
	lon := float64(binary.LittleEndian.Uint32(b[10:])) / 3600000
	if speed := float64(binary.LittleEndian.Uint16(b[14:])) * 0.036; speed <= 2000 {
		p.Speed = protocols.Some(speed)
	}
	if course := float64(binary.LittleEndian.Uint16(b[16:])) / 10; course < 360 {
		p.Course = protocols.Some(course)
	}
	p.Satellites = protocols.Some(int(flags >> 4))
	switch {
	case lat == 0 && lon == 0:
		return
	case lat > 90:
		d.outside = &wire.Error{Field: "latitude", Offset: at + 6, Err: wire.ErrValue}
		return
	case lon > 180:
		d.outside = &wire.Error{Field: "longitude", Offset: at + 10, Err: wire.ErrValue}
		return
	}
	if flags&fixNorth == 0 {
		lat = -lat
	}
	if flags&fixEast == 0 {
		lon = -lon
	}
	p.Located, p.Latitude, p.Longitude = true, lat, lon
	p.Valid = flags&fixValid != 0
}

// clock is the moment that day, month, year, hour, minute and second say; zero if there is none such.
func clock(b []byte) time.Time {
	if b[0] < 1 || b[0] > 31 || b[1] < 1 || b[1] > 12 || b[2] > 99 || b[3] > 23 || b[4] > 59 || b[5] > 59 {
		return time.Time{}
	}
	return time.Date(2000+int(b[2]), time.Month(b[1]), int(b[0]), int(b[3]), int(b[4]), int(b[5]), 0, time.UTC)
}

// fixes reads n locations; each has what the first has besides. No location leaves the message as it is.
func (d *decoder) fixes(n int) {
	n = min(n, d.Len()/fixSize)
	switch n {
	case 0:
		return
	case 1:
		d.give()
		d.fix(d.pos)
		return
	}
	shared := *d.pos
	shared.Attributes = shared.Attributes[:len(shared.Attributes):len(shared.Attributes)]
	d.message.Positions = make([]protocols.Position, n)
	d.pos = &d.message.Positions[0]
	for i := range d.message.Positions {
		d.message.Positions[i] = shared
		d.fix(&d.message.Positions[i])
	}
}

// result takes a frame as the answer to a command: its type and data in hexadecimal.
func (d *decoder) result(kind uint16, id uint32) {
	words := hex.AppendEncode(nil, []byte{byte(kind >> 8), byte(kind)})
	if rest := d.Rest(); len(rest) > 0 {
		words = hex.AppendEncode(append(words, ':'), rest)
	}
	d.message.Result = &protocols.Result{Text: string(words), ID: id}
}

// unknown keeps a type that has no meaning here.
func (d *decoder) unknown(kind uint16) {
	d.pos.Note("message_type", protocols.Int(int64(kind)))
	if rest := d.Rest(); len(rest) > 0 {
		d.pos.Note("data", protocols.Bytes(rest))
	}
	d.give()
}
