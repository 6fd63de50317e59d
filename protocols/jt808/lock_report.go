package jt808

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// lockFixed is how long a lock's report is without its elements.
const lockFixed = 17 + 1 + 1 + 4 + 1 + 4 + 2 + 1 + 2 + 2

// lock reads 5501 and 5502: day to second and place in BCD, speed in knots, course in 2 degrees, signal, satellites,
// odometer in km, battery, cell, product, state, alarms, elements. A blind report is never a fix.
func (d *decoder) lock(h *header) {
	b := h.body
	if len(b) < lockFixed {
		d.fail("lock's report", h.start+len(b), wire.ErrShort)
		if len(b) > 0 {
			d.add("content", protocols.Bytes(b))
		}
		return
	}
	d.said = true
	p := d.pos
	if n, ok := wire.BCDNumber(b[:6]); ok {
		p.Time = moment(n/1e6%100, n/1e8%100, n/1e10, n/1e4%100, n/100%100, n%100, 0)
	}
	d.lockPlace(b, h)
	d.signal(b[17])
	p.Satellites = protocols.Some(int(b[18]))
	p.Odometer = protocols.Some(float64(u32(b[19:])) * 1000)
	switch level := b[23]; {
	case level <= 100:
		d.percent(int(level))
	case level == 0xAA || level == 0xAB:
		d.add("charging", protocols.Bool(true))
	}
	cell := protocols.Cell{CID: uint64(u32(b[24:])), LAC: uint32(u16(b[28:]))}
	product, state, alarms := b[30], u16(b[31:]), u16(b[33:])
	d.number("product", b[30:31])
	d.number("status", b[31:33])
	if product == 3 {
		d.add("blocked", protocols.Bool(state&(1<<5) != 0))
	}
	d.lockAlarms(product, alarms)
	d.lockElements(b[lockFixed:], h, &cell)
	switch {
	case cell.LAC == 0 && cell.CID == 0:
	case cell.MCC != 0:
		p.Cell = protocols.Some(cell)
	default:
		d.number("lac", b[28:30])
		d.number("cid", b[24:28])
	}
}

// lockPlace reads ddmmmmmm, dddmmmmmm and a nibble of flags: 0 a fix, 1 north, 2 east.
func (d *decoder) lockPlace(b []byte, h *header) {
	p := d.pos
	if knots, ok := wire.BCDNumber(b[15:16]); ok {
		d.speed(wire.KnotsToKMH(float64(knots)))
	}
	d.course(float64(b[16]) * 2)
	last := [5]byte{b[10], b[11], b[12], b[13], b[14] & 0xF0}
	latitude, ok1 := wire.BCDNumber(b[6:10])
	longitude, ok2 := wire.BCDNumber(last[:])
	flags := b[14] & 0x0F
	switch {
	case !ok1:
		d.fail("latitude", h.start+6, wire.ErrValue)
		return
	case !ok2:
		d.fail("longitude", h.start+10, wire.ErrValue)
		return
	case latitude == 0 && longitude == 0:
		return
	}
	lat, lon := wire.NMEADegrees(float64(latitude)/1e4), wire.NMEADegrees(float64(longitude/10)/1e4)
	if lat > 90 || lon > 180 {
		d.fail("latitude", h.start+6, wire.ErrValue)
		return
	}
	p.Located, p.Valid = true, h.kind == kindLock
	if p.Valid != (flags&1 != 0) {
		d.add("gnss_fixed", protocols.Bool(flags&1 != 0))
	}
	if flags&2 == 0 {
		lat = -lat
	}
	if flags&4 == 0 {
		lon = -lon
	}
	p.Latitude, p.Longitude = lat, lon
}

// lockAlarmBits are the alarms of product 3.
var lockAlarmBits = [...]protocols.Alarms{
	protocols.AlarmOverspeed, protocols.AlarmLowPower, protocols.AlarmVibration, protocols.AlarmLowBattery,
	protocols.AlarmGeneral, protocols.AlarmGeofenceEnter, protocols.AlarmGeofenceExit,
}

func (d *decoder) lockAlarms(product byte, word uint16) {
	if word == 0 {
		return
	}
	switch product {
	case 1, 2:
		if word&1 != 0 {
			d.pos.Alarms |= protocols.AlarmLowPower
		}
	case 3:
		for i, alarm := range lockAlarmBits {
			if word>>i&1 != 0 {
				d.pos.Alarms |= alarm
			}
		}
	}
	d.add("alarm_code", protocols.Int(int64(word)))
}

// lockElements reads what follows: altitude, the cell's network, who opened the lock, its tilt.
func (d *decoder) lockElements(b []byte, h *header, cell *protocols.Cell) {
	for len(b) >= 2 {
		n := 2 + int(b[1])
		if n > len(b) {
			d.fail("additional information", h.start+len(h.body)-len(b), wire.ErrShort)
			break
		}
		id, v := b[0], b[2:n]
		switch {
		case id == 0x02 && len(v) == 2:
			d.pos.Altitude = protocols.Some(float64(int16(u16(v))))
		case id == 0x0A && (len(v) == 3 || len(v) == 4):
			cell.MCC, cell.MNC = u16(v), uint16(unsigned(v[2:]))
		case id == 0x0B && len(v) > 0:
			d.unlocking(v)
		case id == 0x0C && len(v) == 6:
			d.add("tilt_x_deg", protocols.Int(int64(int16(u16(v)))))
			d.add("tilt_y_deg", protocols.Int(int64(int16(u16(v[2:])))))
			d.add("tilt_z_deg", protocols.Int(int64(int16(u16(v[4:])))))
		case id == 0x10 && len(v) == 1:
			d.number("wake_source", v)
		case id == 0xFC && len(v) == 1:
			d.number("geofence", v)
		default:
			d.unknown(id, v)
		}
		b = b[n:]
	}
	if len(b) > 0 {
		d.add("extra", protocols.Bytes(b))
	}
}
