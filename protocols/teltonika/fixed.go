package teltonika

import (
	"slices"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// fixed keeps the element id, whose value has 1, 2, 4 or 8 bytes.
func (d *records) fixed(id uint16, length int8, raw uint64) {
	e := d.list.find(id, length)
	if e == nil {
		d.add(ioName(id), unlistedValue(raw))
		return
	}
	v := int64(raw)
	if e.kind == signed {
		unused := 64 - 8*uint(length)
		v = v << unused >> unused
	}
	switch {
	case e.absent != nil && slices.Contains(e.absent, v), e.kind == identity && v == 0:
	case e.means == plain:
		d.add(e.name, e.value(v))
	default:
		d.meant(e, v, length)
	}
}

func unlistedValue(raw uint64) protocols.Value {
	if int64(raw) < 0 {
		return protocols.Bytes(beUint64(raw))
	}
	return protocols.Int(int64(raw))
}

// meant keeps an element that has a field of its own, says an alarm, or is a part of something. A second element for
// the same field is kept as an attribute.
func (d *records) meant(e *element, v int64, length int8) {
	p := d.p
	kept := true
	switch e.means {
	case isIgnition:
		p.Ignition = protocols.Some(v != 0)
	case isOdometer:
		kept = fill(&p.Odometer, e.float(v), 1e13)
	case isExternal:
		kept = fill(&p.ExternalVolts, e.float(v), 1e6)
	case isBattery:
		kept = fill(&p.BatteryVolts, e.float(v), 1e6)
	case isBatteryLevel:
		kept = fill(&p.BatteryPercent, e.float(v), 100)
	case isHDOP:
		kept = fill(&p.HDOP, e.float(v), 1e5)
	case isSignal:
		kept = v >= 0 && v <= 5
		if kept {
			p.SignalPercent = protocols.Some(int(v) * 20)
		}
	case isCell:
		d.cell.id = protocols.Some(v)
	case isArea:
		d.cell.area = protocols.Some(v)
	case isOperator:
		d.cell.operator = protocols.Some(v)
	case isIMSI, isICCIDHigh, isICCIDLow, isICCIDPart:
		d.sim(e, v)
	case isPart:
		d.part(e, v, length)
	default:
		p.Alarms |= d.alarms(e, v)
		kept = false
	}
	if !kept {
		d.add(e.name, e.value(v))
	}
}

// fill sets a field that is not yet set to a value from 0 to the most it takes.
func fill(field *protocols.Opt[float64], v, most float64) bool {
	if field.OK || v < 0 || v > most {
		return false
	}
	*field = protocols.Some(v)
	return true
}

// alarms gives what an element warns of. A zone speaks only in the record it caused; in others it repeats itself.
func (d *records) alarms(e *element, v int64) protocols.Alarms {
	switch e.means {
	case isAlarm:
		if v > 0 {
			return e.alarm
		}
	case isGreen:
		harsh := [...]protocols.Alarms{1: protocols.AlarmHardAcceleration, 2: protocols.AlarmHardBraking,
			3: protocols.AlarmHardCornering}
		if v > 0 && v < int64(len(harsh)) {
			return harsh[v]
		}
	case isZone:
		crossed := [...]protocols.Alarms{protocols.AlarmGeofenceExit, protocols.AlarmGeofenceEnter, 0,
			protocols.AlarmOverspeed}
		if e.id == d.event && v >= 0 && v < int64(len(crossed)) {
			return crossed[v]
		}
	}
	return 0
}

// sim keeps what is said of the SIM card. The ICCID comes as two numbers, the first twelve digits and the rest, or as
// up to three texts.
func (d *records) sim(e *element, v int64) {
	p := d.p
	switch {
	case v <= 0:
	case e.means == isIMSI:
		p.IMSI = zeroPadded(v, 15)
	case e.means == isICCIDHigh:
		d.iccid = v
	case e.means == isICCIDLow:
		if d.iccid > 0 {
			p.ICCID = joinICCID(d.iccid, v)
		}
	default:
		p.ICCID += trimText(beUint64(uint64(v)))
	}
}

// joinICCID puts the low digits, whose leading zeros are lost on the way, behind the high ones. An ICCID has 19 or 20
// digits of which the last is a check digit (ITU-T E.118, Luhn), which tells how many zeros were lost.
func joinICCID(high, low int64) string {
	var buffer, tail [40]byte
	digits := strconv.AppendInt(buffer[:0], high, 10)
	rest := strconv.AppendInt(tail[:0], low, 10)
	start := len(digits)
	for len(digits)+len(rest) < 20 {
		digits = append(digits, '0')
	}
	digits = append(digits, rest...)
	if shorter := len(digits) - 1; !wire.LuhnFits(digits) && shorter == 19 && digits[start] == '0' {
		if s := append(digits[:start:start], digits[start+1:]...); wire.LuhnFits(s) {
			return string(s)
		}
	}
	return string(digits)
}

// part puts the texts of several elements of one name together: each has eight letters, padded with zeros.
func (d *records) part(e *element, v int64, length int8) {
	raw := beUint64(uint64(v))
	text := trimText(raw[8-length:])
	if text == "" {
		return
	}
	if n := len(d.arena) - 1; n >= 0 && d.arena[n].Name == e.name {
		d.arena[n].Value = protocols.Text(d.arena[n].Value.Raw() + text)
		return
	}
	d.add(e.name, protocols.Text(text))
}

// finishCell makes a Cell of its parts, or attributes if some are missing.
func (d *records) finishCell() {
	c := &d.cell
	if !c.id.OK && !c.area.OK && !c.operator.OK {
		return
	}
	if c.id.OK && c.area.OK && c.operator.OK && c.id.Value > 0 {
		mcc, mnc, ok := splitOperator(c.operator.Value)
		if ok && uint64(c.area.Value) <= 1<<32-1 {
			d.p.Cell = protocols.Some(protocols.Cell{
				MCC: mcc, MNC: mnc, LAC: uint32(c.area.Value), CID: uint64(c.id.Value),
			})
			return
		}
	}
	for _, part := range [...]struct {
		name  string
		value protocols.Opt[int64]
	}{{"operator", c.operator}, {"area_code", c.area}, {"cell_id", c.id}} {
		if part.value.OK {
			d.add(part.name, unlistedValue(uint64(part.value.Value)))
		}
	}
}

// splitOperator reads 24602 as 246 and 2, 310410 as 310 and 410 (ITU-T E.212: three digits, then two or three).
func splitOperator(v int64) (mcc, mnc uint16, ok bool) {
	switch {
	case v >= 20000 && v < 80000:
		return uint16(v / 100), uint16(v % 100), true
	case v >= 200000 && v < 800000:
		return uint16(v / 1000), uint16(v % 1000), true
	}
	return 0, 0, false
}
