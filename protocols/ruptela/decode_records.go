package ruptela

import (
	"math"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// minRecord is the fewest bytes of a record: 23 of head, location and event, and four counts.
const minRecord = 23 + 4

// records reads the records of one packet. The attributes of all lie in one arena, in which those of a record follow
// one another.
type records struct {
	wire.Reader
	extended  bool
	positions []protocols.Position
	arena     []protocols.Attribute
	start     int // where the last position's attributes start
	joined    joined
}

// readRecords reads commands 1 and 68: how many records are left, how many there are here, the records. From a fault on
// nothing can be told apart: the rest is kept as bytes and acknowledged, since the tracker would send it for ever.
func readRecords(p packet, r wire.Reader, m *protocols.Message) error {
	r.Skip("records left", 1)
	count := int(r.U8("number of records"))
	if err := r.Err(); err != nil {
		return err
	}
	d := records{Reader: r, extended: p.kind == kindExtended}
	d.arena = make([]protocols.Attribute, 0, d.Len()/4+2)
	d.positions = make([]protocols.Position, 0, min(count, 1+d.Len()/minRecord))
	begun, complete := d.Offset()-headSize, 0
	for i := 0; i < count && d.Err() == nil; i++ {
		begun, complete = d.Offset()-headSize, len(d.positions)
		d.record()
	}
	d.finish()
	switch {
	case p.cut && d.Err() != nil:
		d.positions = d.positions[:complete]
	case d.Err() != nil:
		d.positions = append(d.positions, remark("unread", protocols.Bytes(p.payload[begun:]))...)
	}
	m.Positions = d.positions
	m.Reply, m.Refusal = acknowledgement, refusal
	return d.Err()
}

// record reads one record, or one part of a split one.
func (d *records) record() {
	at := time.Unix(int64(d.U32("timestamp")), 0).UTC()
	within := d.U8("timestamp extension")
	part := uint8(0)
	if d.extended {
		split := d.U8("record extension")
		if n := split & 15; n <= split>>4 {
			part = n
		}
	}
	priority := d.U8("priority")
	if d.Err() != nil {
		return
	}
	last := len(d.positions) - 1
	first := part == 0 || last < 0 || !d.positions[last].Time.Equal(at)
	if first {
		d.finish()
		d.positions = append(d.positions, protocols.Position{Time: at})
		last++
	}
	p := &d.positions[last]
	d.location(p)
	event := d.event()
	if first && d.Err() == nil {
		d.add("event", protocols.Int(int64(event)))
		d.note("timestamp_extension", int64(within))
		d.note("priority", int64(priority))
	}
	for _, size := range [...]int{1, 2, 4, 8} {
		d.group(p, size)
	}
}

// finish gives the last position the attributes that its record, or all parts of it, had.
func (d *records) finish() {
	if len(d.positions) == 0 {
		return
	}
	d.join()
	d.positions[len(d.positions)-1].Attributes = d.arena[d.start:len(d.arena):len(d.arena)]
	d.start = len(d.arena)
}

// note adds an attribute unless it is 0.
func (d *records) note(name string, v int64) {
	if v != 0 {
		d.add(name, protocols.Int(v))
	}
}

func (d *records) add(name string, v protocols.Value) {
	d.arena = append(d.arena, protocols.Attr(name, v))
}

// location reads longitude and latitude in 1e-7 degrees, altitude in 0.1 m, course in 0.01 degrees, satellites, speed
// in km/h and HDOP in tenths. The least number of four bytes is no place; then nothing else of it is said. What the
// receiver hears is said without a place as well.
func (d *records) location(p *protocols.Position) {
	b := d.Bytes("location", 16)
	if b == nil {
		return
	}
	longitude, latitude := int32(be32(b)), int32(be32(b[4:]))
	if latitude == math.MinInt32 || longitude == math.MinInt32 {
		return
	}
	p.Satellites = protocols.Some(int(b[12]))
	p.HDOP = protocols.Some(float64(b[15]) / 10)
	if !place(p, latitude, longitude) {
		return
	}
	p.Altitude = protocols.Some(float64(be16(b[8:])) / 10)
	if course := be16(b[10:]); course <= 36000 {
		p.Course = protocols.Some(float64(course%36000) / 100)
	}
	if speed := be16(b[13:]); speed <= 2000 {
		p.Speed = protocols.Some(float64(speed))
	}
}

// place sets latitude and longitude; false if there is none, or none that can be.
func place(p *protocols.Position, latitude, longitude int32) bool {
	const degree = 10000000
	if latitude == math.MinInt32 || longitude == math.MinInt32 || latitude == 0 && longitude == 0 ||
		latitude > 90*degree || latitude < -90*degree || longitude > 180*degree || longitude < -180*degree {
		return false
	}
	p.Located, p.Valid = true, true
	p.Latitude, p.Longitude = float64(latitude)/degree, float64(longitude)/degree
	return true
}

// event reads the element that made the tracker write the record.
func (d *records) event() int {
	if d.extended {
		return int(d.U16("event id"))
	}
	return int(d.U8("event id"))
}

// group reads the elements whose values have that many bytes.
func (d *records) group(p *protocols.Position, size int) {
	idSize := 1
	if d.extended {
		idSize = 2
	}
	n := int(d.U8("number of elements"))
	b := d.Bytes("elements", n*(idSize+size))
	for ; len(b) > 0; b = b[idSize+size:] {
		id := int(b[0])
		if d.extended {
			id = int(be16(b))
		}
		d.element(p, id, b[idSize:idSize+size])
	}
}

func be16(b []byte) uint16 { return uint16(b[0])<<8 | uint16(b[1]) }

func be32(b []byte) uint32 { return uint32(be16(b))<<16 | uint32(be16(b[2:])) }
