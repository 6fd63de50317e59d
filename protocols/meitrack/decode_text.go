package meitrack

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// The fields of a text report from the latitude on.
const (
	fieldLatitude = iota
	fieldLongitude
	fieldTime
	fieldValid
	fieldSatellites
	fieldSignal
	fieldSpeed
	fieldCourse
	fieldHDOP
	fieldAltitude
	fieldOdometer
	fieldRunTime
	fieldCell
	fieldPorts
	fieldAnalog
	fieldEventData
	fieldCustom
	fieldProtocol
	fieldFuel
	fieldTemperatures
	fieldAcceleration
	fieldDeceleration
)

// report reads AAA: the event, then place, time and all else. Some firmwares have a number before the event.
func (c *codec) report(f *frame, m *protocols.Message) error {
	var room [48]wire.Field
	w := wire.CutFields(room[:], f.data[f.body:f.end], ',')
	first := 1
	for first < len(w) && first < 3 && !isDegrees(w[first]) {
		first++
	}
	if first == 3 || len(w) < first+fieldHDOP {
		return &wire.Error{Field: "latitude", Offset: f.body, Err: wire.ErrShort}
	}
	e := new(entry)
	p := &e.position[0]
	p.Attributes = e.attributes[:0]
	event, _ := w[first-1].Int64()
	setEvent(p, event)
	r := report{codec: c, words: w[first:], event: event}
	r.fix(p)
	r.cell(p)
	r.ports(p)
	r.analog(p)
	r.extra(p)
	if !p.Located && p.Time.IsZero() {
		return &wire.Error{Field: "date and time", Offset: f.body, Err: wire.ErrValue}
	}
	m.Positions = e.position[:]
	return nil
}

// isDegrees is whether a field is a latitude: a number with a point.
func isDegrees(w wire.Field) bool {
	_, scale, ok := w.Decimal()
	return ok && scale > 0
}

// report is the fields of a text report.
type report struct {
	codec *codec
	words []wire.Field
	event int64
}

// at is a field; nil if it is not there.
func (r *report) at(i int) wire.Field {
	if i >= len(r.words) {
		return nil
	}
	return r.words[i]
}

// fix reads what the receiver says.
func (r *report) fix(p *protocols.Position) {
	latitude, ok1 := r.at(fieldLatitude).Float()
	longitude, ok2 := r.at(fieldLongitude).Float()
	setPlace(p, latitude, longitude, ok1 && ok2)
	p.Time = r.at(fieldTime).YMDHMS()
	p.Valid = p.Located && string(r.at(fieldValid)) == "A"
	if v, ok := r.at(fieldSatellites).Int64(); ok && v >= 0 && v <= 255 {
		p.Satellites = protocols.Some(int(v))
	}
	if v, ok := r.at(fieldSignal).Int64(); ok {
		setSignal(p, v)
	}
	if v, ok := r.at(fieldSpeed).Float(); ok {
		setSpeed(p, v)
	}
	if v, ok := r.at(fieldCourse).Float(); ok {
		setCourse(p, v)
	}
	if v, ok := r.at(fieldHDOP).Float(); ok && v >= 0 && v < 1000 {
		p.HDOP = protocols.Some(v)
	}
	if v, ok := r.at(fieldAltitude).Float(); ok && v > -10000 && v < 60000 {
		p.Altitude = protocols.Some(v)
	}
	if v, ok := r.at(fieldOdometer).Float(); ok && v >= 0 && v < 1e12 {
		p.Odometer = protocols.Some(v)
	}
	if v, ok := r.at(fieldRunTime).Int64(); ok {
		p.Note("run_time_s", protocols.Int(v))
	}
}

// cell reads country, network, area and cell, the latter two hexadecimal.
func (r *report) cell(p *protocols.Position) {
	var room [5]wire.Field
	w := wire.CutFields(room[:], r.at(fieldCell), '|')
	if len(w) < 4 {
		return
	}
	country, ok1 := w[0].Int64()
	network, ok2 := w[1].Int64()
	area, ok3 := w[2].Hex()
	id, ok4 := w[3].Hex()
	if ok1 && ok2 && ok3 && ok4 {
		setCell(p, uint64(country), uint64(network), area, id)
	}
}

