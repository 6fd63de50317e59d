package jt808

import (
	"math/bits"

	"drover/protocols"
	"drover/protocols/wire"
)

// basic is how long a location is without its elements.
const basic = 28

// The bits of a location's status that become fields.
const (
	statusIgnition  = 1 << 0
	statusFixed     = 1 << 1
	statusSouth     = 1 << 2
	statusWest      = 1 << 3
	statusBlocked   = 1 << 10 // the fuel is cut
	statusNoCircuit = 1 << 11
	statusCharging  = 1 << 26 // vendors
)

// alarmBits is what each bit of the alarm word warns of. Bits 15 to 18 are vendors' own in practice.
var alarmBits = [32]protocols.Alarms{
	protocols.AlarmSOS, protocols.AlarmOverspeed, protocols.AlarmFatigue, protocols.AlarmGeneral,
	protocols.AlarmGPSLost, protocols.AlarmGPSAntennaCut, protocols.AlarmGPSAntennaCut, protocols.AlarmLowPower,
	protocols.AlarmPowerCut, protocols.AlarmGeneral, protocols.AlarmGeneral, protocols.AlarmGeneral,
	protocols.AlarmGeneral, protocols.AlarmOverspeed, protocols.AlarmFatigue, protocols.AlarmVibration,
	protocols.AlarmTampering, protocols.AlarmTampering, protocols.AlarmLowBattery, protocols.AlarmIdle,
	protocols.AlarmGeofence, protocols.AlarmGeofence, protocols.AlarmGeneral, protocols.AlarmGeofence,
	protocols.AlarmGeneral, protocols.AlarmFuelLeak, protocols.AlarmGeneral, protocols.AlarmGeneral,
	protocols.AlarmMovement, protocols.AlarmAccident, protocols.AlarmAccident, protocols.AlarmDoor,
}

// standardBits is what bits 15 to 18 warn of in the edition of 2019: driving against rules, the tyres, the blind spot
// when turning right, and driving too long in a day.
var standardBits = [4]protocols.Alarms{
	protocols.AlarmGeneral, protocols.AlarmGeneral, protocols.AlarmGeneral, protocols.AlarmFatigue,
}

// location reads a report: alarms, status, place, and its elements. at is the byte of the frame where it starts.
func (d *decoder) location(b []byte, at int) {
	if len(b) < basic {
		d.fail("location", at+len(b), wire.ErrShort)
		if len(b) > 0 {
			d.add("content", protocols.Bytes(b))
		}
		return
	}
	if d.pos.Time = clock(b[22:basic], d.offset); d.sealed && d.pos.Time.IsZero() {
		d.add("encrypted", protocols.Bytes(b))
		return
	}
	d.said = true
	d.alarms(u32(b))
	d.place(b[4:16], at+4)
	d.pos.Altitude = protocols.Some(float64(int16(u16(b[16:]))))
	d.speed(float64(u16(b[18:])) / 10)
	d.course(float64(u16(b[20:])))
	d.elements(b[basic:], at+basic)
}

func (d *decoder) speed(kmh float64) {
	if kmh <= 2000 {
		d.pos.Speed = protocols.Some(kmh)
	}
}

func (d *decoder) course(degrees float64) {
	if degrees == 360 {
		degrees = 0
	}
	if degrees < 360 {
		d.pos.Course = protocols.Some(degrees)
	}
}

// alarms reads the alarm word, which is kept too.
func (d *decoder) alarms(word uint32) {
	if word == 0 {
		return
	}
	const own = 15 // the first of the bits that have two meanings
	for rest := word; rest != 0; rest &= rest - 1 {
		bit := bits.TrailingZeros32(rest)
		if d.versioned && bit >= own && bit < own+len(standardBits) {
			d.pos.Alarms |= standardBits[bit-own]
		} else {
			d.pos.Alarms |= alarmBits[bit]
		}
	}
	d.add("alarm_code", protocols.Int(int64(word)))
}

