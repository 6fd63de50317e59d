package upro

import (
	"bytes"
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// statusDigits are those of a status: five of states and five of alarms, four bits each.
const statusDigits = 10

// alarms are the bits of a status that are alarms.
var alarms = [...]struct {
	digit, bit int
	alarm      protocols.Alarms
}{
	{0, 2, protocols.AlarmGPSLost},
	{5, 0, protocols.AlarmSOS},
	{5, 1, protocols.AlarmTampering},
	{5, 2, protocols.AlarmVibration},
	{5, 3, protocols.AlarmMovement},
	{6, 0, protocols.AlarmGeofenceEnter},
	{6, 1, protocols.AlarmGeofenceExit},
	{6, 2, protocols.AlarmOverspeed},
	{6, 3, protocols.AlarmGeofence},
	{7, 1, protocols.AlarmFatigue},
	{7, 3, protocols.AlarmDoor},
	{8, 1, protocols.AlarmPowerCut},
	{8, 2, protocols.AlarmLowPower},
	{8, 3, protocols.AlarmTampering},
}

// status reads states and alarms.
func status(p *protocols.Position, v wire.Field) {
	if len(v) < statusDigits {
		noteText(p, "status", v)
		return
	}
	var packed int64
	for _, c := range v[:statusDigits] {
		packed = packed<<4 | int64(c&15)
	}
	p.Ignition = protocols.Some(v[1]&1 != 0)
	if v[1]&4 != 0 {
		p.Note("door", protocols.Bool(true))
	}
	if v[0]&2 != 0 {
		p.Note("blocked", protocols.Bool(true))
	}
	if v[8]&1 != 0 {
		p.Note("armed", protocols.Bool(true))
	}
	for i := range alarms {
		if v[alarms[i].digit]>>alarms[i].bit&1 != 0 {
			p.Alarms |= alarms[i].alarm
		}
	}
	if packed != 0 {
		p.Note("status", protocols.Int(packed))
	}
}

// alarmsMore reads the first two digits of W as a number; its third bit is a tampering. All of it is kept as well.
func alarmsMore(p *protocols.Position, v wire.Field) {
	const tampering = 4
	if n, ok := v[:min(len(v), 2)].Int(); ok && len(v) >= 2 && n&tampering != 0 {
		p.Alarms |= protocols.AlarmTampering
	}
	noteText(p, "field_w", v)
}

// driverCard is the type of transparent data that is a driver's card.
const driverCard = 0x4009

// transparent reads what the serial port said, in binary: a type, a length, and so many bytes, behind the rest of the
// keyword, if there is any. It is false if that is not what stands there.
func transparent(p *protocols.Position, b []byte) bool {
	const head, longestWord = 4, 4
	for from := 0; from <= longestWord && from+head <= len(b); from++ {
		kind, data := binary.BigEndian.Uint16(b[from:]), b[from+head:]
		switch {
		case int(binary.BigEndian.Uint16(b[from+2:])) != len(data):
			continue
		case kind == driverCard:
			noteText(p, "driver_id", data)
		default:
			p.Note("data_type", protocols.Int(int64(kind)))
			p.Note("data", protocols.Bytes(data))
		}
		return true
	}
	return false
}

// cells reads a count, country, network of two or three digits, and so many cells: area of four hexadecimal digits, id
// of the given number, and signal of two. How long the network is follows from the length of all.
func cells(p *protocols.Position, v wire.Field, idDigits int, lte bool) {
	name := "neighbour"
	if lte {
		name = "neighbour_lte"
	}
	if len(v) < 6 || v[0] < '1' || v[0] > '9' {
		noteText(p, name, v)
		return
	}
	each, count := 4+idDigits+2, int(v[0]-'0')
	digits := len(v) - 4 - each*count
	if digits != 2 && digits != 3 {
		noteText(p, name, v)
		return
	}
	mcc, ok1 := v[1:4].Int()
	mnc, ok2 := v[4 : 4+digits].Int()
	for i := range count {
		c := v[4+digits+i*each:][:each]
		lac, ok3 := c[:4].Hex()
		cid, ok4 := c[4 : 4+idDigits].Hex()
		if ok := ok1 && ok2 && ok3 && ok4; i == 0 && ok && (!p.Cell.OK || lte) {
			setCell(p, mcc, mnc, lac, cid)
		} else if i > 0 {
			noteText(p, name, c)
		}
	}
}

func setCell(p *protocols.Position, mcc, mnc int, lac, cid uint64) {
	if mcc > 0 && mcc < 1000 && mnc >= 0 && mnc < 1000 && lac > 0 && cid > 0 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: cid})
	}
}

