package suntech

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// The columns of an ST400's report: it listens to seven cells of six columns each before it looks for satellites.
const (
	st4Cell  = 4 // id, country, network, level, area, timing
	st4Cells = 7
	st4Width = 6

	st4Battery = st4Cells * st4Width // from the first cell on
	st4Stored  = st4Battery + 1
	st4Number  = st4Battery + 2
	st4Mode    = st4Battery + 3
	st4More    = st4Battery + 4
)

// decodeST400 reads a report of an ST410 or ST440; the place may be missing.
func (c *codec) decodeST400(r *record, m *protocols.Message) error {
	s, p := &r.columns, r.open(m)
	c.version(p, s.At(3), s.At(2))
	from := st4Cell
	if s.At(3).Is("41") { // this model says its variant first
		noteColumn(p, "variant", s.At(from))
		from++
	}
	for i := range st4Cells {
		at := from + i*st4Width
		cid, ok1 := s.At(at).Int()
		mcc, ok2 := s.At(at + 1).Int()
		mnc, ok3 := s.At(at + 2).Int()
		area := at + 3 // of a neighbour
		if i == 0 {
			area++
		}
		lac, ok4 := s.At(area).Int()
		switch ok := ok1 && ok2 && ok3 && ok4; {
		case i == 0:
			setCell(p, uint64(cid), mcc, mnc, uint64(lac), ok)
		case ok && cid > 0:
			p.Note("neighbour", protocols.Text(string(s.Span(at, at+st4Width))))
		}
	}
	if dbm, ok := s.At(from + 3).Int(); ok && dbm < 0 {
		p.Note("signal_dbm", protocols.Int(int64(dbm)))
	}
	p.BatteryVolts = volts(s.At(from + st4Battery))
	if b := s.At(from + st4Stored); b.Letter()|1 == '1' {
		p.Note("stored", protocols.Bool(b.Is("0")))
	}
	number := s.At(from + st4Number)
	if v, ok := number.Int(); ok {
		p.Note("index", protocols.Int(int64(v)))
		c.acknowledge(r, m, number)
	}
	if v, ok := s.At(from + st4Mode).Int(); ok {
		p.Note("mode", protocols.Int(int64(v)))
	}
	if header := s.At(0); header[len(header)-3:].Is("EMG") {
		p.Alarms |= protocols.AlarmGeneral
	}
	return readST400Place(s, p, from+st4More)
}

// readST400Place reads date, place, satellites and fix; between mode and date, from column more on, some firmwares have
// further ones.
func readST400Place(s *wire.Columns, p *protocols.Position, more int) error {
	date := findDate(s)
	to := date
	if to == 0 {
		to = s.Len()
	}
	for i := more; i < to; i++ {
		noteColumn(p, numbered("io", i-more+1), s.At(i))
	}
	if date == 0 {
		return nil
	}
	readTime(p, s.At(date), s.At(date+1))
	at, found := findPlace(s, date)
	if !found {
		return nil
	}
	err := readPlace(s, p, at)
	readMotion(p, s.At(at+offSpeed), s.At(at+offCourse))
	readSatellites(p, s.At(at+offSatellites), s.At(at+offFix))
	for i := at + offFix + 1; i < s.Len(); i++ {
		noteColumn(p, numbered("io", i-more+1), s.At(i))
	}
	return err
}

// decodeST900 reads ST910;KIND;id;firmware;date;time;place;speed;course;fix;battery;…
func (c *codec) decodeST900(r *record, m *protocols.Message) error {
	s := &r.columns
	if string(s.At(0)) != c.prefix {
		c.universal, c.prefix = false, string(s.At(0))
	}
	if s.At(1).Is("Res") {
		return c.decodeResult(r, m, 2)
	}
	if err := c.name(s, m, 2); err != nil {
		return err
	}
	kind := s.At(1)
	if kind.Is("Alive") {
		return nil
	}
	p := r.open(m)
	date := findDate(s)
	at, found := findPlace(s, date)
	if !found {
		p.Note("report", protocols.Text(string(s.Span(3, s.Len()))))
		return s.Fail("latitude", s.Len(), wire.ErrShort)
	}
	readTime(p, s.At(date), s.At(date+1))
	c.version(p, nil, s.At(3))
	err := readPlace(s, p, at)
	readMotion(p, s.At(at+offSpeed), s.At(at+offCourse))
	p.Valid = p.Located && s.At(at+4).Is("1")
	if b := s.At(at + 5); bytes.IndexByte(b, '.') > 0 {
		p.BatteryVolts = volts(b)
	} else if v, ok := b.Float(); ok && v >= 0 && v < 1e13 {
		p.Odometer = protocols.Some(v)
	}
	switch string(kind) {
	case "Location":
	case "Emergency":
		p.Alarms |= protocols.AlarmGeneral
		p.Note("event", protocols.Text("Emergency"))
	case "Alert":
		p.Alarms |= protocols.AlarmGeneral
		p.Note("event", protocols.Text("Alert"))
	default:
		noteText(p, "event", kind)
	}
	for i := at + 6; i < s.Len(); i++ {
		noteColumn(p, numbered("io", i-at-5), s.At(i))
	}
	return err
}

// decodeTrip reads an HTE: a trip's end, its first and last place, and who drove. It is no place of a moment.
func (c *codec) decodeTrip(r *record, m *protocols.Message) error {
	s, p := &r.columns, r.open(m)
	date := findDate(s)
	if date == 0 {
		return s.Fail("date", s.Len(), wire.ErrShort)
	}
	readTime(p, s.At(date), s.At(date+1))
	c.version(p, nil, s.At(date-1))
	for i, n := date+2, 1; i < s.Len(); i, n = i+1, n+1 {
		switch b := s.At(i); {
		case isDegrees(b):
			noteColumn(p, "trip_place", b)
		case len(b) == 14 && isHex(b):
			noteDriver(p, b)
		default:
			noteColumn(p, numbered("io", n), b)
		}
	}
	return nil
}
