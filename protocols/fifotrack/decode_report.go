package fifotrack

import (
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// The fields of a report A00, A01 or A02.
const (
	fieldEvent = iota
	fieldTime
	fieldValid
	fieldLatitude
	fieldLongitude
	fieldSpeed
	fieldCourse
	fieldAltitude
	fieldOdometer
	fieldRunTime
	fieldStatus
	fieldInputs
	fieldOutputs
	fieldCell
	fieldAnalog
	fieldCard
	fieldSensors
	fieldRest
)

// report reads event, place, counters, status, ports, cell, analog values, a card and sensors.
func report(f *frame, m *protocols.Message) error {
	var w [28]wire.Field
	n := len(wire.CutFields(w[:], f.data[f.body:f.end], ','))
	if n <= fieldLongitude || len(w[fieldTime]) != 12 {
		return &wire.Error{Field: "time", Offset: f.body, Err: wire.ErrShort}
	}
	p := new(entry).open(m)
	setEvent(p, w[fieldEvent])
	p.Time = w[fieldTime].YMDHMS()
	setPlace(p, w[fieldLatitude], w[fieldLongitude], string(w[fieldValid]) == "A")
	setSpeed(p, w[fieldSpeed])
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
	if v, ok := w[fieldRunTime].Int64(); ok {
		p.Note("run_time_s", protocols.Int(v))
	}
	setStatus(p, w[fieldStatus])
	ports(p, &inputNames, w[fieldInputs])
	ports(p, &outputNames, w[fieldOutputs])
	setCell(p, w[fieldCell])
	setAnalog(p, w[fieldAnalog])
	if card := w[fieldCard]; len(card) > 0 {
		p.Note("driver_id", protocols.Text(string(card)))
	}
	list(p, "sensor_", w[fieldSensors])
	for i := fieldRest; i < n; i++ {
		if len(w[i]) > 0 {
			p.Note(numbered("extra_", i-fieldRest+1), protocols.Text(string(w[i])))
		}
	}
	if p.Time.IsZero() {
		return &wire.Error{Field: "time", Offset: f.body, Err: wire.ErrValue}
	}
	return nil
}

// setStatus reads the status: bits 3 to 7 are the signal, and of eight digits, bits 28 to 31 are the satellites.
func setStatus(p *protocols.Position, w wire.Field) {
	v, ok := w.Hex()
	if !ok || v > math.MaxUint32 {
		return
	}
	p.Note("status", protocols.Int(int64(v)))
	p.SignalPercent = protocols.Some(int(math.Round(float64(v>>3&0x1F) * 100 / 31)))
	if len(w) == 8 {
		p.Satellites = protocols.Some(int(v >> 28))
	}
}

var (
	inputNames = [8]string{
		"input_1", "input_2", "input_3", "input_4", "input_5", "input_6", "input_7", "input_8",
	}
	outputNames = [8]string{
		"output_1", "output_2", "output_3", "output_4", "output_5", "output_6", "output_7", "output_8",
	}
	analogNames = [6]string{"adc_1", "adc_2", "adc_3", "adc_4", "adc_5", "adc_6"}
)

// usualPorts is how many inputs and outputs are named even while they are off.
const usualPorts = 3

// ports reads a bit for each port, the first lowest.
func ports(p *protocols.Position, names *[8]string, w wire.Field) {
	bits, ok := w.Hex()
	if !ok || bits > 0xFF {
		return
	}
	for i, name := range names {
		if on := bits>>i&1 != 0; on || i < usualPorts {
			p.Note(name, protocols.Bool(on))
		}
	}
}

// The hundredths of a volt that a tracker's battery can have.
const minBattery, maxBattery = 250, 500

// setAnalog reads hexadecimal values. Later models give battery and supply first, in hundredths of a volt; whether
// they do is told by a battery's being possible.
func setAnalog(p *protocols.Position, w wire.Field) {
	var room [len(analogNames)]wire.Field
	volts := false
	for i, part := range wire.CutFields(room[:], w, '|') {
		v, ok := part.Hex()
		if !ok || v > 0xFFFF {
			continue
		}
		if i == 0 {
			volts = v >= minBattery && v <= maxBattery
		}
		switch {
		case volts && i == 0:
			p.BatteryVolts = protocols.Some(float64(v) / 100)
		case volts && i == 1:
			p.ExternalVolts = protocols.Some(float64(v) / 100)
		default:
			p.Note(analogNames[i], protocols.Int(int64(v)))
		}
	}
}

// list adds the parts of a field that are not empty.
func list(p *protocols.Position, name string, w wire.Field) {
	var room [8]wire.Field
	for i, part := range wire.CutFields(room[:], w, '|') {
		if len(part) > 0 {
			p.Note(numbered(name, i+1), protocols.Text(string(part)))
		}
	}
}