// place reads status, latitude and longitude. No place is 0, 0.
func (d *decoder) place(b []byte, at int) {
	d.said = true
	status := u32(b)
	p := d.pos
	p.Ignition = protocols.Some(status&statusIgnition != 0)
	d.add("blocked", protocols.Bool(status&statusBlocked != 0))
	if status&statusCharging != 0 {
		d.add("charging", protocols.Bool(true))
	}
	if status&^(statusIgnition|statusFixed|statusSouth|statusWest|statusBlocked|statusCharging) != 0 {
		d.add("status", protocols.Int(int64(status)))
	}
	latitude, longitude := u32(b[4:]), u32(b[8:])
	switch {
	case latitude == 0 && longitude == 0:
		return
	case latitude > 90e6:
		d.fail("latitude", at+4, wire.ErrValue)
		return
	case longitude > 180e6:
		d.fail("longitude", at+8, wire.ErrValue)
		return
	}
	p.Located, p.Valid = true, status&statusFixed != 0
	p.Latitude, p.Longitude = float64(latitude)/1e6, float64(longitude)/1e6
	if status&statusSouth != 0 {
		p.Latitude = -p.Latitude
	}
	if status&statusWest != 0 {
		p.Longitude = -p.Longitude
	}
}

// elements reads a list of id, length and value. A list that can not be one of 18 bytes is a vendor's block.
func (d *decoder) elements(b []byte, at int) {
	if len(b) == 18 && !isList(b, 1) {
		d.block(b)
		return
	}
	for len(b) >= 2 {
		id, n := b[0], 2+int(b[1])
		if id == extensionID {
			if d.extension(b) {
				return
			}
		}
		if n > len(b) {
			d.fail("additional information", at, wire.ErrShort)
			break
		}
		d.element(id, b[2:n])
		b, at = b[n:], at+n
	}
	if len(b) > 1 || len(b) == 1 && b[0] != 0 {
		d.add("extra", protocols.Bytes(b))
	}
}

// isList is whether b is a list of ids of so many bytes, lengths of one byte and values, that ends where b does.
func isList(b []byte, width int) bool {
	for len(b) > width {
		n := width + 1 + int(b[width])
		if n > len(b) || width == 1 && b[0] == 0 {
			return false
		}
		b = b[n:]
	}
	return len(b) == 0
}

// block reads the 18 bytes that a vendor puts in place of elements: battery and mileage left, odometer in km, battery
// in 0.1 V, area, signal.
func (d *decoder) block(b []byte) {
	d.pos.Odometer = protocols.Some(float64(u32(b[4:])) * 1000)
	d.pos.BatteryVolts = protocols.Some(float64(u16(b[8:])) / 10)
	if area := u32(b[10:]); area != 0 {
		d.add("area", protocols.Int(int64(area)))
	}
	d.signal(b[14])
}

// element reads one element. What is not understood is kept.
func (d *decoder) element(id byte, v []byte) {
	if w := &words[id]; w.name != "" && len(v) == int(w.size) {
		d.add(w.name, protocols.Decimal(unsigned(v), w.scale))
		return
	}
	if read := readers[id]; read != nil && len(v) > 0 && read(d, v) {
		return
	}
	d.unknown(id, v)
}

// unknown keeps an element as it is.
func (d *decoder) unknown(id byte, v []byte) {
	switch len(v) {
	case 0:
	case 1, 2, 4:
		d.number(ioNames[id], v)
	default:
		d.add(ioNames[id], protocols.Bytes(v))
	}
}

// batch reads 0704, whose records have lengths of two bytes, and 0210, whose lengths have one. A record that can not be
// read costs itself.
func (d *decoder) batch(h *header) []protocols.Position {
	b, at, width := h.body, h.start, 1
	archive := false
	switch {
	case h.kind == kindBatch2 && len(b) == 7:
		d.percent(int(b[0]))
		d.pos.Time = clock(b[1:], d.offset)
		d.said = true
		return nil
	case h.kind == kindBatch2 && (len(b) == 0 || b[0] < basic):
		d.other(h)
		return nil
	case h.kind == kindBatch:
		if len(b) < 3 {
			d.fail("number of items", at, wire.ErrShort)
			return nil
		}
		archive = b[2] == 1
		b, at, width = b[3:], at+3, 2
	}
	const room = 8 // attributes a record usually has
	count := len(b)/(basic+width) + 1
	positions := make([]protocols.Position, 0, count)
	attributes := make([]protocols.Attribute, count*room)
	for len(b) > width {
		n := int(unsigned(b[:width]))
		b, at = b[width:], at+width
		if n > len(b) {
			d.fail("length of a location", at-width, wire.ErrShort)
			n = len(b)
		}
		if n > 0 {
			positions = append(positions, protocols.Position{})
			d.pos = &positions[len(positions)-1]
			if len(attributes) >= room { // records that are too short may be more than were counted on
				d.pos.Attributes, attributes = attributes[:0:room], attributes[room:]
			}
			if archive {
				d.add("archive", protocols.Bool(true))
			}
			d.location(b[:n], at)
			d.close()
		}
		b, at = b[n:], at+n
	}
	return positions
}
