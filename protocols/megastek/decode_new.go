package megastek

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// The fields of $MGV.
const (
	newDevice = 1 + iota
	newName
	newKind // R: live; S: stored
	newDate
	newTime
	newValid
	newLatitude
	newNS
	newLongitude
	newEW
	_ // satellites of other systems
	newSatellites
	_
	newHDOP
	newSpeed
	newCourse
	newAltitude
	newOdometer
	newCountry
	newNetwork
	newArea
	newCell
	newSignal
	newSensors                  // eight fields that depend on the model
	newStatus  = newSensors + 8 // charging, belt; some leave it out, some have a field more before it
	newBattery = newStatus + 1
	newFields  = newStatus + 5
)

// words are the fields of a sentence.
type words [newFields + 1]wire.Field

// decodeNew reads $MGV.
func (c *codec) decodeNew(m *protocols.Message, f *frame) error {
	body := bytes.TrimRight(f.body, "!")
	if i := bytes.IndexByte(body, ';'); i >= 0 {
		body = body[:i]
	}
	var w words
	n := len(wire.CutFields(w[:], body, ','))
	if n <= newValid {
		return f.fail("validity", wire.ErrShort)
	}
	if !wire.Digits(w[newDevice]) || len(w[newDevice]) > maxDevice {
		return f.fail("IMEI", wire.ErrValue)
	}
	m.Device = c.speaker(w[newDevice])
	p := new(entry).open(m)
	if string(w[newKind]) == "S" {
		p.Note("archive", protocols.Bool(true))
	}
	w.fix(p)
	w.cell(p)
	w.sensors(p)
	battery := w.battery(n)
	w.status(p, battery)
	setAlarm(p, w[battery+1])
	if points := w[battery+2]; bytes.IndexByte(points, ':') > 0 {
		p.Note("wifi", protocols.Text(string(bytes.ReplaceAll(points, []byte{'|'}, []byte{' '}))))
	}
	if p.Time.IsZero() {
		return f.fail("date and time", wire.ErrValue)
	}
	return nil
}

// maxDevice is the most digits of an identity.
const maxDevice = 20

// fix reads what the receiver says. Speed is in knots, the odometer in kilometres.
func (w *words) fix(p *protocols.Position) {
	if len(w[newDate]) == 6 && len(w[newTime]) == 6 {
		var stamp [12]byte
		copy(stamp[:], w[newDate])
		copy(stamp[6:], w[newTime])
		p.Time = wire.Field(stamp[:]).DMYHMS()
	}
	latitude, ok1 := w[newLatitude].Degrees()
	longitude, ok2 := w[newLongitude].Degrees()
	if ok1 && ok2 && latitude <= 90 && longitude <= 180 && (latitude != 0 || longitude != 0) {
		if string(w[newNS]) == "S" {
			latitude = -latitude
		}
		if string(w[newEW]) == "W" {
			longitude = -longitude
		}
		p.Located, p.Latitude, p.Longitude = true, latitude, longitude
		p.Valid = string(w[newValid]) == "A"
	}
	if v, ok := w[newSatellites].Int64(); ok && v >= 0 && v <= 255 {
		p.Satellites = protocols.Some(int(v))
	}
	if v, ok := w[newHDOP].Float(); ok && v >= 0 && v < 1000 {
		p.HDOP = protocols.Some(v)
	}
	if v, ok := w[newSpeed].Float(); ok && v >= 0 && v < 1000 {
		p.Speed = protocols.Some(wire.KnotsToKMH(v))
	}
	if v, ok := w[newCourse].Float(); ok {
		setCourse(p, v)
	}
	if v, ok := w[newAltitude].Float(); ok {
		setAltitude(p, v)
	}
	if v, ok := w[newOdometer].Float(); ok && v >= 0 && v < 1e8 {
		p.Odometer = protocols.Some(v * 1000)
	}
}

func (w *words) cell(p *protocols.Position) {
	setCell(p, w[newCountry], w[newNetwork], w[newArea], w[newCell])
	setSignal(p, w[newSignal])
}

// sensors reads the eight fields between signal and status. Trackers of vehicles have inputs, outputs, three analog
// values, two temperatures and a card; some later ones put a heart rate before those and have no card; watches have
// heart rate, steps, and three times of activity and sleep, then temperatures and card.
func (w *words) sensors(p *protocols.Position) {
	s := w[newSensors:newStatus]
	switch {
	case isBinary(s[0]):
		vehicle(p, s[:5])
		s = s[5:]
	case len(s[0]) > 0 && isBinary(s[1]):
		noteNumber(p, "heart_rate", s[0])
		vehicle(p, s[1:6])
		s = s[6:]
	case len(s[0]) > 0:
		for i, name := range [...]string{"heart_rate", "steps", "activity_time", "light_sleep_time", "deep_sleep_time"} {
			noteNumber(p, name, s[i])
		}
		s = s[5:]
	default:
		return
	}
	noteNumber(p, "temperature_1_c", s[0])
	noteNumber(p, "temperature_2_c", s[1])
	if len(s) > 2 && len(s[2]) > 0 {
		p.Note("driver_id", protocols.Text(string(s[2])))
	}
}

// isBinary is whether a field is four digits of 0 and 1.
func isBinary(w wire.Field) bool {
	for _, c := range w {
		if c != '0' && c != '1' {
			return false
		}
	}
	return len(w) == ports
}

// ports is how many inputs and outputs there are.
const ports = 4

// vehicle reads inputs and outputs, a binary digit for each, the first last, and analog values.
func vehicle(p *protocols.Position, s []wire.Field) {
	setPorts(p, &inputNames, s[0])
	setPorts(p, &outputNames, s[1])
	for i, name := range [...]string{"adc_1", "adc_2", "adc_3"} {
		noteNumber(p, name, s[2+i])
	}
}

// battery is the field of the battery's level, which stands before the name of the report: no number, and not empty.
func (w *words) battery(fields int) int {
	for _, at := range [...]int{newBattery, newBattery - 1, newBattery + 1} {
		name := w[at+1]
		if at+1 < fields && len(name) > 0 && !wire.Digits(name) && (len(w[at]) == 0 || wire.Digits(w[at])) {
			return at
		}
	}
	return newBattery
}

// status reads whether the battery is charged and a watch's belt is closed, and the battery's level.
func (w *words) status(p *protocols.Position, battery int) {
	if s := w[battery-1]; battery >= newBattery && len(s) > 0 && (s[0] == '0' || s[0] == '1') {
		p.Note("charging", protocols.Bool(s[0] == '1'))
		if len(s) > 1 && (s[1] == '0' || s[1] == '1') {
			p.Note("belt_closed", protocols.Bool(s[1] == '1'))
		}
	}
	setPercent(p, w[battery])
}
