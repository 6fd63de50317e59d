package suntech

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// decodeText reads a text report by its header.
func (c *codec) decodeText(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	r := new(record)
	s := &r.columns
	s.Cut(bytes.TrimRight(frame, "\r\n \x00"), ';')
	header := s.At(0)
	switch {
	case len(header) == 3 && isUpper(header):
		c.universal, c.prefix = true, ""
		return m, c.decodeUniversal(r, &m)
	case !isLegacy(header):
		return m, s.Fail("header", 0, wire.ErrUnknown)
	case len(header) == 5:
		return m, c.decodeST900(r, &m)
	}
	cut := len(header) - 3
	if string(header[:cut]) != c.prefix {
		c.universal, c.prefix = false, string(header[:cut])
	}
	if s.At(1).Is("Res") {
		return m, c.decodeResult(r, &m, 2)
	}
	if err := c.name(s, &m, 1); err != nil {
		return m, err
	}
	switch kind := header[cut:]; {
	case kind.Is("ALV"):
		return m, nil
	case header[2] == '4' && findDate(s) != 3 && findDate(s) != 4: // an ST480 has no cells before the date
		return m, c.decodeST400(r, &m)
	case kind.Is("HTE"):
		return m, c.decodeTrip(r, &m)
	default:
		return m, c.decodeLegacy(r, &m, kindOf(kind))
	}
}

func isUpper(b wire.Field) bool {
	for _, c := range b {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

func kindOf(b wire.Field) int {
	switch string(b) {
	case "STT":
		return kindStatus
	case "EMG":
		return kindEmergency
	case "EVT":
		return kindEvent
	case "ALT":
		return kindAlert
	case "UEX":
		return kindExternal
	}
	return kindOther
}

// name reads who speaks.
func (c *codec) name(s *wire.Columns, m *protocols.Message, at int) error {
	id := s.At(at)
	if len(id) < 4 || len(id) > 15 || !wire.Digits(id) {
		return s.Fail("device id", at, wire.ErrValue)
	}
	m.Device = c.speaker(id)
	return nil
}

// decodeResult reads an answer to a command: who, and the words.
func (c *codec) decodeResult(r *record, m *protocols.Message, at int) error {
	if err := c.name(&r.columns, m, at); err != nil {
		return err
	}
	r.result.Text = string(r.columns.Span(at+1, r.columns.Len()))
	m.Result = &r.result
	return nil
}

// findDate is the first column that is a date before a time of day; 0 if there is none.
func findDate(s *wire.Columns) int {
	for i := 2; i+1 < s.Len(); i++ {
		if len(s.At(i)) == 8 && isClock(s.At(i+1)) && wire.Digits(s.At(i)) {
			return i
		}
	}
	return 0
}

func isClock(b wire.Field) bool { return len(b) == 8 && b[2] == ':' && b[5] == ':' }

// findPlace is the first column from one on that is a latitude before a longitude.
func findPlace(s *wire.Columns, from int) (int, bool) {
	for i := from + 2; from > 0 && i+1 < min(s.Len(), from+10); i++ {
		if isDegrees(s.At(i)) && isDegrees(s.At(i+1)) {
			return i, true
		}
	}
	return 0, false
}

// isDegrees is a number with six decimals, in some firmwares one or two fewer.
func isDegrees(b wire.Field) bool {
	point := bytes.IndexByte(b, '.')
	decimals := len(b) - 1 - point
	return point > 0 && point <= 4 && decimals >= 4 && decimals <= 7
}

// readTime reads yyyymmdd and hh:mm:ss.
func readTime(p *protocols.Position, date, clock wire.Field) {
	d, ok := date.Pairs(4)
	if !ok || !isClock(clock) {
		return
	}
	h, ok1 := clock[:2].Pairs(1)
	m, ok2 := clock[3:5].Pairs(1)
	sec, ok3 := clock[6:].Pairs(1)
	if ok1 && ok2 && ok3 {
		p.Time = wire.Moment(d[0]*100+d[1], d[2], d[3], h[0], m[0], sec[0])
	}
}

// readPlace reads latitude and longitude. 0, 0 is none; a place that can not be costs the place only.
func readPlace(s *wire.Columns, p *protocols.Position, at int) error {
	lat, ok := s.At(at).Float()
	if !ok || lat < -90 || lat > 90 {
		return s.Fail("latitude", at, wire.ErrValue)
	}
	lon, ok := s.At(at + 1).Float()
	if !ok || lon < -180 || lon > 180 {
		return s.Fail("longitude", at+1, wire.ErrValue)
	}
	if lat != 0 || lon != 0 {
		p.Located, p.Latitude, p.Longitude = true, lat, lon
	}
	return nil
}

// readMotion reads speed in km/h and course.
func readMotion(p *protocols.Position, speed, course wire.Field) {
	if v, ok := speed.Float(); ok && v >= 0 && v < 2000 {
		p.Speed = protocols.Some(v)
	}
	if v, ok := course.Float(); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		p.Course = protocols.Some(v)
	}
}

// readSatellites reads their number and whether there is a fix.
func readSatellites(p *protocols.Position, satellites, fix wire.Field) {
	if v, ok := satellites.Int(); ok && v >= 0 && v <= 255 {
		p.Satellites = protocols.Some(v)
	}
	p.Valid = p.Located && fix.Is("1")
}

// readCell reads the cell id, country, network and area of those trackers that say them, the id in hexadecimal.
func readCell(p *protocols.Position, cid, mcc, mnc, lac wire.Field) {
	id, ok1 := cid.Hex()
	country, ok2 := mcc.Int()
	network, ok3 := mnc.Int()
	area, ok4 := lac.Hex()
	setCell(p, id, country, network, area, ok1 && ok2 && ok3 && ok4)
}

func setCell(p *protocols.Position, cid uint64, mcc, mnc int, lac uint64, ok bool) {
	if ok && mcc > 0 && mcc < 1000 && mnc >= 0 && mnc < 1000 && cid < 1<<32 && lac < 1<<32 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: cid})
	}
}

// readLevel reads the received signal level, 0 to 63.
func readLevel(p *protocols.Position, b wire.Field) {
	if v, ok := b.Int(); ok && v >= 0 && v <= 63 {
		p.SignalPercent = protocols.Some((100*v + 31) / 63)
	}
}

// volts reads a voltage.
func volts(b wire.Field) protocols.Opt[float64] {
	v, ok := b.Float()
	return protocols.Opt[float64]{Value: v, OK: ok && v >= 0 && v < 1000}
}
