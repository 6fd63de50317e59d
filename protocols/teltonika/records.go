package teltonika

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

const (
	leastRecord    = 30 // bytes: time, priority, location, event, and no elements
	leastMasked    = 5  // bytes of a record of codec 7: time and a mask
	ownAttributes  = 2  // attributes of a record that are no elements: priority, event
	degreesPerUnit = 1e-7
	maxSpeed       = 2000 // km/h, above which it is no speed
)

// lastMoment is the end of the year 9999 in ms since 1970; a tracker that says more does not know the time.
const lastMoment = 253402300799999

// records reads the records of one packet. All their attributes lie in one arena.
type records struct {
	r       wire.Reader
	codec   byte
	long    bool // element numbers have 16 bits
	wide    bool // elements of 16 bytes follow those of 8
	list    *dictionary
	arena   []protocols.Attribute
	pending int // records still to be read, this one among them
	usual   int // attributes that a record of this conversation has; 0 before the first

	p     *protocols.Position // of the present record
	event uint16              // element that caused it, 0 if none
	iccid int64               // its first digits, 0 if not said
	cell  cellParts
}

// cellParts are the elements that together make a Cell.
type cellParts struct {
	operator, area, id protocols.Opt[int64]
}

func (c *codec) newRecords(r wire.Reader, codec byte) *records {
	return &records{
		r: r, codec: codec, long: codec == codec8E || codec == codec16, usual: c.attributes,
		list: dictionaryOf(c.professional || codec == codec16),
	}
}

// read gives the records that are whole, at most count.
func (d *records) read(count int) []protocols.Position {
	least := leastRecord
	if d.codec == codec7 {
		least = leastMasked
	}
	room := min(count, d.r.Len()/least+1) // one more than there is room for, to find what is missing
	positions := make([]protocols.Position, room)
	for i := range positions {
		d.pending = room - i
		d.p, d.event, d.iccid, d.cell = &positions[i], 0, 0, cellParts{}
		var start int
		if d.codec == codec7 {
			start = d.maskedRecord()
		} else {
			start = d.record()
		}
		if d.r.Err() != nil {
			return positions[:i:i]
		}
		d.finishCell()
		d.p.Attributes = d.arena[start:len(d.arena):len(d.arena)]
		d.usual = max(d.usual, len(d.p.Attributes))
	}
	return positions
}

// finish reads what follows the records, and gives the first failure of all.
func (d *records) finish(count int) error {
	at := d.r.Offset()
	if again := int(d.r.U8("number of data 2")); d.r.Err() == nil && (again != count || d.r.Len() > 0) {
		return &wire.Error{Field: "number of data 2", Offset: at, Err: wire.ErrValue}
	}
	return d.r.Err()
}

// room makes a place in the arena for what a record usually takes, and gives the record's start in it. Before that is
// known, about half of a record's elements are thought to have fields of their own; an arena that turns out too small
// grows. A new one is for all records to come.
func (d *records) room(elements int) int {
	elements = min(elements, d.r.Len()/2)
	usual := min(d.usual, elements+ownAttributes)
	if d.usual == 0 {
		usual = elements/2 + ownAttributes
	}
	if cap(d.arena)-len(d.arena) < usual {
		d.arena = make([]protocols.Attribute, 0, min(usual*d.pending, d.r.Len()/2+usual))
	}
	return len(d.arena)
}

func (d *records) add(name string, v protocols.Value) {
	n := len(d.arena)
	if n == cap(d.arena) {
		d.arena = append(d.arena, protocols.Attribute{})
	}
	d.arena = d.arena[:n+1] // set in place: an append would copy the attribute once more
	d.arena[n].Name, d.arena[n].Value = name, v
}

