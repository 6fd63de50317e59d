package navtelecom

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// The structures of NTCB before FLEX, by the byte that each record starts with.
const (
	formatF1  = 0x01
	formatF2  = 0x02
	formatF3  = 0x03
	formatF4  = 0x04
	formatF5  = 0x05
	formatF51 = 0x15
	formatF52 = 0x25
	formatF6  = 0x06
)

// has is what tells one structure from another.
type has struct {
	wideOutputs bool // 16 of them, in two bytes
	wideInputs  bool // two bytes
	packed      bool // satellites share a byte with two outputs
	temperature bool // one sensor, after the voltages
	analogs     int  // inputs that measure a voltage
	place       bool // two counters of pulses and a fix
}

// structure gives what a format has; false if it is not known.
func structure(format byte) (has, bool) {
	switch format {
	case formatF1:
		return has{wideOutputs: true, wideInputs: true, temperature: true, analogs: 2}, true
	case formatF2:
		return has{wideOutputs: true, wideInputs: true, temperature: true, analogs: 2, place: true}, true
	case formatF3:
		return has{wideOutputs: true, wideInputs: true, temperature: true}, true
	case formatF4:
		return has{wideInputs: true}, true
	case formatF5, formatF51, formatF52:
		return has{packed: true, analogs: 2, place: true}, true
	case formatF6:
		return has{analogs: 3, place: true}, true
	}
	return has{}, false
}

// archive reads *>A: a count and as many records of one structure. The body should have so many bytes; one that was cut
// has less.
func (c *codec) archive(r *room, body []byte, length int) ([]protocols.Position, []byte, error) {
	if len(body) < 5 || body[3] == 0 {
		return nil, nil, &wire.Error{Field: "count", Offset: headBytes + 3, Err: wire.ErrShort}
	}
	count, data := int(body[3]), body[4:]
	size := (length - 4) / count
	if size <= 0 {
		return nil, nil, &wire.Error{Field: "record", Offset: headBytes + 4, Err: wire.ErrShort}
	}
	positions := make([]protocols.Position, min(count, (len(data)+size-1)/size))
	var failed error
	for i := range positions {
		if err := fixed(&positions[i], data[i*size:min((i+1)*size, len(data))]); err != nil && failed == nil {
			failed = err
		}
	}
	return positions, appendNTCB(r.reply[:0], c.object, c.server, []byte{'*', '<', 'A', body[3]}), failed
}

// urgent reads *>T: one record, which is answered with its number.
func (c *codec) urgent(r *room, body []byte) ([]protocols.Position, []byte, error) {
	err := fixed(&r.positions[0], body[3:])
	if len(body) < 8 {
		return nil, nil, err
	}
	answer := [7]byte{'*', '<', 'T'}
	copy(answer[3:], body[4:8])
	return r.positions[:], appendNTCB(r.reply[:0], c.object, c.server, answer[:]), err
}

// fixed reads one record of F1 to F6.
func fixed(p *protocols.Position, data []byte) error {
	d := decoder{pos: p}
	p.Attributes = make([]protocols.Attribute, 0, 32)
	r := wire.NewReader(data)
	format := r.U8("format")
	d.add("format", protocols.Int(int64(format)))
	d.add("record", protocols.Int(int64(r.U32LE("record number"))))
	d.add("event", protocols.Int(int64(r.U16LE("event"))))
	event := clock(r.Bytes("event time", 6))
	f, known := structure(format)
	if !known {
		p.Time = event
		d.add("record_bytes", protocols.Bytes(r.Rest()))
		return nil
	}
	d.fixedState(&r, format, f)
	if format == formatF6 {
		d.fixedF6(&r)
	}
	if f.place {
		d.fixedPlace(&r, format)
	}
	d.fixedTail(&r, format, f.place)
	if r.Err() != nil {
		*p = protocols.Position{Time: event, Attributes: p.Attributes}
		return r.Err()
	}
	if p.Time.IsZero() {
		p.Time = event
	} else if !event.Equal(p.Time) && !event.IsZero() {
		d.add("event_time_unix_s", protocols.Int(event.Unix()))
	}
	return nil
}

