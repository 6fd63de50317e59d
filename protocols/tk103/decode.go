package tk103

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// command reads four characters and what belongs to them. at is where they are in the frame.
func (c *codec) command(body []byte, at int, m *protocols.Message) error {
	r := new(record)
	name, rest := wire.Field(body[:4]), body[4:]
	switch {
	case name.Is("BP00"):
		m.Reply = append(append(append(r.reply[:0], '('), c.id...), "AP01HSO)"...)
		if _, more, ok := bytes.Cut(rest, []byte("HSO")); ok && len(more) > 0 {
			noteText(r.open(m), "extra", more)
		}
		return nil
	case name.Is("BP05"):
		m.Reply = append(append(append(r.reply[:0], '('), c.id...), "AP05)"...)
	case name.Is("BZ00"):
		return cells(rest, r.open(m))
	case name.Is("BS50") && bytes.IndexByte(rest, ':') < 0:
		return pack(rest, at+4, r.open(m))
	case name.Is("BS50"), name.Is("BS51"):
		return battery(rest, r.open(m))
	}
	from := findPosition(rest)
	switch {
	case from >= 0:
		p := r.open(m)
		before := rest[:from]
		order := yearFirst
		if len(before) > 0 && before[0] == ',' && len(c.id) != shortID { // of those that name themselves by IMEI
			order = dayFirst
		}
		c.before(name, before, p)
		return readPosition(rest[from:], at+4+from, order, p)
	case bytes.IndexByte(rest, '{') >= 0:
		listed(name, rest, r.open(m))
		return nil
	case name.Is("BP05"):
		return nil
	case name[0] != 'B':
		return &wire.Error{Field: "command", Offset: at, Err: wire.ErrUnknown}
	case name[1] == 'Q' || name[1] == 'O':
		p := r.open(m)
		alarm(name, rest, p)
		noteText(p, "event", name)
		noteText(p, "report", rest)
		return nil
	}
	r.result.Text = string(body)
	m.Result = &r.result
	return nil
}

func noteText(p *protocols.Position, name string, b []byte) {
	if len(b) > 0 {
		p.Note(name, protocols.Text(string(b)))
	}
}

// before reads what stands between command and date: an alarm's code or the IMEI.
func (c *codec) before(name wire.Field, b []byte, p *protocols.Position) {
	code, warned := bytes.CutPrefix(b, []byte(",ALARM,"))
	switch {
	case warned && len(code) > 0:
		alarm(name, code, p)
		p.Note("alarm_code", protocols.Int(int64(code[0]-'0')))
	case (name.Is("BO01") || name.Is("BQ81")) && len(b) == 1:
		alarm(name, b, p)
		p.Note("alarm_code", protocols.Int(int64(b[0]-'0')))
	case name.Is("BP05") && len(b) == maxID && wire.Digits(b):
		if b[0] != '0' {
			noteText(p, "imei", b)
		}
	default:
		noteText(p, "report", bytes.Trim(b, ","))
	}
	if !name.Is("BR00") && !name.Is("BP05") {
		noteText(p, "event", name)
	}
}

// findPosition is where six digits stand before A or V and a latitude, perhaps with commas between; -1 if nowhere.
func findPosition(b []byte) int {
	for i := 6; i+4 < min(len(b), 80); i++ {
		date := i - 6
		if b[i-1] == ',' {
			date--
		}
		if (b[i] == 'A' || b[i] == 'V') && date >= 0 && wire.Digits(b[date:date+6]) && isAngle(skipComma(b[i+1:])) {
			return date
		}
	}
	return -1
}

func skipComma(b []byte) []byte { return bytes.TrimPrefix(b, []byte(",")) }

// isAngle is whether b starts with digits, a point, and N or S soon after.
func isAngle(b []byte) bool {
	point := bytes.IndexByte(b[:min(len(b), 7)], '.')
	return point >= 1 && bytes.IndexAny(b[:min(len(b), 14)], "NS") > point
}

// The orders of a date.
const (
	yearFirst = iota
	dayFirst
)

// The widths of a position's fields behind the longitude.
const (
	widthSpeed  = 5
	widthClock  = 6
	widthCourse = 6
	widthStatus = 8
	shortCourse = 2 // of some trackers
)

// readPosition reads date, validity, place, speed, time, course, status, L and mileage; a comma may follow each. at is
// its byte in the frame.
func readPosition(b []byte, at, order int, p *protocols.Position) error {
	date, rest := wire.Field(b[:6]), skipComma(b[6:])
	valid := rest[0] == 'A'
	rest = skipComma(rest[1:])
	north := bytes.IndexAny(rest, "NS")
	if north < 0 {
		return &wire.Error{Field: "latitude", Offset: at + 7, Err: wire.ErrShort}
	}
	lat, half := wire.Field(rest[:north]), rest[north]
	rest = skipComma(rest[north+1:])
	east := bytes.IndexAny(rest, "EW")
	if east < 0 {
		return &wire.Error{Field: "longitude", Offset: at + 8 + north, Err: wire.ErrShort}
	}
	lon, side := wire.Field(rest[:east]), rest[east]
	rest = skipComma(rest[east+1:])
	err := place(p, lat, half, lon, side, at+7)
	p.Valid = valid && p.Located
	speed, rest := take(rest, widthSpeed)
	clock, rest := take(rest, widthClock)
	width := widthCourse
	if bytes.IndexByte(rest[:min(len(rest), shortCourse+widthStatus+1)], 'L') == shortCourse+widthStatus {
		width = shortCourse
	}
	course, rest := take(rest, width)
	motion(p, speed, course)
	p.Time = moment(date, clock, order)
	status(p, rest)
	return err
}

// take cuts n bytes off, as many as there are before a comma.
func take(b []byte, n int) (head, rest wire.Field) {
	n = min(n, len(b))
	if comma := bytes.IndexByte(b[:n], ','); comma >= 0 {
		return b[:comma], b[comma+1:]
	}
	return b[:n], skipComma(b[n:])
}

// place reads latitude and longitude; 0, 0 is none, and what can not be costs the place only.
func place(p *protocols.Position, lat wire.Field, half byte, lon wire.Field, side byte, at int) error {
	latitude, ok := wire.Field(bytes.TrimLeft(lat, " ")).Degrees()
	if !ok || latitude < 0 || latitude > 90 {
		return &wire.Error{Field: "latitude", Offset: at, Err: wire.ErrValue}
	}
	longitude, ok := wire.Field(bytes.TrimLeft(lon, " ")).Degrees()
	if !ok || longitude < 0 || longitude > 180 {
		return &wire.Error{Field: "longitude", Offset: at + len(lat) + 1, Err: wire.ErrValue}
	}
	if latitude == 0 && longitude == 0 {
		return nil
	}
	if half == 'S' {
		latitude = -latitude
	}
	if side == 'W' {
		longitude = -longitude
	}
	p.Located, p.Latitude, p.Longitude = true, latitude, longitude
	return nil
}

// motion reads km/h and degrees.
func motion(p *protocols.Position, speed, course wire.Field) {
	if v, ok := wire.Field(bytes.TrimLeft(speed, " ")).Float(); ok && v >= 0 && v < 2000 {
		p.Speed = protocols.Some(v)
	}
	if v, ok := wire.Field(bytes.TrimLeft(course, " ")).Float(); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		p.Course = protocols.Some(v)
	}
}
