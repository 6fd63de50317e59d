package jt808

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// dashcamAlarms are the events of a dashcam's E8.
func dashcamAlarm(kind uint16) protocols.Alarms {
	switch kind {
	case 0x0001:
		return protocols.AlarmEngineFault
	case 0x0400, 0x0412:
		return protocols.AlarmHardAcceleration
	case 0x0401, 0x0413:
		return protocols.AlarmHardBraking
	case 0x0402, 0x0414:
		return protocols.AlarmHardCornering
	case 0x0403:
		return protocols.AlarmOverspeed
	case 0x0405, 0x0416, 0x0417:
		return protocols.AlarmAccident
	case 0x0406:
		return protocols.AlarmVibration
	case 0x0407:
		return protocols.AlarmTow
	case 0x0408:
		return protocols.AlarmGeofenceEnter
	case 0x0409:
		return protocols.AlarmGeofenceExit
	case 0x040C:
		return protocols.AlarmDoor
	case 0x0415:
		return protocols.AlarmLaneChange
	case 0x0C01:
		return protocols.AlarmSOS
	case 0x0C02:
		return protocols.AlarmLowPower
	case 0x0C05:
		return protocols.AlarmGeneral
	case 0x0C0E, 0x0C10:
		return protocols.AlarmPowerCut
	case 0x0C0F:
		return protocols.AlarmLowBattery
	case 0x0C12:
		return protocols.AlarmTampering
	}
	return 0
}

// dashcam reads an event or a state of a dashcam, or the three bytes of a lock's state.
func (d *decoder) dashcam(v []byte) bool {
	if len(v) < 2 {
		return false
	}
	kind := u16(v)
	alarm := dashcamAlarm(kind)
	switch {
	case len(v) == 3 && alarm == 0 && kind>>8 != 0x0C && kind>>8 != 0x20:
		d.number("lock_status", v)
	case kind == 0x2002 && len(v) >= 5:
		d.number("upload_mode", v[3:4])
		d.add("archive", protocols.Bool(v[4] == 1))
	case kind == 0x2003 && len(v) >= 10:
		d.dashcamPower(v[3:])
	case kind == 0x2005 && len(v) >= 3:
		return d.dashcamStates(v[3:])
	case kind == 0x0C03 || kind == 0x0C04:
		d.pos.Ignition = protocols.Some(kind == 0x0C03)
		d.number("event", v[:2])
	default:
		d.pos.Alarms |= alarm
		d.number("event", v[:2])
		if len(v) > 2 {
			d.add("event_data", protocols.Bytes(v[2:]))
		}
	}
	return true
}

// dashcamPower reads charging, level in sixths, battery in 0.01 V, signal, supply in 0.01 V.
func (d *decoder) dashcamPower(v []byte) {
	d.add("charging", protocols.Bool(v[0] == 1))
	if v[1] >= 1 && v[1] <= 6 {
		d.percent(int(v[1]) * 100 / 6)
	}
	d.volts(int64(u16(v[2:])), 100)
	d.signal(v[4])
	d.external(int64(u16(v[5:])), 100)
}

// dashcamStates reads a list of ids of two bytes.
func (d *decoder) dashcamStates(v []byte) bool {
	if !isList(v, 2) {
		return false
	}
	for len(v) > 0 {
		n := 3 + int(v[2])
		id, value := u16(v), v[3:n]
		switch {
		case id == 0x0001 && len(value) == 2:
			d.volts(unsigned(value), 100)
		case id == 0x0002 && len(value) == 4:
			d.number("data_usage", value)
		case id == 0x0003 && len(value) == 1:
			d.percent(int(value[0]))
		case id == 0x0004 && len(value) == 1:
			d.add("charging", protocols.Bool(value[0] == 0))
		case id == 0x0005 && len(value) == 10:
			d.iccidBCD(value)
		case id == 0x0007 && len(value) == 2:
			d.pos.HDOP = protocols.Some(float64(unsigned(value)) / 10)
		case id == 0x2001 && len(value) == 2:
			d.external(unsigned(value), 10)
		case len(value) > 0:
			d.streamUnknown(id, value)
		}
		v = v[n:]
	}
	return true
}

// imei reads 8 bytes of BCD, or 15 digits of text.
func (d *decoder) imei(v []byte) bool {
	if len(v) == 15 && wire.Digits(v) {
		d.add("imei", protocols.Text(string(v)))
		return true
	}
	digits, ok := wire.BCD(v)
	if !ok || len(v) != 8 {
		return false
	}
	d.add("imei", protocols.Text(digits[1:]))
	return true
}

// iccidText reads a card's number in text.
func (d *decoder) iccidText(v []byte) bool {
	if len(v) < 18 || len(v) > 20 || !wire.Digits(v[:18]) {
		return false
	}
	d.pos.ICCID = string(trim(v))
	d.said = true
	return true
}

// iccidBCD reads a card's number of ten bytes; the last digits may be F.
func (d *decoder) iccidBCD(v []byte) {
	const hexadecimal = "0123456789ABCDEF"
	var room [20]byte
	digits := room[:0]
	for _, b := range v {
		digits = append(digits, hexadecimal[b>>4], hexadecimal[b&15])
	}
	for len(digits) > 0 && digits[len(digits)-1] == 'F' {
		digits = digits[:len(digits)-1]
	}
	if len(digits) < 18 || string(digits[:18]) == "000000000000000000" {
		return
	}
	d.pos.ICCID = string(digits)
	d.said = true
}
