package wialoncombine

import (
	"math"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The types of sub-records that have a layout.
const (
	subCustom   = 0
	subPosition = 1
	subIO       = 2
	subPicture  = 3
	subLBS      = 4
)

// minMessage is the fewest bytes of a message: its time and count.
const minMessage = 5

// decoder reads the messages of one data packet. The attributes of all lie in one arena, in which those of a message
// follow one another.
type decoder struct {
	reader
	vega      bool
	positions []protocols.Position
	arena     []protocols.Attribute
	start     int // where the last message's attributes start
	cell      cell
	outside   error // a value was out of range; the rest is good
}

// room is the room for a packet of few messages, so that it costs one allocation beside its attributes.
type room struct {
	positions [2]protocols.Position
	reply     [aliveSize]byte
}

// data reads messages until the data ends. What can not be told apart is kept as bytes, and so the packet is taken.
func (c *codec) data(data []byte, p packet, m *protocols.Message, right bool) error {
	d := decoder{reader: newReader(data, p.start), vega: c.vega}
	here := new(room)
	d.positions = here.positions[:0]
	if n := d.Len() / typical; n > len(here.positions) {
		d.positions = make([]protocols.Position, 0, n)
	}
	m.Reply = appendReply(here.reply[:0], taken, p.seq)
	d.arena = make([]protocols.Attribute, 0, d.Len()/5+1)
	for d.Len() >= minMessage && d.Err() == nil {
		d.message()
	}
	if d.Err() == nil && d.Len() > 0 {
		d.Fail("time", wire.ErrShort)
	}
	if !right {
		for i := range d.positions {
			p := &d.positions[i]
			p.Attributes = append(p.Attributes, protocols.Attr("checksum_ok", protocols.Bool(false)))
		}
	}
	m.Positions = d.positions
	if err := d.Err(); err != nil {
		return err
	}
	return d.outside
}

// typical is how many bytes a message has of a tracker with a few sensors.
const typical = 80

// message reads one message: time, number of sub-records, and those.
func (d *decoder) message() {
	begun := d.Reader
	at := time.Unix(int64(d.U32("time")), 0).UTC()
	count := d.U8("count")
	d.positions = append(d.positions, protocols.Position{Time: at})
	d.start, d.cell = len(d.arena), cell{}
	p := &d.positions[len(d.positions)-1]
	for i := 0; i < int(count) && d.Err() == nil; i++ {
		begun = d.Reader
		d.subrecord(p)
	}
	if d.Err() != nil {
		d.add("unread", protocols.Bytes(begun.Rest()))
	}
	d.cell.close(p, d)
	p.Attributes = d.arena[d.start:len(d.arena):len(d.arena)]
}

// subrecord reads one sub-record. Nothing says how long those without a layout are.
func (d *decoder) subrecord(p *protocols.Position) {
	switch kind := d.extended8("type subrecord"); kind {
	case subCustom:
		n := d.extended8("count of parameters")
		for ; n > 0 && d.Err() == nil; n-- {
			d.parameter(p)
		}
	case subPosition:
		d.place(p)
	case subIO:
		inputs, outputs := d.U32("inputs"), d.U32("outputs")
		if d.Err() == nil {
			d.add("inputs", protocols.Int(int64(inputs)))
			d.add("outputs", protocols.Int(int64(outputs)))
		}
	case subPicture:
		d.picture()
	case subLBS:
		d.cells(p)
	default:
		d.Fail("type subrecord", wire.ErrUnknown)
	}
}

func (d *decoder) add(name string, v protocols.Value) {
	d.arena = append(d.arena, protocols.Attr(name, v))
}

// place reads latitude and longitude in 1e-6 degrees, speed in km/h, course, height in metres, satellites and HDOP in
// hundredths. 0, 0 is no place; three satellites are the least that make a fix.
func (d *decoder) place(p *protocols.Position) {
	at := d.Offset()
	latitude, longitude := int32(d.U32("lat")), int32(d.U32("lon"))
	speed, course, height := d.U16("speed"), d.U16("course"), int16(d.U16("height"))
	sats, hdop := d.U8("sats"), d.U16("hdop")
	if d.Err() != nil {
		return
	}
	const degree = 1000000
	if latitude > 90*degree || latitude < -90*degree || longitude > 180*degree || longitude < -180*degree {
		d.outside = &wire.Error{Field: "lat", Offset: at, Err: wire.ErrValue}
		return
	}
	p.Satellites = protocols.Some(int(sats))
	if latitude != 0 || longitude != 0 {
		p.Located, p.Valid = true, sats >= 3
		p.Latitude, p.Longitude = float64(latitude)/degree, float64(longitude)/degree
		p.Altitude = protocols.Some(float64(height))
	}
	if speed <= 2000 {
		p.Speed = protocols.Some(float64(speed))
	}
	if course <= 360 {
		p.Course = protocols.Some(float64(course % 360))
	}
	if hdop != math.MaxUint16 {
		p.HDOP = protocols.Some(float64(hdop) / 100)
	}
}

// picture reads the index of a block, its length, the last index, the name and the block. Each block is given as it
// comes, so that nothing that was acknowledged lies in memory alone.
func (d *decoder) picture() {
	index := d.extended8("ind")
	n := d.extended16("len")
	last := d.extended8("count")
	name := d.text("name")
	block := d.Bytes("bin", n)
	if d.Err() != nil {
		return
	}
	if wire.Printable(name) {
		d.add("file_name", protocols.Text(string(name)))
	} else {
		d.add("file_name", protocols.Bytes(name))
	}
	d.add("file_part", protocols.Int(int64(index)))
	d.add("file_last_part", protocols.Int(int64(last)))
	d.add("file", protocols.Bytes(block))
}

// cells reads LBS: the first is the serving cell, the others are kept as they are.
func (d *decoder) cells(p *protocols.Position) {
	n := int(d.U8("count of cells"))
	const size = 12
	b := d.Bytes("LBS param", n*size)
	if len(b) == 0 {
		return
	}
	word := func(i int) uint16 { return uint16(b[i])<<8 | uint16(b[i+1]) }
	if mcc := word(0); mcc > 0 && mcc < 1000 {
		p.Cell = protocols.Some(protocols.Cell{MCC: mcc, MNC: word(2), LAC: uint32(word(4)), CID: uint64(word(6))})
		d.add("rx_level", protocols.Int(int64(int16(word(8)))))
		d.add("timing_advance", protocols.Int(int64(word(10))))
		b = b[size:]
	}
	if len(b) > 0 {
		d.add("cells", protocols.Bytes(b))
	}
}
