package khd

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Where the parts of a report are behind the identity.
const (
	fixSize    = 19 // time, latitude, longitude, speed, course, state of the receiver
	reportSize = 34 // mileage, state, intervals and limits, confirmed command
	bodyAt     = head + 4
)

// report reads a position and what its type puts behind it.
func (d *decoder) report(kind byte, b []byte, m *protocols.Message) {
	if len(b) < fixSize {
		d.fail("position", bodyAt+len(b), wire.ErrShort)
		if len(b) > 0 {
			d.keep(kind, b)
		}
		return
	}
	d.fix(b)
	rest := b[fixSize:]
	if kind == kindAlarm {
		d.alarms(rest)
		return
	}
	if len(b) < reportSize {
		d.fail("state", bodyAt+len(b), wire.ErrShort)
		if len(rest) > 0 {
			d.add("extra", protocols.Bytes(rest))
		}
		return
	}
	d.mileage(rest[:3])
	d.pos.Ignition = protocols.Some(rest[3]&0x80 == 0)
	d.number("status", rest[3:7])
	if interval := u16(rest[7:]); interval != 0 {
		d.number("interval_s", rest[7:9])
	}
	if command := rest[14]; kind == kindDemand || kind == kindReply {
		m.Result = &protocols.Result{Text: answerTo(command)}
	} else if command != 0 {
		d.add("confirmed_command", protocols.Int(int64(command)))
	}
	switch tail := b[reportSize:]; {
	case len(tail) == 0:
	case kind == kindPeriphery:
		d.peripherals(tail)
	default:
		d.items(tail)
	}
}

// fix reads time, place, speed, course, and the state of the receiver, whose top bit is a fix.
func (d *decoder) fix(b []byte) {
	d.said = true
	p := d.pos
	p.Time = clock(b[:6], d.offset)
	if n, ok := wire.BCDNumber(b[14:16]); ok && n <= 2000 {
		p.Speed = protocols.Some(float64(n))
	}
	if n, ok := wire.BCDNumber(b[16:18]); ok && n <= 360 {
		p.Course = protocols.Some(float64(n % 360))
	}
	state := b[18]
	d.add("receiver_status", protocols.Int(int64(state)))
	lat, ok1 := coordinate(b[6:10], 90)
	lon, ok2 := coordinate(b[10:14], 180)
	switch {
	case !ok1:
		d.fail("latitude", bodyAt+6, wire.ErrValue)
	case !ok2:
		d.fail("longitude", bodyAt+10, wire.ErrValue)
	case lat != 0 || lon != 0:
		p.Located, p.Valid = true, state&0x80 != 0
		p.Latitude, p.Longitude = lat, lon
	}
}

// clock is the moment that six bytes of BCD say, year to second; zero if there is no such moment.
func clock(b []byte, offset time.Duration) time.Time {
	n, ok := wire.BCDNumber(b)
	year, month, day := n/1e10, n/1e8%100, n/1e6%100
	hour, minute, second := n/1e4%100, n/100%100, n%100
	if !ok || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	t := time.Date(2000+int(year), time.Month(month), int(day), int(hour), int(minute), int(second), 0, time.UTC)
	return t.Add(-offset)
}

// coordinate reads dddmmmmm, minutes with three decimals; the top bit is south or west.
func coordinate(b []byte, most float64) (float64, bool) {
	digits := [4]byte{b[0] & 0x7F, b[1], b[2], b[3]}
	n, ok := wire.BCDNumber(digits[:])
	degrees := wire.NMEADegrees(float64(n) / 1000)
	if !ok || degrees > most || n%100000 >= 60000 {
		return 0, false
	}
	if b[0]&0x80 != 0 {
		degrees = -degrees
	}
	return degrees, true
}

// mileage reads three bytes. Where the lower two are 0 the upper one is fuel.
func (d *decoder) mileage(b []byte) {
	switch {
	case b[1] != 0 || b[2] != 0:
		d.pos.Odometer = protocols.Some(float64(uint32(b[0])<<16 | uint32(u16(b[1:]))))
	case b[0] != 0 && b[0] != 0xFF:
		d.number("fuel", b[:1])
	}
}

// alarmBits are the alarms of 82, by byte and bit.
var alarmBits = [8][8]protocols.Alarms{
	0: {4: protocols.AlarmLowPower, 6: protocols.AlarmGeofenceExit, 7: protocols.AlarmGeofenceEnter},
	1: {
		0: protocols.AlarmSOS, 1: protocols.AlarmOverspeed, 3: protocols.AlarmPowerCut,
		6: protocols.AlarmTow, 7: protocols.AlarmDoor,
	},
	2: {
		2: protocols.AlarmTemperature, 4: protocols.AlarmTampering, 6: protocols.AlarmFatigue, 7: protocols.AlarmIdle,
	},
	6: {
		3: protocols.AlarmVibration, 4: protocols.AlarmHardBraking, 5: protocols.AlarmHardAcceleration,
		6: protocols.AlarmHardCornering, 7: protocols.AlarmAccident,
	},
}

// alarms reads load, driver's sign-in, eight bytes of alarms, and keeps what follows.
func (d *decoder) alarms(b []byte) {
	if len(b) < 10 {
		d.fail("alarms", bodyAt+fixSize+len(b), wire.ErrShort)
		if len(b) > 0 {
			d.add("extra", protocols.Bytes(b))
		}
		return
	}
	d.number("load", b[:1])
	d.number("sign_in", b[1:2])
	words := b[2:10]
	for i, word := range words {
		for bit, alarm := range alarmBits[i] {
			if word>>bit&1 == 0 {
				continue
			}
			if alarm == 0 {
				alarm = protocols.AlarmGeneral
			}
			d.pos.Alarms |= alarm
		}
	}
	d.add("alarm_code", protocols.Bytes(words))
	if len(b) > 10 {
		d.add("extra", protocols.Bytes(b[10:]))
	}
}
