package startek

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// obdValues are the values of the vehicle's bus in a report, in their order.
var obdValues = [...]struct {
	name     string
	subtract int64
	decimals uint8
}{
	{"rpm", 0, 0}, {"engine_load_percent", 0, 0}, {"air_flow", 0, 0}, {"intake_pressure_kpa", 0, 0},
	{"intake_temperature_c", 40, 0}, {"throttle_percent", 0, 0}, {"coolant_temperature_c", 40, 0},
	{"fuel_consumption", 0, 1}, {"fuel_percent", 0, 0},
}

// obd reads the values of the vehicle's bus in a report.
func obd(p *protocols.Position, w wire.Field) {
	var room [len(obdValues) + 1]wire.Field
	parts := wire.CutFields(room[:], w, '|')
	if len(parts) < len(obdValues) {
		if len(w) > 0 {
			p.Note("obd", protocols.Text(string(w)))
		}
		return
	}
	for i, value := range obdValues {
		if v, ok := parts[i].Int64(); ok {
			p.Note(value.name, protocols.Decimal(v-value.subtract, value.decimals))
		}
	}
}

// The places of the values that are read, in the line T1 and in T2.
const (
	t1RPM      = 1
	t1Fuel     = 3
	t1Coolant  = 9
	t1Supply   = 13
	t1Throttle = 17
	t1Ignition = 25

	t2Odometer = 0
	t2Fuel     = 20
)

// busColumns is how many values of a line are looked at.
const busColumns = 27

// bus reads lines of values from the vehicle's bus, each with its kind in front; all are kept as they are.
func bus(m *protocols.Message, body []byte) {
	p := new(entry).open(m)
	for len(body) > 0 {
		line := body
		if n := bytes.Index(body, terminator); n >= 0 {
			line, body = body[:n], body[n+len(terminator):]
		} else {
			body = nil
		}
		kind, values, ok := bytes.Cut(line, []byte{','})
		if !ok || len(kind) > 4 || len(kind) == 0 {
			continue
		}
		p.Note("bus_"+string(bytes.ToLower(kind)), protocols.Text(string(values)))
		var w [busColumns + 1]wire.Field
		wire.CutFields(w[:], values, ',')
		switch string(kind) {
		case "T1":
			busState(p, &w)
		case "T2":
			busTotals(p, &w)
		}
	}
}

// busState reads the line T1.
func busState(p *protocols.Position, w *[busColumns + 1]wire.Field) {
	busValue(p, "rpm", w[t1RPM])
	busValue(p, "fuel_level", w[t1Fuel])
	busValue(p, "coolant_temperature_c", w[t1Coolant])
	busValue(p, "throttle_percent", w[t1Throttle])
	if v, ok := w[t1Supply].Float(); ok && v >= 0 && v < 1000 {
		p.ExternalVolts = protocols.Some(v)
	}
	switch {
	case w[t1Ignition].Is("0"):
		p.Ignition = protocols.Some(false)
	case w[t1Ignition].Is("1"):
		p.Ignition = protocols.Some(true)
	}
}

// busTotals reads the line T2: the odometer in km, and the fuel used.
func busTotals(p *protocols.Position, w *[busColumns + 1]wire.Field) {
	if v, ok := w[t2Odometer].Float(); ok && v >= 0 && v < 1e8 {
		p.Odometer = protocols.Some(v * 1000)
	}
	busValue(p, "fuel_used_l", w[t2Fuel])
}

// busOverflow is where values start that only say that there is none.
const busOverflow = 1e7

func busValue(p *protocols.Position, name string, w wire.Field) {
	if v, ok := w.Float(); !ok || v >= busOverflow {
		return
	}
	v, scale, _ := w.Decimal()
	p.Note(name, protocols.Decimal(v, scale))
}
