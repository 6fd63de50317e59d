package tk103

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// The columns of a position of the comma dialect.
const (
	colCommand = iota
	colDate
	colValid
	colLatitude
	colLongitude
	colSpeed
	colClock
	colCourse
	colMore
)

// events are the words of the comma dialect: with a fix as text (ZC), with one as numbers (DW3x), without one (DW5x).
var events = [...]struct {
	words [3]string
	alarm protocols.Alarms
}{
	{[3]string{"ZC11", "DW31", "DW51"}, protocols.AlarmMovement},
	{[3]string{"ZC12", "DW32", "DW52"}, protocols.AlarmLowBattery},
	{[3]string{"ZC13", "DW33", "DW53"}, protocols.AlarmPowerCut},
	{[3]string{"ZC17", "DW37", "DW57"}, protocols.AlarmRemoving},
	{[3]string{"ZC25", "DW3E", "DW5E"}, protocols.AlarmSOS},
	{[3]string{"ZC26", "DW3F", "DW5F"}, protocols.AlarmTampering},
	{[3]string{"ZC27", "DW40", "DW60"}, protocols.AlarmLowPower},
}

// commas reads command,…: a position, a battery, or access points. at is its byte in the frame.
func (c *codec) commas(body []byte, at int, m *protocols.Message) error {
	var s wire.Columns
	s.Cut(body, ',')
	r := new(record)
	word := s.At(colCommand)
	switch {
	case word.Is("ZC20"):
		charge(&s, r.open(m))
		return nil
	case len(word) == 4 && word[0] == 'D' && word[1] == 'W' && (word[2] == '5' || word[2] == '6') && s.Len() >= 6:
		return points(&s, r.open(m))
	case word.Is("ZC03"), s.Len() <= colLongitude || len(s.At(colDate)) != 6:
		return c.commaAnswer(&s, r, m)
	}
	p := r.open(m)
	event(word, p)
	p.Time = moment(s.At(colDate), s.At(colClock), dayFirst)
	lat, half := angle(s.At(colLatitude))
	lon, side := angle(s.At(colLongitude))
	err := place(p, lat, half, lon, side, at+s.Offset(colLatitude))
	p.Valid = p.Located && s.At(colValid).Is("A")
	motion(p, s.At(colSpeed), s.At(colCourse))
	for i := colMore; i < s.Len(); i++ {
		switch b := s.At(i); {
		case len(b) == widthStatus && i+1 < s.Len() && len(s.At(i+1)) > 1 && s.At(i + 1)[0] == 'L':
			flags(p, b)
		case len(b) > 1 && b[0] == 'L':
			status(p, b)
		case i-colMore < len(extraNames):
			noteColumn(p, extraNames[i-colMore], b)
		}
	}
	return err
}

// extraNames are of what some trackers say behind the course.
var extraNames = [...]string{"io1", "io2", "io3", "io4", "io5", "io6", "io7", "io8"}

// commaAnswer keeps what is no position: an answer to a command.
func (c *codec) commaAnswer(s *wire.Columns, r *record, m *protocols.Message) error {
	r.result.Text = string(s.Span(0, s.Len()))
	m.Result = &r.result
	return nil
}

// angle cuts the half of the globe off.
func angle(b wire.Field) (number wire.Field, half byte) {
	if len(b) == 0 {
		return b, 0
	}
	return b[:len(b)-1], b[len(b)-1]
}

// event reads what a word stands for.
func event(word wire.Field, p *protocols.Position) {
	switch string(word) {
	case "BP05", "ZC07", "DW3B":
		return
	case "ZC15", "DW35", "DW55", "ZC29", "DW42", "DW62":
		p.Ignition = protocols.Some(true)
	case "ZC16", "DW36", "DW56":
		p.Ignition = protocols.Some(false)
	}
	for i := range events {
		for _, w := range events[i].words {
			if word.Is(w) {
				p.Alarms |= events[i].alarm
				p.Note("event", protocols.Text(w))
				return
			}
		}
	}
	noteText(p, "event", word)
}

// levels are the percent of a battery's level.
var levels = [...]float64{0, 0, 10, 20, 50, 80, 100}

// charge reads ZC20,date,time,level,battery in 0.01 V,supply in 0.1 V,…
func charge(s *wire.Columns, p *protocols.Position) {
	p.Time = moment(s.At(1), s.At(2), dayFirst)
	if v, ok := s.At(3).Int(); ok && v >= 0 && v < len(levels) {
		p.BatteryPercent = protocols.Some(levels[v])
	}
	if v, ok := s.At(4).Int(); ok && v >= 0 && v < 65535 {
		p.BatteryVolts = protocols.Some(float64(v) / 100)
	}
	if v, ok := s.At(5).Int(); ok && v >= 0 && v < 65535 {
		p.ExternalVolts = protocols.Some(float64(v) / 10)
	}
	if v, ok := s.At(6).Int(); ok && v != 255 {
		p.Note("io4", protocols.Int(int64(v)))
	}
}

// maxPoints is the most access points of a message.
const maxPoints = 20

// points reads DW5x,mcc,mnc,area,cell,number and as many access points, each address*level*channel, date and time.
func points(s *wire.Columns, p *protocols.Position) error {
	event(s.At(0), p)
	mcc, ok1 := s.At(1).Int()
	mnc, ok2 := s.At(2).Int()
	lac, ok3 := s.At(3).Int()
	cid, ok4 := s.At(4).Int()
	if ok1 && ok2 && ok3 && ok4 && lac > 0 && cid > 0 {
		setCell(p, mcc, mnc, uint64(lac), uint64(cid))
	}
	n, ok := s.At(5).Int()
	if !ok || n < 0 || n > maxPoints {
		return s.Fail("access points", 5, wire.ErrValue)
	}
	for i := range n {
		noteText(p, "wifi", s.At(6+i))
	}
	p.Time = moment(s.At(6+n), s.At(7+n), dayFirst)
	return nil
}
