package suntech

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// zipKinds are the reports of a packed form's header.
var zipKinds = [16]int{
	0: kindStatus, 1: kindEmergency, 2: kindEvent, 3: kindAlert, 6: kindExternal,
}

// zipBase is the bytes of a packed report from the model to the switches.
const zipBase = 34

// decodeZip reads the packed form of a legacy report. Numbers with decimals are whole bytes and one or more of BCD.
func (c *codec) decodeZip(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	r := wire.NewReader(frame)
	r.Skip("start", 3)
	head := r.U8("header")
	var room [maxDigits]byte
	id, ok := digits(room[:0], r.Bytes("device id", 5))
	if !ok {
		r.Fail("device id", wire.ErrValue)
		return m, r.Err()
	}
	if id[len(id)-1] == '0' {
		id = id[:len(id)-1] // nine digits are filled up with a zero
	}
	m.Device = c.speaker(id)
	if head>>4 != 1 || r.Len() < zipBase {
		if r.Len() <= 4 {
			return m, nil // keep-alive
		}
		e := new(record)
		e.open(&m).Note("report", protocols.Bytes(frame))
		return m, nil
	}
	e := new(record)
	p := e.open(&m)
	p.Note("model", protocols.Int(int64(r.U8("model"))))
	p.Note("firmware", protocols.Int(int64(r.U16("firmware"))))
	if t := r.Bytes("time", 6); t != nil {
		p.Time = wire.Moment(int(t[0]), int(t[1]), int(t[2]), int(t[3]), int(t[4]), int(t[5]))
	}
	p.Note("cell", protocols.Bytes(r.Bytes("cell", 3)))
	readZipPlace(&r, p)
	p.Odometer = protocols.Some(float64(r.U32("distance")))
	p.ExternalVolts = protocols.Some(float64(r.U8("supply voltage")) + hundredths(r.U8("supply voltage")))
	switches(p, uint(r.U8("switches")), 3, 2)
	kind := zipKinds[head&15]
	switch kind {
	case kindExternal:
		n := int(r.U16("length"))
		if data := r.Bytes("data", n); len(data) > 0 {
			noteSerial(p, data)
		}
		p.Note("serial_sum", protocols.Int(int64(r.U8("sum"))))
	case 0:
	default:
		raise(p, kind, int(r.U8("code")))
	}
	if kind == kindStatus {
		number, _ := wire.BCDNumber(r.Bytes("message number", 2))
		p.Note("index", protocols.Int(number))
	}
	readZipTail(&r, p)
	return m, r.Err()
}

// readZipPlace reads place, speed, course, and the byte of fix, signs and satellites.
func readZipPlace(r *wire.Reader, p *protocols.Position) {
	lat, okLat := packed(r.Bytes("latitude", 4), 1)
	lon, okLon := packed(r.Bytes("longitude", 4), 1)
	if v, ok := packed(r.Bytes("speed", 3), 2); ok && v < 2000 {
		p.Speed = protocols.Some(v)
	}
	if v, ok := packed(r.Bytes("course", 3), 2); ok && v < 360 {
		p.Course = protocols.Some(v)
	}
	flags := r.U8("satellites and fix")
	p.Satellites = protocols.Some(int(flags & 0x1F))
	if !okLat || !okLon || lat > 90 || lon > 180 || lat == 0 && lon == 0 {
		return
	}
	if flags&0x40 != 0 {
		lat = -lat
	}
	if flags&0x20 != 0 {
		lon = -lon
	}
	p.Located, p.Latitude, p.Longitude = true, lat, lon
	p.Valid = flags&0x80 != 0
}

// packed reads so many bytes of a whole number, and decimals in BCD.
func packed(b []byte, whole int) (float64, bool) {
	if len(b) <= whole {
		return 0, false
	}
	var v float64
	for _, c := range b[:whole] {
		v = v*256 + float64(c)
	}
	decimals, ok := wire.BCDNumber(b[whole:])
	unit := 1.0
	for range len(b) - whole {
		unit *= 100
	}
	return v + float64(decimals)/unit, ok
}

// hundredths reads two decimals in BCD; what is none counts as 0.
func hundredths(b byte) float64 {
	n, _ := wire.BCDNumber([]byte{b})
	return float64(n) / 100
}

// readZipTail reads hour meter, backup battery and message type, and keeps what the model has behind them.
func readZipTail(r *wire.Reader, p *protocols.Position) {
	rest := r.Rest()
	if n := len(rest); n > 0 && rest[n-1] == endZip {
		rest = rest[:n-1]
	}
	if len(rest) >= 7 {
		if hours, ok := wire.BCDNumber(rest[:4]); ok {
			p.Note("engine_hours_s", protocols.Int(hours*60))
		}
		if v, ok := packed(rest[4:6], 1); ok {
			p.BatteryVolts = protocols.Some(v)
		}
		p.Note("stored", protocols.Bool(rest[6] == 0))
		rest = rest[7:]
	}
	if len(rest) > 0 {
		p.Note("extra", protocols.Bytes(rest))
	}
}
