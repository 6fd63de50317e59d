package meitrack

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// fixedRecord is the length of a record of CCC, bytes.
const fixedRecord = 52

// usualAttributes is how many attributes of a binary record there is room for at once; more cost an allocation.
const usualAttributes = 18

// share is the room for the attributes of one of several records.
func share(room []protocols.Attribute, i int) []protocols.Attribute {
	return room[i*usualAttributes : i*usualAttributes : (i+1)*usualAttributes]
}

// epoch is where binary times start, seconds since 1970: the year 2000.
const epoch = 946684800

func instant(seconds uint32) time.Time { return time.Unix(epoch+int64(seconds), 0).UTC() }

// fixed reads CCC: version, the length of a record, how many are kept in the tracker, and the records.
func (c *codec) fixed(f *frame, m *protocols.Message) error {
	r := wire.NewReader(f.data[:f.end])
	r.Skip("header", f.body)
	r.Skip("protocol version", 2)
	size := int(r.U16LE("record length"))
	r.Skip("records kept", 4)
	if err := r.Err(); err != nil {
		return err
	}
	if size < fixedRecord || size > r.Len() {
		size = fixedRecord
	}
	n := r.Len() / size
	if n == 0 {
		return &wire.Error{Field: "record", Offset: r.Offset(), Err: wire.ErrShort}
	}
	m.Positions = make([]protocols.Position, n)
	room := make([]protocols.Attribute, n*usualAttributes)
	for i := range m.Positions {
		body := wire.NewReader(r.Bytes("record", size))
		m.Positions[i].Attributes = share(room, i)
		c.fixedRecord(&m.Positions[i], &body)
	}
	m.Reply = c.counted(f, n)
	return nil
}

func (c *codec) fixedRecord(p *protocols.Position, r *wire.Reader) {
	setEvent(p, int64(r.U8("event")))
	latitude, longitude := int32(r.U32LE("latitude")), int32(r.U32LE("longitude"))
	setPlace(p, float64(latitude)/1e6, float64(longitude)/1e6, true)
	p.Time = instant(r.U32LE("time"))
	p.Valid = r.U8("valid") == 1 && p.Located
	p.Satellites = protocols.Some(int(r.U8("satellites")))
	setSignal(p, int64(r.U8("signal")))
	setSpeed(p, float64(r.U16LE("speed")))
	setCourse(p, float64(r.U16LE("course")))
	p.HDOP = protocols.Some(float64(r.U16LE("HDOP")) / 10)
	p.Altitude = protocols.Some(float64(int16(r.U16LE("altitude"))))
	p.Odometer = protocols.Some(float64(r.U32LE("mileage")))
	p.Note("run_time_s", protocols.Int(int64(r.U32LE("run time"))))
	country, network := r.U16LE("country"), r.U16LE("network")
	area, id := r.U16LE("area"), r.U16LE("cell")
	setCell(p, uint64(country), uint64(network), uint64(area), uint64(id))
	ports := r.U16LE("ports")
	c.setInputs(p, byte(ports>>8))
	setOutputs(p, byte(ports))
	raw := [5]int{-1, -1, -1, -1, -1}
	raw[0] = int(r.U16LE("AD1"))
	raw[3] = int(r.U16LE("battery"))
	raw[4] = int(r.U16LE("supply"))
	c.setAnalog(p, raw)
	if fence := r.U32LE("geofence"); fence != 0 {
		p.Note("geofence", protocols.Int(int64(fence)))
	}
}
