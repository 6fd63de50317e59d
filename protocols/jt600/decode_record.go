package jt600

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// shortRecord is the bytes of one of the short form's records, of which a message may hold several.
const shortRecord = 27

// decodeRecord reads a binary message.
func (c *codec) decodeRecord(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	l, ok, _ := layoutOf(frame)
	if !ok {
		return m, &wire.Error{Field: "length", Offset: 7, Err: wire.ErrValue}
	}
	var room [idDigits]byte
	id := room[:0]
	for _, b := range frame[1:6] {
		id = append(id, '0'+b>>4, '0'+b&15)
	}
	m.Device = c.speaker(id)
	err := records(frame, l, &m)
	if err == nil && len(frame) < l.total {
		err = &wire.Error{Field: "records", Offset: len(frame), Err: wire.ErrShort}
	}
	return m, err
}

// records reads what is behind the head. Of a message that was cut, it gives the records or, of a padlock's, the place
// that are whole, and no answer.
func records(frame []byte, l layout, m *protocols.Message) error {
	cut := len(frame) < l.total
	body := frame[l.head:min(l.total, len(frame))]
	switch {
	case l.head == shortHead && cut:
		body = body[:len(body)/shortRecord*shortRecord]
	case l.head == shortHead:
		body = body[:len(body)-1]
	case cut:
		body = body[:min(len(body), lockBytes-1)]
	}
	switch {
	case len(body) < offRest:
		return &wire.Error{Field: "records", Offset: len(frame), Err: wire.ErrShort}
	case l.head == shortHead:
		return short(frame[6], body, m)
	}
	return long(frame[6], frame[7], body, m)
}

// short reads the records of a vehicle tracker (2x) or of a portable one (1x).
func short(kind byte, body []byte, m *protocols.Message) error {
	n := len(body) / shortRecord
	if n == 1 {
		return shortOne(kind, body, shortHead, new(record).open(m))
	}
	const each = 8
	positions := make([]protocols.Position, n)
	attributes := make([]protocols.Attribute, n*each)
	var err error
	for i := range positions {
		positions[i].Attributes = attributes[i*each : i*each : (i+1)*each]
		from := i * shortRecord
		if e := shortOne(kind, body[from:from+shortRecord], shortHead+from, &positions[i]); err == nil {
			err = e
		}
	}
	m.Positions = positions
	return err
}

// The places of a record's fields.
const (
	offTime      = 3
	offLatitude  = 6
	offLongitude = 10
	offSpeed     = 15
	offCourse    = 16
	offRest      = 17
)

// shortOne reads a record of 27 bytes or more.
func shortOne(kind byte, b []byte, at int, p *protocols.Position) error {
	err := base(b, at, p)
	rest := b[offRest:]
	switch kind >> 4 {
	case 1:
		p.Satellites = protocols.Some(int(rest[0]))
		percent(p, rest[1])
		p.Note("status", protocols.Int(int64(rest[2])))
		p.Altitude = protocols.Some(float64(int16(binary.BigEndian.Uint16(rest[3:]))))
		cell(p, rest[5:])
	case 2:
		vehicle(p, rest)
	case 3:
		tanker(p, rest)
	default:
		p.Note("extra", protocols.Bytes(rest))
	}
	if kind&15 > 2 {
		p.Note("stored", protocols.Bool(true))
	}
	return err
}

