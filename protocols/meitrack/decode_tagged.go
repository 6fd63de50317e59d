package meitrack

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// tagged reads CCE: how many records are kept in the tracker, how many come, and the records, each with its length. A
// record that ends early is kept as it is beside what could be read of it. Those that came whole are acknowledged.
func (c *codec) tagged(f *frame, m *protocols.Message) error {
	r := wire.NewReader(f.data[:f.end])
	r.Skip("header", f.body)
	r.Skip("records kept", 4)
	count := int(r.U16LE("number of records"))
	if err := r.Err(); err != nil {
		return err
	}
	const shortest = 2 + 2 + 4 // length, number of values, four empty lists
	n := min(count, (r.Len()+shortest-1)/shortest)
	m.Positions = make([]protocols.Position, 0, n)
	room := make([]protocols.Attribute, n*usualAttributes)
	var failed error
	whole := 0 // records that came as long as they say
	for i := range n {
		size := int(r.U16LE("record length"))
		at := r.Offset()
		cut := size > r.Len()
		data := r.Bytes("record", min(size, r.Len()))
		if r.Err() != nil || len(data) < 2 {
			break
		}
		m.Positions = m.Positions[:i+1]
		p := &m.Positions[i]
		p.Attributes = share(room, i)
		values := values{Reader: wire.NewReader(data), codec: c, position: p}
		values.read()
		if err := values.Err(); err != nil || cut {
			p.Note("unread_record", protocols.Bytes(data))
			failed = &wire.Error{Field: "record", Offset: at, Err: wire.ErrShort}
		}
		if !cut {
			whole++
		}
	}
	if whole > 0 || count == 0 {
		m.Reply = c.counted(f, whole)
	}
	if len(m.Positions) < count {
		return &wire.Error{Field: "record", Offset: r.Offset(), Err: wire.ErrShort}
	}
	return failed
}

// values are the lists of a record: values of one, two and four bytes, and of any length.
type values struct {
	wire.Reader
	codec               *codec
	position            *protocols.Position
	latitude, longitude float64
	placed              uint8 // bit 0: the latitude was said, bit 1: the longitude
}

// extended marks an identity of two bytes.
const extended = 0xFE

func (v *values) id() int {
	id := int(v.U8("value's id"))
	if id == extended {
		id = extended<<8 | int(v.U8("value's id"))
	}
	return id
}

func (v *values) read() {
	v.Skip("number of values", 2)
	valid := false
	for range v.U8("number of values of one byte") {
		if id, value := v.id(), v.U8("value"); id == 0x05 {
			valid = value != 0
		} else if v.Err() == nil {
			v.one(id, value)
		}
	}
	for range v.U8("number of values of two bytes") {
		if id, value := v.id(), v.U16LE("value"); v.Err() == nil {
			v.two(id, value)
		}
	}
	for range v.U8("number of values of four bytes") {
		if id, value := v.id(), v.U32LE("value"); v.Err() == nil {
			v.four(id, value)
		}
	}
	setPlace(v.position, v.latitude, v.longitude, v.placed == 3)
	v.position.Valid = valid && v.position.Located
	if v.Len() == 0 {
		return
	}
	for range v.U8("number of longer values") {
		id := v.id()
		n := int(v.U8("value's length"))
		if b := v.Bytes("value", n); v.Err() == nil {
			v.long(id, b)
		}
	}
}

// one reads a value of one byte.
func (v *values) one(id int, value uint8) {
	p := v.position
	switch id {
	case 0x01:
		setEvent(p, int64(value))
	case 0x06:
		p.Satellites = protocols.Some(int(value))
	case 0x07:
		setSignal(p, int64(value))
	case 0x14:
		setOutputs(p, value)
	case 0x15:
		v.codec.setInputs(p, value)
	case 0xFE69:
		setPercent(p, int64(value))
	default:
		v.note(oneByte, id, int64(value))
	}
}

// two reads a value of two bytes.
func (v *values) two(id int, value uint16) {
	p := v.position
	switch id {
	case 0x08:
		setSpeed(p, float64(value))
	case 0x09:
		setCourse(p, float64(value))
	case 0x0A:
		p.HDOP = protocols.Some(float64(value) / 10)
	case 0x0B:
		p.Altitude = protocols.Some(float64(int16(value)))
	case 0x19:
		setBattery(p, float64(value)/100)
	case 0x1A:
		setExternal(p, float64(value)/100)
	case 0x40:
		setEvent(p, int64(value))
	default:
		v.note(twoBytes, id, int64(value))
	}
}

// four reads a value of four bytes.
func (v *values) four(id int, value uint32) {
	p := v.position
	switch id {
	case 0x02:
		v.latitude, v.placed = float64(int32(value))/1e6, v.placed|1
	case 0x03:
		v.longitude, v.placed = float64(int32(value))/1e6, v.placed|2
	case 0x04:
		p.Time = instant(value)
	case 0x0C:
		p.Odometer = protocols.Some(float64(value))
	case 0xFEF4:
		p.Note("engine_hours_s", protocols.Int(int64(value)*60))
	default:
		v.note(fourBytes, id, int64(value))
	}
}

// note adds a value under the name that the table has for it, or under its id.
func (v *values) note(table []element, id int, value int64) {
	for i := range table {
		if e := &table[i]; int(e.id) == id {
			if e.signed {
				value = int64(int16(value))
			}
			v.position.Note(e.name, protocols.Decimal(value, e.scale))
			return
		}
	}
	v.position.Note(numbered("io", id), protocols.Int(value))
}

// element names a value.
type element struct {
	id     uint16
	name   string
	scale  uint8 // decimals
	signed bool  // it has two bytes with a sign
}

// Those named io and a number have been seen but not explained; they are here so that they cost nothing.
var (
	oneByte = []element{
		{id: 0x97, name: "throttle_percent"}, {id: 0x9D, name: "fuel_percent"}, {id: 0x9E, name: "engine_load_percent"},
		{id: 0x1B, name: "geofence"}, {id: 0x93, name: "io147"}, {id: 0x94, name: "io148"}, {id: 0x95, name: "io149"},
		{id: 0x96, name: "io150"}, {id: 0xA1, name: "io161"},
	}
	twoBytes = []element{
		{id: 0x16, name: "adc_1_v", scale: 2}, {id: 0x17, name: "adc_2_v", scale: 2}, {id: 0x18, name: "adc_3_v", scale: 2},
		{id: 0x29, name: "fuel_percent", scale: 2}, {id: 0x91, name: "obd_speed_kmh"}, {id: 0x92, name: "wheel_speed_kmh"},
		{id: 0x98, name: "fuel_used_l"}, {id: 0x99, name: "rpm"}, {id: 0x9C, name: "coolant_temperature_c", signed: true},
		{id: 0x9F, name: "air_temperature_c", signed: true}, {id: 0xC9, name: "fuel_consumption"},
		{id: 0xFE90, name: "io65168"},
	}
	fourBytes = []element{
		{id: 0x0D, name: "run_time_s"}, {id: 0x1C, name: "system_flags"}, {id: 0x25, name: "driver_id"},
		{id: 0x9A, name: "io154"}, {id: 0x9B, name: "vehicle_odometer_m"}, {id: 0xA0, name: "fuel_used_l", scale: 3},
		{id: 0xA2, name: "fuel_consumption", scale: 2}, {id: 0xA5, name: "io165"}, {id: 0xFE37, name: "io65079"},
	}
)