// ownCell reads country and network of four digits each, and area and id of four hexadecimal digits.
func ownCell(p *protocols.Position, v wire.Field) {
	if len(v) != 16 {
		noteText(p, "field_p", v)
		return
	}
	mcc, ok1 := v[:4].Int()
	mnc, ok2 := v[4:8].Int()
	lac, ok3 := v[8:12].Hex()
	cid, ok4 := v[12:].Hex()
	if ok1 && ok2 && ok3 && ok4 {
		setCell(p, mcc, mnc, lac, cid)
	}
}

// extended reads fields in parentheses, or a list of cells in decimal.
func extended(p *protocols.Position, v wire.Field) {
	if len(v) > 0 && v[0] != '(' {
		listed(p, v)
		return
	}
	for len(v) > 2 && v[0] == '(' {
		end := bytes.IndexByte(v, ')')
		if end < 0 {
			end = len(v)
		}
		inner(p, v[1:end])
		v = v[min(end+1, len(v)):]
	}
	noteText(p, "field_x", v)
}

// inner reads a field in parentheses.
func inner(p *protocols.Position, v wire.Field) {
	switch {
	case len(v) >= 19 && len(v) <= 21 && v[0] == 'k':
		p.ICCID = string(v[1:])
	case len(v) == 5 && v[0] == 'J':
		if minutes, ok := v[1:].Hex(); ok {
			p.Note("timezone_min", protocols.Int(int64(int16(minutes))))
		}
	default:
		noteText(p, "extended", v)
	}
}

// listed reads country, network, and cells of area, id and signal.
func listed(p *protocols.Position, v wire.Field) {
	var s wire.Columns
	first, rest, _ := bytes.Cut(v, []byte{';'})
	s.Cut(first, ',')
	mcc, ok1 := s.At(0).Int()
	mnc, ok2 := s.At(1).Int()
	lac, ok3 := s.At(2).Int()
	cid, ok4 := s.At(3).Int()
	if !ok1 || !ok2 || !ok3 || !ok4 || lac < 0 || cid < 0 {
		noteText(p, "field_x", v)
		return
	}
	setCell(p, mcc, mnc, uint64(lac), uint64(cid))
	noteText(p, "neighbour", rest)
}

// pids are the diagnosis values that are read: their number, bytes, and how to show them.
var pids = [...]struct {
	pid  byte
	size int
	name string
	show func(v int64) protocols.Value
}{
	{0x04, 1, "engine_load_percent", func(v int64) protocols.Value { return protocols.Int(v * 100 / 255) }},
	{0x05, 1, "coolant_temperature_c", func(v int64) protocols.Value { return protocols.Int(v - 40) }},
	{0x0C, 2, "rpm", func(v int64) protocols.Value { return protocols.Int(v / 4) }},
	{0x0D, 1, "obd_speed_kmh", protocols.Int},
	{0x0F, 1, "intake_temperature_c", func(v int64) protocols.Value { return protocols.Int(v - 40) }},
	{0x10, 2, "air_flow_g_s", func(v int64) protocols.Value { return protocols.Decimal(v, 2) }},
	{0x11, 1, "throttle_percent", func(v int64) protocols.Value { return protocols.Int(v * 100 / 255) }},
	{0x2F, 1, "fuel_percent", func(v int64) protocols.Value { return protocols.Int(v * 100 / 255) }},
	{0x42, 2, "obd_v", func(v int64) protocols.Value { return protocols.Decimal(v, 3) }},
}

// diagnosis reads pairs of a number and its value; from the first that is not known on, the rest is kept as it is.
func diagnosis(p *protocols.Position, b []byte) {
	for len(b) > 0 {
		known := false
		for i := range pids {
			d := &pids[i]
			if d.pid != b[0] || len(b) <= d.size {
				continue
			}
			v := int64(b[1])
			if d.size == 2 {
				v = int64(binary.BigEndian.Uint16(b[1:]))
			}
			p.Note(d.name, d.show(v))
			b, known = b[1+d.size:], true
			break
		}
		if !known {
			p.Note("obd", protocols.Bytes(b))
			return
		}
	}
}