// base reads date, time and place, which are digits, and speed in knots and half the course, which are bytes. The
// longitude's last digit is flags: fix, north, east. A place that can not be costs the place only.
func base(b []byte, at int, p *protocols.Position) error {
	var t [6]int
	ok := bcd(b, 0, offLatitude)
	for i := range t {
		t[i] = int(b[i]>>4)*10 + int(b[i]&15)
	}
	if ok {
		p.Time = wire.Moment(t[2], t[1], t[0], t[3], t[4], t[5])
	}
	p.Speed = protocols.Some(wire.KnotsToKMH(float64(b[offSpeed])))
	if course := int(b[offCourse]) * 2; course <= 360 {
		p.Course = protocols.Some(float64(course % 360))
	}
	lat, ok := wire.BCDNumber(b[offLatitude:offLongitude])
	latitude := float64(lat/1e6) + float64(lat%1e6)/600000
	if !ok || latitude > 90 {
		return &wire.Error{Field: "latitude", Offset: at + offLatitude, Err: wire.ErrValue}
	}
	flags := b[offSpeed-1] & 15
	lon, ok := wire.BCDNumber(b[offLongitude : offSpeed-1])
	last := int64(b[offSpeed-1] >> 4)
	lon = lon*10 + last
	longitude := float64(lon/1e6) + float64(lon%1e6)/600000
	if !ok || last > 9 || longitude > 180 {
		return &wire.Error{Field: "longitude", Offset: at + offLongitude, Err: wire.ErrValue}
	}
	if lat == 0 && lon == 0 {
		return nil
	}
	if flags&2 == 0 {
		latitude = -latitude
	}
	if flags&4 == 0 {
		longitude = -longitude
	}
	p.Located, p.Latitude, p.Longitude, p.Valid = true, latitude, longitude, flags&1 != 0
	return nil
}

// charging is a battery's level while it is charged.
const charging = 0xFF

func percent(p *protocols.Position, v byte) {
	switch {
	case v == charging:
		p.Note("charging", protocols.Bool(true))
	case v <= 100:
		p.BatteryPercent = protocols.Some(float64(v))
	}
}

// cell reads id and area of the cell, and the signal.
func cell(p *protocols.Position, b []byte) {
	p.Note("cid", protocols.Int(int64(binary.BigEndian.Uint16(b))))
	p.Note("lac", protocols.Int(int64(binary.BigEndian.Uint16(b[2:]))))
	csq(p, int(b[4]))
}

// The bits of a vehicle tracker's status that are states.
const (
	bitIgnition = 1 << 16
	bitDoor     = 1 << 22
	bitCharging = 1 << 8
	bitBlocked  = 1 << 9
)

// vehicleAlarms are the alarms among them.
var vehicleAlarms = [...]struct {
	bit   int
	alarm protocols.Alarms
}{
	{10, protocols.AlarmSOS},
	{11, protocols.AlarmGPSAntennaCut},
	{12, protocols.AlarmOverspeed},
	{2, protocols.AlarmFatigue},
	{3, protocols.AlarmTow},
}

// vehicle reads a vehicle tracker's switches and alarms, mileage in km, and fuel level, whose upper byte stands first
// and whose lower one last.
func vehicle(p *protocols.Position, b []byte) {
	status := int(b[1])<<16 | int(b[2])<<8 | int(b[3])
	p.Ignition = protocols.Some(status&bitIgnition != 0)
	p.Note("door", protocols.Bool(status&bitDoor != 0))
	p.Note("charging", protocols.Bool(status&bitCharging != 0))
	p.Note("blocked", protocols.Bool(status&bitBlocked != 0))
	for _, a := range vehicleAlarms {
		if status>>a.bit&1 != 0 {
			p.Alarms |= a.alarm
		}
	}
	p.Note("status", protocols.Int(int64(status)))
	if b[4] != 0 {
		p.Note("io5", protocols.Int(int64(b[4])))
	}
	p.Odometer = protocols.Some(float64(binary.BigEndian.Uint32(b[5:])) * 1000)
	p.Note("fuel_level", protocols.Int(int64(b[0])<<8|int64(b[9])))
}

// tanker reads three fuel levels of twelve bits, the mileage in km in twenty bits, and the status.
func tanker(p *protocols.Position, b []byte) {
	for i, name := range [...]string{"fuel_level_1", "fuel_level_2", "fuel_level_3"} {
		at := 12 * i / 8
		v := int64(binary.BigEndian.Uint16(b[at:]))
		if i%2 == 0 {
			v >>= 4
		}
		p.Note(name, protocols.Int(v&0xFFF))
	}
	p.Odometer = protocols.Some(float64(binary.BigEndian.Uint32(b[4:])>>8&0xFFFFF) * 1000)
	status := int64(binary.BigEndian.Uint32(b[6:]) & 0xFFFFFF)
	p.Ignition = protocols.Some(status&1 != 0)
	p.Note("status", protocols.Int(status))
}