// ports reads the inputs (high byte) and outputs (low byte).
func (r *report) ports(p *protocols.Position) {
	w := r.at(fieldPorts)
	if v, ok := w.Hex(); ok && len(w) == 4 {
		r.codec.setInputs(p, byte(v>>8))
		setOutputs(p, byte(v))
	}
}

// analog reads AD1 to AD3, battery and supply in hexadecimal; or, with points, battery, supply and the volts of the
// clock, the processor and the receiver.
func (r *report) analog(p *protocols.Position) {
	var room [6]wire.Field
	w := wire.CutFields(room[:], r.at(fieldAnalog), '|')
	if len(w) < 5 {
		return
	}
	if isDegrees(w[0]) {
		for i, set := range [...]func(*protocols.Position, float64){setBattery, setExternal} {
			if v, ok := w[i].Float(); ok {
				set(p, v)
			}
		}
		for i, name := range [...]string{"clock_v", "processor_v", "gnss_v"} {
			if v, scale, ok := w[2+i].Decimal(); ok {
				p.Note(name, protocols.Decimal(v, scale))
			}
		}
		return
	}
	var raw [5]int
	for i := range raw {
		raw[i] = -1
		if v, ok := w[i].Hex(); ok && v <= 0xFFFF {
			raw[i] = int(v)
		}
	}
	r.codec.setAnalog(p, raw)
}

// extra reads what follows the analog values; older firmwares leave all or some of it out.
func (r *report) extra(p *protocols.Position) {
	if data := r.at(fieldEventData); len(data) > 0 {
		name := "event_data"
		if r.event == eventDriver {
			name = "driver_id"
		}
		p.Note(name, protocols.Text(string(data)))
	}
	if data := r.at(fieldCustom); len(data) > 0 {
		p.Note("custom_data", protocols.Text(string(data)))
	}
	version, _ := r.at(fieldProtocol).Int64()
	if w := r.at(fieldFuel); len(w) == 4 {
		if v, ok := w.Hex(); ok && v>>8 <= 100 && v&0xFF < 100 {
			p.Note("fuel_percent", protocols.Decimal(int64(v>>8*100+v&0xFF), 2))
		}
	}
	temperatures(p, r.at(fieldTemperatures), version >= 3)
	if len(r.words) > fieldDeceleration+4 {
		r.accessories(p)
		return
	}
	for i, name := range [...]string{"max_acceleration", "max_deceleration"} {
		if v, ok := r.at(fieldAcceleration + i).Int64(); ok {
			p.Note(name, protocols.Int(v))
		}
	}
}

// accessories reads the count of fields and then those fields; the sixth is a taximeter's.
func (r *report) accessories(p *protocols.Position) {
	const taximeter = fieldAcceleration + 6
	for i := fieldAcceleration + 1; i < len(r.words); i++ {
		switch w := r.words[i]; {
		case len(w) == 0:
		case i == taximeter:
			p.Note("taximeter", protocols.Text(string(w)))
		default:
			p.Note(numbered("accessory_", i-fieldAcceleration), protocols.Text(string(w)))
		}
	}
}

// temperatures reads sensors as a number of two hexadecimal digits and a value of four, in hundredths; before version 3
// of the protocol the value's bytes are whole degrees and hundredths.
func temperatures(p *protocols.Position, w wire.Field, hundredths bool) {
	for len(w) >= 6 {
		sensor, ok1 := w[:2].Hex()
		raw, ok2 := w[2:6].Hex()
		if !ok1 || !ok2 {
			return
		}
		v := int64(int16(raw))
		if !hundredths {
			v = int64(int8(raw>>8))*100 + int64(raw&0xFF)
			if int8(raw>>8) < 0 {
				v = int64(int8(raw>>8))*100 - int64(raw&0xFF)
			}
		}
		p.Note(temperatureName(int(sensor)), protocols.Decimal(v, 2))
		if len(w) < 7 || w[6] != '|' {
			return
		}
		w = w[7:]
	}
}
