package gps103

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// The columns of a report.
const (
	colID = iota
	colWord
	colLocal
	colPhone
	colFix
	colUTC // of a cell report: nothing
	colValid
	colLatitude // of a cell report: area
	colNS
	colLongitude // of a cell report: cell
	colEW
	colSpeed
	colCourse
	colAltitude
	colIgnition
	colDoor
	colFuel1
	colFuel2
	colTemperature
)

// maxKnots is the highest speed that is believed.
const maxKnots = 1000

// words are the keywords of reports and what they warn of.
var words = [...]struct {
	text  string
	alarm protocols.Alarms
}{
	{"help me", protocols.AlarmSOS},
	{"low battery", protocols.AlarmLowBattery},
	{"move", protocols.AlarmMovement},
	{"speed", protocols.AlarmOverspeed},
	{"stockade", protocols.AlarmGeofence},
	{"ac alarm", protocols.AlarmPowerCut},
	{"door alarm", protocols.AlarmDoor},
	{"sensor alarm", protocols.AlarmVibration},
	{"acc alarm", protocols.AlarmGeneral},
	{"accident alarm", protocols.AlarmAccident},
	{"bonnet alarm", protocols.AlarmTampering},
	{"footbrake alarm", protocols.AlarmGeneral},
	{"oil", protocols.AlarmFuelLeak},
	{"oil1", protocols.AlarmFuelLeak},
	{"oil2", protocols.AlarmFuelLeak},
	{"oil 1", protocols.AlarmFuelLeak},
	{"oil 2", protocols.AlarmFuelLeak},
	{"DTC", protocols.AlarmEngineFault},
	{"gps antenna alarm", protocols.AlarmGPSAntennaCut},
	{"jamming alarm", protocols.AlarmJamming},
	{"tracker", 0},
	{"acc on", 0},
	{"acc off", 0},
	{"rfid", 0},
	{"service", protocols.AlarmGeneral},
}

// isAnswer is whether a keyword is that of an answer: the command's letter in lower case and t.
func isAnswer(word wire.Field) bool {
	return len(word) == 2 && word[0] >= 'a' && word[0] <= 'z' && word[1] == 't'
}

// report reads a position, a cell or only what the keyword says.
func (c *codec) report(s *wire.Columns, p *protocols.Position) error {
	c.keyword(s, p)
	if s.At(colFix).Is("L") || s.At(colFix).Is("l") {
		p.Time = c.local(s.At(colLocal))
		if lac, ok := s.At(colLatitude).Hex(); ok {
			p.Note("lac", protocols.Int(int64(lac)))
		}
		if cid, ok := s.At(colLongitude).Hex(); ok && cid <= 1<<32 {
			p.Note("cid", protocols.Int(int64(cid)))
		}
	} else if s.Len() > colValid {
		p.Time = c.moment(s.At(colLocal), s.At(colUTC))
		f := findPlace(s)
		err := f.read(s, p)
		motion(s, p, f.end)
		tail(s, p, f.end-colSpeed)
		return err
	} else {
		p.Time = c.local(s.At(colLocal))
	}
	tail(s, p, 0)
	return nil
}

// keyword reads what the report is about.
func (c *codec) keyword(s *wire.Columns, p *protocols.Position) {
	word, phone := s.At(colWord), s.At(colPhone)
	switch {
	case word.Is("acc on"):
		p.Ignition = protocols.Some(true)
	case word.Is("acc off"):
		p.Ignition = protocols.Some(false)
	case len(word) > 2 && word[0] == 'T' && word[1] == ':':
		p.Alarms |= protocols.AlarmTemperature
	case len(word) > 3 && string(word[:3]) == "oil":
		p.Alarms |= protocols.AlarmFuelLeak
	}
	known := false
	for i := range words {
		if word.Is(words[i].text) {
			p.Alarms |= words[i].alarm
			if words[i].text != "tracker" {
				p.Note("event", protocols.Text(words[i].text))
			}
			known = true
			break
		}
	}
	if !known && len(word) > 0 {
		p.Note("event", protocols.Text(string(word)))
	}
	switch {
	case len(phone) == 0:
	case word.Is("rfid"):
		p.Note("driver_id", protocols.Text(string(phone)))
	default:
		p.Note("phone", protocols.Text(string(phone)))
	}
}

