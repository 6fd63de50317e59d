package calamp

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The bits of a fix's status.
const (
	fixLastKnown = 1 << 2
	fixInvalid   = 1 << 3
	miniInvalid  = 1 << 5 // in the short form
)

// report reads the messages with the long fixed part.
func (d *decoder) report(kind byte) {
	update := d.U32("update time")
	fix := d.U32("time of fix")
	latitude, longitude := int32(d.U32("latitude")), int32(d.U32("longitude"))
	altitude := int32(d.U32("altitude"))
	speed := d.U32("speed")
	course := int16(d.U16("heading"))
	satellites := d.U8("satellites")
	status := d.U8("fix status")
	if d.Err() != nil {
		d.place(update, latitude, longitude, false)
		return
	}
	d.place(update, latitude, longitude, status&fixInvalid == 0)
	d.pos.Satellites = protocols.Some(int(satellites))
	if altitude >= -1e5 && altitude <= 1e7 {
		d.pos.Altitude = protocols.Some(float64(altitude) / 100)
	}
	if kmh := float64(speed) * 0.036; kmh <= 2000 {
		d.pos.Speed = protocols.Some(kmh)
	}
	d.course(course)
	if status != 0 {
		d.add("fix_status", protocols.Int(int64(status)))
	}
	if status&fixLastKnown != 0 {
		d.add("last_known", protocols.Bool(true))
	}
	if age := int64(update) - int64(fix); age != 0 && fix != 0 {
		d.add("fix_age_s", protocols.Int(age))
	}
	d.add("carrier", protocols.Int(int64(d.U16("carrier"))))
	d.add("rssi_dbm", protocols.Int(int64(int16(d.U16("RSSI")))))
	d.add("comm_state", protocols.Int(int64(d.U8("comm state"))))
	if hdop := d.U8("HDOP"); d.Err() == nil {
		d.pos.HDOP = protocols.Some(float64(hdop) / 10)
	}
	d.inputs()
	d.add("unit_status", protocols.Int(int64(d.U8("unit status"))))
	d.tail(kind)
}

// tail reads what stands behind the fixed part.
func (d *decoder) tail(kind byte) {
	switch kind {
	case kindEvent:
		d.add("event_index", protocols.Int(int64(d.U8("event index"))))
		d.add("event", protocols.Int(int64(d.U8("event code"))))
		d.accumulators(true)
	case kindLocate:
		d.accumulators(true)
	case kindUser, kindUserAcc:
		d.add("message_route", protocols.Int(int64(d.U8("message route"))))
		d.add("message_id", protocols.Int(int64(d.U8("message id"))))
		if kind == kindUser {
			d.content("message")
		}
	case kindApp:
		d.add("application_type", protocols.Int(int64(d.U16("application message type"))))
		d.content("application_data")
	}
	d.extra("extra")
}

// content keeps a message behind its length: as text if it is that.
func (d *decoder) content(name string) {
	b := d.Bytes("message", min(int(d.U16("message length")), d.Len()))
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	if len(b) == 0 {
		return
	}
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\r' && c != '\n' && c != '\t' {
			d.add(name, protocols.Bytes(b))
			return
		}
	}
	d.add(name, protocols.Text(string(b)))
}

// mini reads the messages with the short fixed part.
func (d *decoder) mini(kind byte) {
	update := d.U32("update time")
	latitude, longitude := int32(d.U32("latitude")), int32(d.U32("longitude"))
	course := int16(d.U16("heading"))
	speed := d.U8("speed")
	status := d.U8("fix status")
	if d.Err() != nil {
		d.place(update, latitude, longitude, false)
		return
	}
	d.place(update, latitude, longitude, status&miniInvalid == 0)
	d.pos.Satellites = protocols.Some(int(status & 15))
	d.pos.Speed = protocols.Some(float64(speed))
	d.course(course)
	d.add("comm_state", protocols.Int(int64(d.U8("comm state"))))
	d.inputs()
	if kind == kindMini {
		d.add("event", protocols.Int(int64(d.U8("event code"))))
		d.accumulators(false)
	}
	d.extra("extra")
}

// place sets time and location; 0, 0 is none.
func (d *decoder) place(update uint32, latitude, longitude int32, valid bool) {
	if update != 0 {
		d.pos.Time = time.Unix(int64(update), 0).UTC()
		d.said = true
	}
	if latitude == 0 && longitude == 0 || latitude > 90e7 || latitude < -90e7 || longitude > 180e7 ||
		longitude < -180e7 || d.Err() != nil {
		return
	}
	d.pos.Located, d.pos.Valid, d.said = true, valid, true
	d.pos.Latitude, d.pos.Longitude = float64(latitude)/1e7, float64(longitude)/1e7
}

func (d *decoder) course(degrees int16) {
	if degrees >= 0 && degrees <= 360 {
		d.pos.Course = protocols.Some(float64(degrees % 360))
	}
}

// inputs reads the byte of the inputs, of which the first is the ignition.
func (d *decoder) inputs() {
	b := d.U8("inputs")
	if d.Err() != nil {
		return
	}
	d.pos.Ignition = protocols.Some(b&1 != 0)
	d.add("inputs", protocols.Int(int64(b)))
}

// accumulators reads the counters. Those of format 1 stand behind a threshold and a mask.
func (d *decoder) accumulators(spare bool) {
	if d.Len() == 0 {
		return
	}
	b := d.U8("accumulators")
	if spare {
		d.Skip("spare", 1)
	}
	if b>>6 == 1 {
		d.Skip("threshold and mask", 8)
	}
	for i := range int(b & 0x3F) {
		if d.Len() < 4 {
			d.Fail("accumulator", wire.ErrShort)
			return
		}
		d.accumulator(i, int64(d.U32("accumulator")))
	}
}

func (d *decoder) accumulator(i int, v int64) {
	name := ""
	if i < len(d.names) {
		name = d.names[i]
	}
	switch name {
	case nameOdometer:
		d.pos.Odometer = protocols.Some(float64(v))
	case nameExternal:
		d.pos.ExternalVolts = protocols.Some(float64(v) / 1000)
	case nameBattery:
		d.pos.BatteryVolts = protocols.Some(float64(v) / 1000)
	case "", nameNone:
		d.add(accumulatorNames[i], protocols.Int(v))
	default:
		d.add(name, protocols.Int(v))
	}
}
