package startek

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Decode reads one frame.
func (c *codec) Decode(data []byte, _ time.Time) (protocols.Message, error) {
	f, err := open(data, '&')
	if err != nil {
		return protocols.Message{}, err
	}
	m := protocols.Message{Device: c.speaker(f.device)}
	body := f.data[f.body:f.end]
	switch {
	case bytes.HasPrefix(body, []byte("T")) && bytes.IndexByte(body, '\r') > 0:
		bus(&m, body)
	case string(f.data[f.start:f.body]) == compressed:
		new(entry).open(&m).Note("payload", protocols.Bytes(body))
	case isReport(body):
		err = report(&f, &m)
	default:
		m.Result = &protocols.Result{Text: string(f.data[f.start:f.end])}
	}
	if f.spoilt {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	return m, err
}

// compressed opens a report whose layout is not known.
const compressed = "020,"

// isReport is whether body has a time of twelve digits as third field.
func isReport(body []byte) bool {
	var w [4]wire.Field
	return len(wire.CutFields(w[:], body, ',')) == 4 && len(w[2]) == 12 && wire.Digits(w[2])
}

// The fields of a report, after the command.
const (
	fieldEvent = iota
	fieldEventData
	fieldTime
	fieldValid
	fieldLatitude
	fieldLongitude
	fieldSatellites
	fieldHDOP
	fieldSpeed
	fieldCourse
	fieldAltitude
	fieldOdometer
	fieldCell
	fieldSignal
	fieldStatus
	fieldInputs
	fieldOutputs
	fieldAnalog
	fieldProtocol
	fieldFuel
	fieldTemperatures
	fieldOBD
	fieldLicense
	fieldRest
)

// eventDriver is the event of a driver's card, whose number is the event's data.
const eventDriver = 53

// eventAlarms are the alarms that events raise.
var eventAlarms = [...]protocols.Alarms{
	1:  protocols.AlarmSOS,
	5:  protocols.AlarmDoor,
	6:  protocols.AlarmDoor,
	17: protocols.AlarmLowPower,
	18: protocols.AlarmPowerCut,
	19: protocols.AlarmPowerRestored,
	39: protocols.AlarmHardAcceleration,
	40: protocols.AlarmHardBraking,
	41: protocols.AlarmHardCornering,
}

// report reads 000.
func report(f *frame, m *protocols.Message) error {
	var w [32]wire.Field
	n := len(wire.CutFields(w[:], f.data[f.body:f.end], ','))
	if n <= fieldLongitude {
		return &wire.Error{Field: "longitude", Offset: f.end, Err: wire.ErrShort}
	}
	p := new(entry).open(m)
	event, ok := w[fieldEvent].Int64()
	if ok {
		p.Note("event", protocols.Int(event))
		if event >= 0 && event < int64(len(eventAlarms)) {
			p.Alarms = eventAlarms[event]
		}
	}
	if data := w[fieldEventData]; len(data) > 0 {
		name := "event_data"
		if event == eventDriver {
			name = "driver_id"
		}
		p.Note(name, protocols.Text(string(data)))
	}
	fix(p, &w)
	state(p, &w)
	extended(p, &w)
	for i := fieldRest; i < n; i++ {
		if len(w[i]) > 0 {
			p.Note(numbered("extra_", i-fieldRest+1, ""), protocols.Text(string(w[i])))
		}
	}
	if p.Time.IsZero() {
		return &wire.Error{Field: "time", Offset: f.body, Err: wire.ErrValue}
	}
	return nil
}

// fix reads what the receiver says.
func fix(p *protocols.Position, w *[32]wire.Field) {
	p.Time = w[fieldTime].YMDHMS()
	latitude, ok1 := w[fieldLatitude].Float()
	longitude, ok2 := w[fieldLongitude].Float()
	if ok1 && ok2 && inside(latitude, 90) && inside(longitude, 180) && (latitude != 0 || longitude != 0) {
		p.Located, p.Latitude, p.Longitude = true, latitude, longitude
		p.Valid = string(w[fieldValid]) == "A"
	}
	if v, ok := w[fieldSatellites].Int64(); ok && v >= 0 && v <= 255 {
		p.Satellites = protocols.Some(int(v))
	}
	if v, ok := w[fieldHDOP].Float(); ok && v >= 0 && v < 1000 {
		p.HDOP = protocols.Some(v)
	}
	if v, ok := w[fieldSpeed].Float(); ok && v >= 0 && v < 2000 {
		p.Speed = protocols.Some(v)
	}
	if v, ok := w[fieldCourse].Float(); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		p.Course = protocols.Some(v)
	}
	if v, ok := w[fieldAltitude].Float(); ok && v > -10000 && v < 60000 {
		p.Altitude = protocols.Some(v)
	}
	if v, ok := w[fieldOdometer].Float(); ok && v >= 0 && v < 1e12 {
		p.Odometer = protocols.Some(v)
	}
}

func inside(v, limit float64) bool { return v >= -limit && v <= limit }