// fixedState reads modes, inputs, outputs and what is measured.
func (d *decoder) fixedState(r *wire.Reader, format byte, f has) {
	mode := r.U8("mode")
	d.add("status", protocols.Int(int64(mode)))
	if format == formatF6 && mode&2 != 0 || format != formatF6 && mode&0x80 != 0 {
		d.pos.Alarms |= protocols.AlarmGeneral
	}
	d.modules(r.U8("modules"))
	d.signal(r.U8("GSM level"))
	d.fixedLines(r, f)
	d.pos.ExternalVolts = protocols.Some(float64(r.U16LE("main voltage")) / 1000)
	d.pos.BatteryVolts = protocols.Some(float64(r.U16LE("reserve voltage")) / 1000)
	if f.temperature {
		d.add("temperature_1_c", protocols.Int(int64(int16(r.U16LE("temperature")))))
	}
	for i := range f.analogs {
		d.add(analogNames[i], protocols.Decimal(int64(r.U16LE("analog input")), 3))
	}
	if f.place {
		d.add("pulses_1", protocols.Int(int64(r.U32LE("pulses 1"))))
		d.add("pulses_2", protocols.Int(int64(r.U32LE("pulses 2"))))
	}
}

// fixedLines reads outputs and inputs.
func (d *decoder) fixedLines(r *wire.Reader, f has) {
	out := r.U8("outputs")
	if f.packed {
		d.pos.Satellites = protocols.Some(int(out >> 2))
		out &= 3
	}
	d.lines("outputs", &outputNames, out)
	if f.wideOutputs {
		d.add("outputs_9_16", protocols.Int(int64(r.U8("outputs"))))
	}
	d.lines("inputs", &inputNames, r.U8("inputs"))
	if f.wideInputs {
		d.add("inputs_9_16", protocols.Int(int64(r.U8("inputs"))))
	}
}

var (
	analogNames = [...]string{"adc_1_v", "adc_2_v", "adc_3_v"}
	fuelNames   = [...]string{
		"fuel_sensor_1", "fuel_sensor_2", "fuel_sensor_3", "fuel_sensor_4", "fuel_sensor_5", "fuel_sensor_6",
	}
	degreesNames = [...]string{"temperature_1_c", "temperature_2_c", "temperature_3_c", "temperature_4_c"}
)

// fixedF6 reads the sensors of F6, which come in the order of FLEX.
func (d *decoder) fixedF6(r *wire.Reader) {
	d.add("frequency_1_hz", protocols.Int(int64(r.U16LE("frequency 1"))))
	d.add("frequency_2_hz", protocols.Int(int64(r.U16LE("frequency 2"))))
	d.add("engine_hours_s", protocols.Int(int64(r.U32LE("engine hours"))))
	for _, name := range fuelNames {
		d.fuel(name, r.U16LE("fuel level"))
		r.Skip("fuel sensor temperature", 1)
	}
	d.fuel("fuel_sensor_rs232", r.U16LE("fuel level"))
	d.degrees(r)
	if can := r.Bytes("CAN", 6); can != nil && string(can) != "\xff\xff\xff\xff\xff\xff" {
		d.add("can", protocols.Bytes(can))
	}
}

// fuel is a relative level; from 65500 on it is a fault's number.
func (d *decoder) fuel(name string, v uint16) {
	if v < 65500 {
		d.add(name, protocols.Int(int64(v)))
	}
}

func (d *decoder) degrees(r *wire.Reader) {
	for _, name := range degreesNames {
		if v := int8(r.U8("temperature")); v != -128 {
			d.add(name, protocols.Int(int64(v)))
		}
	}
}