// record reads one record of codec 8, 8 extended or 16, and gives its start in the arena.
func (d *records) record() int {
	p := d.p
	if ms := int64(d.r.U64("timestamp")); ms > 0 && ms <= lastMoment {
		p.Time = time.UnixMilli(ms).UTC()
	}
	priority := d.r.U8("priority")
	lon, lat := int32(d.r.U32("longitude")), int32(d.r.U32("latitude"))
	altitude, angle := int16(d.r.U16("altitude")), d.r.U16("angle")
	satellites, speed := d.r.U8("satellites"), d.r.U16("speed")

	d.event = d.number("event element")
	generation := -1
	if d.codec == codec16 {
		generation = int(d.r.U8("generation type"))
	}
	start := d.room(d.count("number of elements"))
	d.add("priority", protocols.Int(int64(priority)))
	if d.event != 0 {
		d.add("event_io", protocols.Int(int64(d.event)))
	}
	if generation >= 0 {
		d.add("generation_type", protocols.Int(int64(generation)))
	}
	d.locate(lon, lat, satellites)
	p.Satellites = protocols.Some(int(satellites))
	if satellites > 0 || altitude != 0 {
		p.Altitude = protocols.Some(float64(altitude))
	}
	if (satellites > 0 || speed > 0) && speed <= maxSpeed {
		p.Speed = protocols.Some(float64(speed))
	}
	if (satellites > 0 || angle > 0) && angle <= 360 {
		p.Course = protocols.Some(float64(angle % 360))
	}
	d.elements()
	return start
}

// locate sets the location. Without satellites it is the last known one; 0, 0 is said by a tracker that never had one.
func (d *records) locate(lon, lat int32, satellites uint8) {
	const limit = 90 / degreesPerUnit
	if lon == 0 && lat == 0 {
		return
	}
	if lat < -limit || lat > limit || lon < -2*limit || lon > 2*limit {
		d.add("latitude_raw_deg", protocols.Decimal(int64(lat), 7))
		d.add("longitude_raw_deg", protocols.Decimal(int64(lon), 7))
		return
	}
	d.p.Located, d.p.Valid = true, satellites > 0
	d.p.Latitude, d.p.Longitude = float64(lat)/1e7, float64(lon)/1e7
}

// number reads the number of an element.
func (d *records) number(field string) uint16 {
	if d.long {
		return d.r.U16(field)
	}
	return uint16(d.r.U8(field))
}

// count reads how many elements follow.
func (d *records) count(field string) int {
	if d.codec == codec8E {
		return int(d.r.U16(field))
	}
	return int(d.r.U8(field))
}

// elements reads a record's elements: those of 1, 2, 4 and 8 bytes, of 16 where the firmware has them, and those of
// variable length.
func (d *records) elements() {
	d.group("1-byte elements", 1)
	d.group("2-byte elements", 2)
	d.group("4-byte elements", 4)
	d.group("8-byte elements", 8)
	if d.wide {
		for range d.count("16-byte elements") {
			id := d.number("16-byte element")
			data := d.r.Bytes("16-byte element", 16)
			if d.r.Err() != nil {
				return
			}
			d.variable(id, data)
		}
	}
	if d.codec != codec8E {
		return
	}
	for range d.r.U16("variable elements") {
		id := d.r.U16("variable element")
		data := d.r.Bytes("variable element", int(d.r.U16("length of a variable element")))
		if d.r.Err() != nil {
			return
		}
		d.variable(id, data)
	}
}

// group reads the elements of one length.
func (d *records) group(field string, length int) {
	n := d.count(field)
	if n == 0 {
		return
	}
	width := 1
	if d.long {
		width = 2
	}
	block := d.r.Bytes(field, n*(width+length))
	for len(block) >= width+length {
		id := uint16(block[0])
		if width == 2 {
			id = binary.BigEndian.Uint16(block)
		}
		d.fixed(id, int8(length), bigEndian(block[width:], length))
		block = block[width+length:]
	}
}

// bigEndian reads 1, 2, 4 or 8 bytes.
func bigEndian(b []byte, length int) uint64 {
	switch length {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(binary.BigEndian.Uint16(b))
	case 4:
		return uint64(binary.BigEndian.Uint32(b))
	default:
		return binary.BigEndian.Uint64(b)
	}
}
