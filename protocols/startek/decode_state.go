package startek

import (
	"bytes"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// ignition is the input that is the ignition, from 0.
const ignition = 1

// state reads cell, signal, status, ports and volts.
func state(p *protocols.Position, w *[32]wire.Field) {
	cell(p, w[fieldCell])
	if v, ok := w[fieldSignal].Int64(); ok && v >= 0 && v <= 31 {
		p.SignalPercent = protocols.Some(int(math.Round(float64(v) * 100 / 31)))
	}
	status(p, w[fieldStatus])
	if v, ok := w[fieldInputs].Hex(); ok && v <= 0xFF {
		p.Ignition = protocols.Some(v>>ignition&1 != 0)
		ports(p, &inputNames, v, 4)
	}
	if v, ok := w[fieldOutputs].Hex(); ok && v <= 0xFF {
		ports(p, &outputNames, v, 2)
	}
	volts(p, w[fieldAnalog])
}

// statusBits are the bits of the status that are not told elsewhere, from bit 3 on.
var statusBits = [...]string{"external_power", "gnss_antenna", "stopped", "armed", "driver_logged_in", "removed"}

func status(p *protocols.Position, w wire.Field) {
	v, ok := w.Hex()
	if !ok || v > math.MaxUint32 {
		return
	}
	p.Note("status", protocols.Int(int64(v)))
	for i, name := range statusBits {
		p.Note(name, protocols.Bool(v>>(3+i)&1 != 0))
	}
}

// ports adds the first few ports, and others only when they are set.
func ports(p *protocols.Position, names *[8]string, bits uint64, usual int) {
	for i, name := range names {
		if on := bits>>i&1 != 0; on || i < usual {
			p.Note(name, protocols.Bool(on))
		}
	}
}

var (
	inputNames = [8]string{
		"input_1", "input_2", "input_3", "input_4", "input_5", "input_6", "input_7", "input_8",
	}
	outputNames = [8]string{
		"output_1", "output_2", "output_3", "output_4", "output_5", "output_6", "output_7", "output_8",
	}
	analogNames = [6]string{"adc_1_v", "adc_2_v", "adc_3_v", "adc_4_v", "adc_5_v", "adc_6_v"}
)

// cell reads country, network, area and cell, the latter two hexadecimal.
func cell(p *protocols.Position, w wire.Field) {
	var room [5]wire.Field
	parts := wire.CutFields(room[:], w, '|')
	if len(parts) < 4 {
		return
	}
	country, ok1 := parts[0].Int64()
	network, ok2 := parts[1].Int64()
	area, ok3 := parts[2].Hex()
	id, ok4 := parts[3].Hex()
	if ok1 && ok2 && ok3 && ok4 && country > 0 && country < 1000 && network >= 0 && network < 1000 &&
		area <= math.MaxUint32 && area|id != 0 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(country), MNC: uint16(network), LAC: uint32(area), CID: id})
	}
}

// volts reads supply, battery and analog inputs, in hundredths and hexadecimal.
func volts(p *protocols.Position, w wire.Field) {
	for i := 0; len(w) > 0 && i < 2+len(analogNames); i++ {
		part := w
		if n := bytes.IndexByte(w, '|'); n >= 0 {
			part, w = w[:n], w[n+1:]
		} else {
			w = nil
		}
		v, ok := part.Hex()
		switch {
		case !ok || v > 0xFFFF:
		case i == 0:
			p.ExternalVolts = protocols.Some(float64(v) / 100)
		case i == 1 && v > 9999: // no battery of a tracker has 100 V
		case i == 1:
			p.BatteryVolts = protocols.Some(float64(v) / 100)
		default:
			p.Note(analogNames[i-2], protocols.Decimal(int64(v), 2))
		}
	}
}

// extended reads what later versions of the protocol add: fuel, temperatures, the vehicle's bus, a driver's license.
func extended(p *protocols.Position, w *[32]wire.Field) {
	numberedValues(w[fieldFuel], func(sensor int, v int64) {
		p.Note(fuelName(sensor), protocols.Decimal(v, 1))
	})
	numberedValues(w[fieldTemperatures], func(sensor int, v int64) {
		if v&0x8000 != 0 { // sign and magnitude
			v = -(v & 0x7FFF)
		}
		p.Note(temperatureName(sensor), protocols.Decimal(v, 1))
	})
	obd(p, w[fieldOBD])
	if license := bytes.TrimSpace(w[fieldLicense]); len(license) > 0 {
		p.Note("driver_license", protocols.Text(string(license)))
	}
}

// numberedValues calls each for values of a sensor's number of two digits and four hexadecimal ones.
func numberedValues(w wire.Field, each func(sensor int, v int64)) {
	for len(w) >= 6 {
		sensor, ok1 := w[:2].Int64()
		v, ok2 := w[2:6].Hex()
		if ok1 && ok2 {
			each(int(sensor), int64(v))
		}
		if len(w) < 7 || w[6] != '|' {
			return
		}
		w = w[7:]
	}
}

func fuelName(sensor int) string {
	switch sensor {
	case 1:
		return "fuel_1"
	case 2:
		return "fuel_2"
	}
	return numbered("fuel_", sensor, "")
}

func temperatureName(sensor int) string {
	switch sensor {
	case 1:
		return "temperature_1_c"
	case 2:
		return "temperature_2_c"
	}
	return numbered("temperature_", sensor, "_c")
}