// where is the columns of a place: each hemisphere stands behind its number, in some firmwares before it, or is
// missing.
type where struct {
	latitude, longitude int
	south, west         bool
	end                 int // the column behind
}

func findPlace(s *wire.Columns) where {
	var f where
	i := colLatitude
	take := func(positive, negative string) (is bool) {
		b := s.At(i)
		if is = b.Is(negative); is || b.Is(positive) {
			i++
		}
		return is
	}
	f.south = take("N", "S")
	f.latitude = i
	i++
	f.south = f.south || take("N", "S")
	f.west = take("E", "W")
	f.longitude = i
	i++
	if f.west = f.west || take("E", "W"); len(s.At(i)) == 0 && i == colEW {
		i++ // it is empty
	}
	f.end = i
	return f
}

// read reads validity, latitude and longitude; a place that can not be costs the place only.
func (f *where) read(s *wire.Columns, p *protocols.Position) error {
	lat, lon := s.At(f.latitude), s.At(f.longitude)
	if len(lat) == 0 && len(lon) == 0 {
		return nil
	}
	latitude, ok := lat.Degrees()
	if !ok || latitude < -90 || latitude > 90 {
		return s.Fail("latitude", f.latitude, wire.ErrValue)
	}
	longitude, ok := lon.Degrees()
	if !ok || longitude < -180 || longitude > 180 {
		return s.Fail("longitude", f.longitude, wire.ErrValue)
	}
	if latitude == 0 && longitude == 0 {
		return nil
	}
	if f.south {
		latitude = -latitude
	}
	if f.west {
		longitude = -longitude
	}
	p.Located, p.Latitude, p.Longitude = true, latitude, longitude
	p.Valid = s.At(colValid).Is("A")
	return nil
}

// motion reads speed, course and altitude, the speed from column at.
func motion(s *wire.Columns, p *protocols.Position, at int) {
	if knots, ok := s.At(at).Float(); ok && knots >= 0 && knots < maxKnots {
		p.Speed = protocols.Some(wire.KnotsToKMH(knots))
	}
	if course, ok := s.At(at + 1).Float(); ok && course >= 0 && course <= 360 {
		if course == 360 {
			course = 0
		}
		p.Course = protocols.Some(course)
	}
	if altitude, ok := s.At(at + 2).Float(); ok && altitude > -1000 && altitude < 30000 {
		p.Altitude = protocols.Some(altitude)
	}
}

// tail reads ignition, door, fuel and temperature. Where the door's column is no switch, it and the next are the two
// levels of a fuel alarm; where the second level is a whole number it is something else, which is kept. All stand so
// many columns further back as shift says.
func tail(s *wire.Columns, p *protocols.Position, shift int) {
	if v, ok := flag(s.At(shift + colIgnition)); ok {
		p.Ignition = protocols.Some(v)
	} else {
		noteColumn(p, "acc", s.At(shift+colIgnition))
	}
	if v, ok := flag(s.At(shift + colDoor)); ok {
		p.Note("door", protocols.Bool(v))
	} else {
		notePercent(p, "fuel_percent", s.At(shift+colDoor))
	}
	notePercent(p, "fuel_percent", s.At(shift+colFuel1))
	switch b := s.At(shift + colFuel2); {
	case len(b) > 0 && (b[0] == 'P' || b[0] == 'C' || b[0] == 'B' || b[0] == 'U'):
		p.Note("dtc", protocols.Text(string(b)))
	case len(b) > 0 && wire.Digits(b):
		noteColumn(p, "io17", b)
	default:
		notePercent(p, "fuel_2_percent", b)
	}
	noteColumn(p, "temperature_c", s.At(shift+colTemperature))
	for i := shift + colTemperature + 1; i < s.Len() && i < shift+colTemperature+8; i++ {
		if len(s.At(i)) > 0 {
			noteColumn(p, "extra", s.Span(i, s.Len()))
			return
		}
	}
}

func flag(b wire.Field) (on, ok bool) {
	return b.Is("1"), b.Is("1") || b.Is("0")
}

// notePercent adds a number that may have a percent sign behind it.
func notePercent(p *protocols.Position, name string, b wire.Field) {
	if len(b) > 1 && b[len(b)-1] == '%' {
		b = b[:len(b)-1]
	}
	noteColumn(p, name, b)
}
