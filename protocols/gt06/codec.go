package gt06

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	offset time.Duration // of the tracker's clock from UTC
	known  bool          // offset is the profile's, not the login's

	checksum string // what to do with a bad one: "" or one of the option's values
	chinese  bool   // the language word of commands
	inverted bool   // the relay cuts the engine when it is 0

	started bool   // a whole frame has come
	noise   int    // bytes passed over since the last frame
	serial  uint16 // of the last command or request
	photo   photo
}

// Know takes the clock's offset from the device's profile, which goes before the login's time zone, and its options.
func (c *codec) Know(d protocols.Device) {
	if d.Offset.OK {
		c.offset, c.known = d.Offset.Value, true
	}
	c.checksum = d.Options[optionChecksum]
	c.chinese = d.Options[optionLanguage] == languageChinese
	c.inverted = d.Options[optionRelay] == relayCutsOff
}

// record is the room for what a frame commonly means, so that a frame costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [6]protocols.Attribute
	reply      [16]byte
}

// decoder reads the body of one frame into one position.
type decoder struct {
	wire.Reader
	frame
	pos     *protocols.Position
	offset  time.Duration
	outside error // a value was out of range; the rest is good
	said    bool  // the position says something
}

// Decode reads one frame.
func (c *codec) Decode(data []byte, at time.Time) (protocols.Message, error) {
	f, err := open(data)
	if err != nil {
		return protocols.Message{}, err
	}
	if f.spoilt && c.checksum == checksumStrict {
		return protocols.Message{}, &wire.Error{Field: "checksum", Offset: len(data) - 4, Err: wire.ErrChecksum}
	}
	r := new(record)
	d := decoder{Reader: wire.NewReader(data[:f.end]), frame: f, pos: &r.positions[0], offset: c.offset}
	d.pos.Attributes = r.attributes[:0]
	d.Skip("start", f.start)
	var m protocols.Message
	c.read(&d, &m)
	m.Reply = c.reply(&d, r.reply[:0], at)
	if d.said {
		if f.spoilt && c.checksum != checksumOff {
			d.add("checksum_ok", protocols.Bool(false))
		}
		m.Positions = r.positions[:]
	}
	if err := d.Err(); err != nil {
		return m, err
	}
	return m, d.outside
}

// read fills the message and the decoder's position.
func (c *codec) read(d *decoder, m *protocols.Message) {
	switch {
	case d.kind == kindLogin:
		c.login(d, m)
	case d.kind == kindString:
		d.answer(m)
	case d.kind == kindString21:
		d.answer21(m)
	case d.kind == kindTime:
	case d.kind == kindAddressRequest:
		d.addressRequest()
	case d.kind == kindPhotoInfo:
		c.photoInfo(d)
	case d.kind == kindStatus36 && d.long:
		c.photoPart(d)
	case d.kind == kindInfo && d.long:
		d.info(m)
	case d.long:
		d.longReport()
	default:
		d.report()
	}
}

// login reads identity, model code and time zone. The identity has 15 digits behind one of padding. Of the zone,
// bits 4 to 15 are hours × 100 + minutes and bit 3 is west of Greenwich.
func (c *codec) login(d *decoder, m *protocols.Message) {
	at := d.Offset()
	id := d.Bytes("terminal id", 8)
	if id == nil {
		return
	}
	digits, ok := wire.BCD(id)
	if !ok {
		d.failAt("terminal id", at, wire.ErrValue)
		return
	}
	m.Device = digits[1:]
	if d.Len() < 4 {
		return
	}
	d.Skip("type identification code", 2)
	zone := d.U16("time zone")
	if c.known {
		return
	}
	minutes := int(zone>>4)/100*60 + int(zone>>4)%100
	if minutes > 14*60 {
		return
	}
	c.offset = time.Duration(minutes) * time.Minute
	if zone&0x8 != 0 {
		c.offset = -c.offset
	}
}

// failAt makes err the failure of a field that was read already.
func (d *decoder) failAt(field string, at int, err error) {
	if d.outside == nil {
		d.outside = &wire.Error{Field: field, Offset: at, Err: err}
	}
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
func (d *decoder) extra() {
	if d.Len() > 0 {
		d.add("extra", protocols.Bytes(d.Rest()))
	}
}
