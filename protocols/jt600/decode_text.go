package jt600

import (
	"bytes"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// decodeText reads (id,kind,…).
func (c *codec) decodeText(frame []byte, at time.Time) (protocols.Message, error) {
	var m protocols.Message
	body := frame
	if n := len(body); body[n-1] == endText {
		body = body[:n-1]
	}
	var s wire.Columns
	s.Cut(body, ',')
	id := s.At(0)[1:]
	if len(id) != idDigits || !wire.Digits(id) {
		return m, &wire.Error{Field: "id", Offset: 1, Err: wire.ErrValue}
	}
	m.Device = c.speaker(id)
	r := new(record)
	kind := s.At(1)
	switch {
	case kind.Is("@JT"):
		return m, nil
	case kind.Is("W01"):
		return m, portable(&s, r.open(&m))
	case kind.Is("P45"):
		return m, event(&s, r, &m)
	case len(kind) == 3 && kind[0] == 'U' && wire.Digits(kind[1:]):
		return m, upload(&s, r, &m)
	case s.At(3).Is("WLNET") && s.At(4).Is("5"):
		from := s.Offset(6)
		return m, sensor(unescaped(body[from:]), from, r, &m)
	case s.Len() < 2:
		return m, s.Fail("kind", 1, wire.ErrShort)
	}
	if kind.Is("P22") {
		b := append(r.reply[:0], "(P22,"...)
		m.Reply = append(at.UTC().AppendFormat(b, "020106150405"), endText)
		return m, nil
	}
	if kind.Is("P52") && s.At(2).Is("2") && wire.Digits(s.At(3)) && len(s.At(3)) <= 5 {
		b := append(r.reply[:0], "(P52,2,"...)
		m.Reply = append(append(b, s.At(3)...), endText)
	}
	r.result.Text = printable(s.Span(1, s.Len()))
	m.Result = &r.result
	return m, nil
}

// printable is text, or, if it is none, a quoted form of it.
func printable(b []byte) string {
	for _, c := range b {
		if c < ' ' || c > '~' {
			return strconv.QuoteToASCII(string(b))
		}
	}
	return string(b)
}

// escape stands before a byte that would otherwise end or part a text; the byte is exclusive-ored with it.
const escape = 0x3D

// unescaped undoes escapes; without one it gives b itself.
func unescaped(b []byte) []byte {
	if bytes.IndexByte(b, escape) < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == escape && i+1 < len(b) {
			i++
			out = append(out, b[i]^escape)
			continue
		}
		out = append(out, b[i])
	}
	return out
}

// when reads ddmmyy and hhmmss.
func when(p *protocols.Position, date, clock wire.Field) {
	d, ok1 := date.Pairs(3)
	h, ok2 := clock.Pairs(3)
	if ok1 && ok2 {
		p.Time = wire.Moment(d[2], d[1], d[0], h[0], h[1], h[2])
	}
}

// place sets a location; 0, 0 is none, and what can not be costs the place only.
func place(s *wire.Columns, p *protocols.Position, lat, lon float64, ok bool, at int) error {
	switch {
	case !ok || lat < 0 || lat > 90 || lon < 0 || lon > 180:
		return s.Fail("latitude and longitude", at, wire.ErrValue)
	case lat == 0 && lon == 0:
		return nil
	}
	p.Located, p.Latitude, p.Longitude = true, lat, lon
	return nil
}

// halves turns a location to the south and west.
func halves(p *protocols.Position, ns, ew wire.Field) {
	if ns.Is("S") {
		p.Latitude = -p.Latitude
	}
	if ew.Is("W") {
		p.Longitude = -p.Longitude
	}
}

// motion reads a speed in the given unit, and the course.
func motion(p *protocols.Position, speed, course wire.Field, unit float64) {
	if v, ok := speed.Float(); ok && v >= 0 && v*unit < 2000 {
		p.Speed = protocols.Some(v * unit)
	}
	if v, ok := course.Float(); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		p.Course = protocols.Some(v)
	}
}

// The columns of an upload, counted from its date.
const (
	upDate = iota
	upClock
	upValid
	upLatitude
	upNS
	upLongitude
	upEW
	upSpeed
	upCourse
	upSatellites
	upBattery
	upStatus
	upCell
	upArea
	upSignal
	upMileage
	upIndex
	upMore
)

// dateDigits are those of a date and of a time.
const dateDigits = 6

// milesToKM turns miles into kilometres.
const milesToKM = 1.609344

// upload reads a position with decimal degrees, before which there may be an event. U01 to U03 and U06 are answered.
func upload(s *wire.Columns, r *record, m *protocols.Message) error {
	p, at := r.open(m), 2
	if len(s.At(2)) < dateDigits || len(s.At(4)) == dateDigits {
		noteColumn(p, "event", s.At(2))
		at = 3
	}
	switch kind := s.At(1); {
	case kind.Is("U01"), kind.Is("U02"), kind.Is("U03"):
		m.Reply = append(r.reply[:0], "(S39)"...)
	case kind.Is("U06"):
		m.Reply = append(r.reply[:0], "(S20)"...)
	}
	when(p, s.At(at+upDate), s.At(at+upClock))
	lat, ok1 := s.At(at + upLatitude).Float()
	lon, ok2 := s.At(at + upLongitude).Float()
	err := place(s, p, lat, lon, ok1 && ok2, at+upLatitude)
	halves(p, s.At(at+upNS), s.At(at+upEW))
	p.Valid = p.Located && s.At(at+upValid).Is("T")
	motion(p, s.At(at+upSpeed), s.At(at+upCourse), milesToKM)
	if v, ok := s.At(at + upSatellites).Int(); ok && v >= 0 && v < 100 {
		p.Satellites = protocols.Some(v)
	}
	level := bytes.TrimSuffix(s.At(at+upBattery), []byte{'%'})
	if v, ok := wire.Field(level).Int(); ok && v >= 0 && v <= 100 {
		p.BatteryPercent = protocols.Some(float64(v))
	}
	if v, err := strconv.ParseUint(string(s.At(at+upStatus)), 2, 32); err == nil {
		p.Note("status", protocols.Int(int64(v)))
	}
	noteColumn(p, "cid", s.At(at+upCell))
	noteColumn(p, "lac", s.At(at+upArea))
	if v, ok := s.At(at + upSignal).Int(); ok {
		csq(p, v)
	}
	if v, ok := s.At(at + upMileage).Float(); ok && v >= 0 && v < 1e9 {
		p.Odometer = protocols.Some(v * 1000)
	}
	noteColumn(p, "index", s.At(at+upIndex))
	for i := at + upMore; i < min(s.Len(), at+upMore+len(moreNames)); i++ {
		noteColumn(p, moreNames[i-at-upMore], s.At(i))
	}
	return err
}

// moreNames are of what some models say behind the index.
var moreNames = [...]string{"io1", "io2", "io3", "io4"}
