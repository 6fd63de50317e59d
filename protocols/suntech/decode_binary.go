package suntech

import (
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxDigits are those of a binary report's id.
const maxDigits = 10

// digits writes a BCD id; ok is false if a nibble is none.
func digits(b []byte, id []byte) (out []byte, ok bool) {
	ok = bcd(id, 0, len(id))
	for _, c := range id {
		b = append(b, '0'+c>>4, '0'+c&15)
	}
	return b, ok && len(id) > 0
}

// decodeBinary reads a universal tracker's binary status or alert report: the columns of the text one, packed.
func (c *codec) decodeBinary(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	r := wire.NewReader(frame)
	head := r.U8("header")
	r.Skip("length", 2)
	var room [maxDigits]byte
	id, ok := digits(room[:0], r.Bytes("device id", 5))
	if !ok {
		r.Fail("device id", wire.ErrValue)
		return m, r.Err()
	}
	c.universal, c.prefix = true, ""
	m.Device = c.speaker(id)
	if head > 0x82 {
		e := new(record)
		e.open(&m).Note("report", protocols.Bytes(frame))
		return m, nil
	}
	e := new(record)
	p := e.open(&m)
	mask := r.U24("mask")
	has := func(bit int) bool { return mask>>bit&1 != 0 && r.Err() == nil }
	c.readBinaryHead(&r, p, has)
	outside := readBinaryPlace(&r, p, has)
	if has(bitInputs) {
		in := r.U8("inputs")
		switches(p, uint(in), 7, 0)
	}
	if has(bitOutputs) {
		p.Note("outputs", protocols.Int(int64(r.U8("outputs"))))
	}
	c.readBinaryTail(&r, p, has, head == 0x81)
	if err := r.Err(); err != nil {
		return m, err
	}
	return m, outside
}

func (c *codec) readBinaryHead(r *wire.Reader, p *protocols.Position, has func(int) bool) {
	var model, firmware wire.Field
	var room [16]byte
	if has(bitModel) {
		model = strconv.AppendUint(room[:0], uint64(r.U8("model")), 10)
	}
	if has(bitFirmware) {
		firmware = appendVersion(room[4:4], r.Bytes("firmware", 3))
	}
	c.version(p, model, firmware)
	if has(bitLive) {
		p.Note("stored", protocols.Bool(r.U8("message type") == 0))
	}
	if has(bitDate) && has(bitTime) {
		if t := r.Bytes("time", 6); t != nil {
			p.Time = wire.Moment(int(t[0]), int(t[1]), int(t[2]), int(t[3]), int(t[4]), int(t[5]))
		}
	}
	var cell [4]uint32
	for i, field := range [...]struct {
		name string
		size int
	}{{"cell id", 4}, {"country", 2}, {"network", 2}, {"area", 2}} {
		if has(bitCell + i) {
			cell[i] = uint32(r.UintN(field.name, field.size))
		}
	}
	setCell(p, uint64(cell[0]), int(cell[1]), int(cell[2]), uint64(cell[3]), r.Err() == nil)
	if has(bitLevel) {
		if v := int(r.U8("signal level")); v <= 63 {
			p.SignalPercent = protocols.Some((100*v + 31) / 63)
		}
	}
}

// appendVersion writes 01 00 03 as 1.0.3.
func appendVersion(b, v []byte) []byte {
	for i, n := range v {
		if i > 0 {
			b = append(b, '.')
		}
		b = strconv.AppendUint(b, uint64(n), 10)
	}
	return b
}

// readBinaryPlace reads place, speed, course, satellites and fix. The top bit of an angle is its sign.
func readBinaryPlace(r *wire.Reader, p *protocols.Position, has func(int) bool) (outside error) {
	if has(bitLatitude) && has(bitLongitude) {
		at := r.Offset()
		lat, lon := signed(r.U32("latitude")), signed(r.U32("longitude"))
		switch {
		case r.Err() != nil:
		case lat < -90 || lat > 90:
			outside = &wire.Error{Field: "latitude", Offset: at, Err: wire.ErrValue}
		case lon < -180 || lon > 180:
			outside = &wire.Error{Field: "longitude", Offset: at + 4, Err: wire.ErrValue}
		case lat != 0 || lon != 0:
			p.Located, p.Latitude, p.Longitude = true, lat, lon
		}
	}
	if has(bitSpeed) {
		p.Speed = protocols.Some(float64(r.U16("speed")) / 100)
	}
	if has(bitCourse) {
		if v := r.U16("course"); v < 36000 {
			p.Course = protocols.Some(float64(v) / 100)
		}
	}
	if has(bitSatellites) {
		p.Satellites = protocols.Some(int(r.U8("satellites")))
	}
	if has(bitFix) {
		p.Valid = r.U8("fix") == 1 && p.Located
	}
	return outside
}

func signed(v uint32) float64 {
	angle := float64(v&0x7FFFFFFF) / 1e6
	if v>>31 != 0 {
		return -angle
	}
	return angle
}

// readBinaryTail reads mode or alert, and what follows: of a status report the two voltages are known.
func (c *codec) readBinaryTail(r *wire.Reader, p *protocols.Position, has func(int) bool, status bool) {
	if has(bitCode) {
		kind := kindAlert
		if status {
			kind = kindStatus
		}
		raise(p, kind, int(r.U8("mode")))
	}
	if has(bitSub) {
		name := "event_modifier"
		if status {
			name = "report_type"
		}
		p.Note(name, protocols.Int(int64(r.U8("report type"))))
	}
	if status && has(bitNumber) {
		p.Note("index", protocols.Int(int64(r.U16("message number"))))
		if r.Len() >= 4 {
			p.BatteryVolts = protocols.Some(float64(r.U16("backup voltage")) / 10)
			p.ExternalVolts = protocols.Some(float64(r.U16("supply voltage")) / 100)
		}
	}
	if r.Err() == nil && r.Len() > 0 {
		p.Note("extra", protocols.Bytes(r.Rest()))
	}
}
