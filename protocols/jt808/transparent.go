package jt808

import (
	"bytes"
	"encoding/hex"

	"drover/protocols"
	"drover/protocols/wire"
)

// transparent reads 0900: a kind, and what vendors put behind it.
func (d *decoder) transparent(h *header, m *protocols.Message) {
	if len(h.body) == 0 {
		d.fail("kind of the transparent message", h.start, wire.ErrShort)
		return
	}
	kind, b := h.body[0], h.body[1:]
	known := false
	switch kind {
	case 0x40:
		known = d.serialText(b)
	case 0x41:
		known = d.obdText(b)
	case 0x53, 0x54:
		known = d.beacons(kind, b, h.start+1)
	case 0xF0:
		known = d.vehicleF0(b) || online(b, m)
	case 0xF1:
		known = d.trip(b)
	case 0xF2:
		known = d.faults(b)
	case 0xF3:
		known = d.collision(b)
	case 0xF4:
		known = d.moment(b, "wake")
	case 0xFF:
		known = d.plain(b, h.start+1)
	}
	if !known {
		d.number("transparent_type", h.body[:1])
		if printable(trim(b)) {
			d.add("serial_text", text(b))
		} else if len(b) > 0 {
			d.add("serial_data", protocols.Bytes(b))
		}
	}
}

// online is the answer to a command in words.
func online(b []byte, m *protocols.Message) bool {
	if !printable(trim(b)) {
		return false
	}
	m.Result = &protocols.Result{Text: string(trim(b))}
	return true
}

// serialText reads text of a serial port. One that starts with GTSL names the driver in its fifth field.
func (d *decoder) serialText(b []byte) bool {
	b = trim(b)
	if !printable(b) {
		return false
	}
	d.add("serial_text", protocols.Text(string(b)))
	if !bytes.HasPrefix(b, []byte("GTSL")) {
		return true
	}
	for range 4 {
		_, b, _ = bytes.Cut(b, []byte{'|'})
	}
	if id, _, _ := bytes.Cut(b, []byte{'|'}); len(id) > 0 {
		d.add("driver_id", protocols.Text(string(id)))
	}
	return true
}

// beacons reads status, place and time, then tags (53) or the history of the sensors (54).
func (d *decoder) beacons(kind byte, b []byte, at int) bool {
	const fixed = 12 + 6 + 6
	if len(b) < fixed {
		return false
	}
	d.place(b[:12], at)
	d.pos.Altitude = protocols.Some(float64(int16(u16(b[12:]))))
	d.speed(float64(u16(b[14:])) / 10)
	d.course(float64(u16(b[16:])))
	d.pos.Time = clock(b[18:24], d.offset)
	b = b[fixed:]
	if kind == 0x54 {
		d.samples(b)
		return true
	}
	if len(b) == 0 {
		return true
	}
	for b = b[1:]; len(b) >= 9; {
		n := 9 + int(b[8])
		if n > len(b) || int(b[0]) >= len(tagMACs) {
			break
		}
		i := int(b[0])
		d.add(tagMACs[i], protocols.Text(hex.EncodeToString(b[1:7])))
		d.add(tagSignals[i], protocols.Int(int64(int8(b[7]))))
		d.add(tagData[i], protocols.Bytes(b[9:n]))
		b = b[n:]
	}
	if len(b) > 0 {
		d.add("extra", protocols.Bytes(b))
	}
	return true
}

// samples reads what a mask announces, each with the time of the sample: light, temperature and humidity, temperature
// outside, acceleration, air pressure. The last sample is that of the report; the others are kept as they are.
func (d *decoder) samples(b []byte) {
	for len(b) >= 8 {
		mask, n := u16(b), 8
		sizes := [5]int{2, 4, 2, 6, 2}
		for bit, size := range sizes {
			n += size * int(mask>>bit&1)
		}
		if n > len(b) {
			break
		}
		if n == len(b) {
			d.sample(mask, b[8:])
		} else {
			d.add("sample", protocols.Bytes(b[:n]))
		}
		b = b[n:]
	}
	if len(b) > 0 {
		d.add("extra", protocols.Bytes(b))
	}
}

func (d *decoder) sample(mask uint16, v []byte) {
	if mask&1 != 0 {
		d.number("illuminance_lx", v[:2])
		v = v[2:]
	}
	if mask&2 != 0 {
		d.add(temperatureNames[0], protocols.Decimal(int64(int16(u16(v))), 1))
		d.add(humidityNames[0], protocols.Decimal(int64(int16(u16(v[2:]))), 1))
		v = v[4:]
	}
	if mask&4 != 0 {
		d.add(temperatureNames[2], protocols.Decimal(int64(int16(u16(v))), 1))
		v = v[2:]
	}
	if mask&8 != 0 {
		d.axes(v)
		v = v[6:]
	}
	if mask&16 != 0 {
		d.number("air_pressure_hpa", v[:2])
	}
}

// plain reads time, place with sign, altitude, speed and course.
func (d *decoder) plain(b []byte, at int) bool {
	const fixed = 6 + 8 + 6
	if len(b) < fixed {
		return false
	}
	d.said = true
	p := d.pos
	p.Time = clock(b, d.offset)
	lat, lon := float64(int32(u32(b[6:])))/1e6, float64(int32(u32(b[10:])))/1e6
	switch {
	case lat == 0 && lon == 0:
	case lat < -90 || lat > 90 || lon < -180 || lon > 180:
		d.fail("latitude", at+6, wire.ErrValue)
	default:
		p.Located, p.Valid, p.Latitude, p.Longitude = true, true, lat, lon
	}
	p.Altitude = protocols.Some(float64(int16(u16(b[14:]))))
	d.speed(float64(u16(b[16:])) / 10)
	d.course(float64(u16(b[18:])))
	if len(b) > fixed {
		d.add("extra", protocols.Bytes(b[fixed:]))
	}
	return true
}

// moment reads a time and keeps what follows.
func (d *decoder) moment(b []byte, name string) bool {
	if len(b) < 6 {
		return false
	}
	if d.pos.Time = clock(b, d.offset); d.pos.Time.IsZero() {
		return false
	}
	d.add("event", protocols.Text(name))
	if len(b) > 6 {
		d.add("event_data", protocols.Bytes(b[6:]))
	}
	return true
}

// collision reads the list of a vendor's collision: 0002 its strength, 0006 its time; or the time of falling asleep.
func (d *decoder) collision(b []byte) bool {
	if len(b) == 6 {
		return d.moment(b, "sleep")
	}
	for rest := b; len(rest) > 0; {
		if len(rest) < 4 || 4+int(u16(rest[2:])) > len(rest) {
			return false
		}
		rest = rest[4+int(u16(rest[2:])):]
	}
	for len(b) > 0 {
		n := 4 + int(u16(b[2:]))
		switch id, v := u16(b), b[4:n]; {
		case id == 0x0002 && len(v) >= 2:
			d.number("collision_raw", v[:2])
			d.pos.Alarms |= protocols.AlarmAccident
		case id == 0x0006 && len(v) == 6:
			d.pos.Time = clock(v, d.offset)
			d.said = true
		default:
			d.streamUnknown(id, v)
		}
		b = b[n:]
	}
	return d.said
}
