package queclink

import "drover/protocols"

// readTail reads what follows the last fix, from field i on. First comes a reserved field or, in later models, a mask
// of what was appended to the fix (its first bit: the satellites). Then the vehicle trackers have mileage, hour meter,
// analogue inputs, battery and the device's status; the battery trackers have their battery.
func (m *message) readTail(p *protocols.Position, i int) {
	if i >= m.end {
		return
	}
	if m.kind.code == "ERI" && isGL5(m.version) {
		i += 2 // signal and bit error rate
	}
	i = m.readAppended(p, i)
	status := m.findStatus(i)
	switch {
	case status >= 0:
		m.readMileages(p, i, status)
		p.BatteryPercent = within(m.at(status-1), 0, 100)
		m.readAnalogs(p, i+2, status-1)
		m.readStatus(p, m.at(status))
		m.readExtension(p, status+1)
	case m.end-i >= 8 && m.kind.shape == shapeReport:
		m.readMileages(p, i, m.end)
		m.readWired(p, i+2)
	default:
		j := m.readMileages(p, i, m.end)
		if j == m.end-1 || m.kind != &unknown && (j == i || m.kind.shape == shapeReport) {
			j = m.readBattery(p, j)
		}
		m.noteText(p, "extension", j, m.end)
	}
}

// readAppended passes the reserved field or mask, and what the mask says was appended.
func (m *message) readAppended(p *protocols.Position, i int) int {
	b := m.at(i)
	if hasDot(b) {
		return i // battery trackers can have the mileage here
	}
	i++
	mask, ok := hexadecimal(b)
	if !ok || len(b) != 2 || mask > 7 {
		return i
	}
	for bit := range 3 {
		if mask>>bit&1 == 0 || i >= m.end {
			continue
		}
		if bit == 0 {
			if v, ok := within(m.at(i), 0, 99).Get(); ok {
				p.Satellites = protocols.Some(int(v))
			}
		} else {
			noteNumber(p, [...]string{1: "gnss_trigger", 2: "gnss_jamming_state"}[bit], m.at(i))
		}
		i++
	}
	return i
}

// findStatus finds the device's status: six hexadecimal digits (ten in some models, four of them reserved) that start
// with a state of motion; negative if there is none.
func (m *message) findStatus(i int) int {
	for ; i < m.end; i++ {
		b := m.at(i)
		if len(b) == 10 {
			b = b[4:]
		}
		if len(b) == 6 && motionName(b[:2]) != "" {
			if _, ok := hexadecimal(b); ok {
				return i
			}
		}
	}
	return -1
}

// readMileages reads mileage and hour meter, in either order, and gives the first field that is neither nor empty; from
// i itself it gives i if that is neither.
func (m *message) readMileages(p *protocols.Position, i, end int) int {
	for j := i; j < end; j++ {
		b := m.at(j)
		if s, ok := seconds(b); ok {
			p.Note("engine_hours_s", protocols.Int(s))
			i = j + 1
			continue
		}
		switch {
		case len(b) == 0:
		case hasDot(b) && !p.Odometer.OK:
			m.readMileage(p, b)
			i = j + 1
		default:
			return max(i, j)
		}
	}
	return i
}

// readMileage reads a mileage in km.
func (m *message) readMileage(p *protocols.Position, b []byte) {
	if v, ok := within(b, 0, 1e10).Get(); ok {
		p.Odometer = protocols.Some(v * 1000)
	}
}

// readAnalogs reads the analogue inputs between field i and end: mV, or with an F before it the percentage of a tank.
func (m *message) readAnalogs(p *protocols.Position, i, end int) {
	for n := 1; i < end && n <= 4; i, n = i+1, n+1 {
		b := m.at(i)
		if len(b) > 1 && b[0] == 'F' {
			noteNumber(p, fuelNames[n-1], b[1:])
		} else if v, scale, ok := decimal(b); ok && scale == 0 {
			p.Note(analogNames[n-1], protocols.Decimal(v, 3))
		}
	}
}

var (
	analogNames = [...]string{"adc_1_v", "adc_2_v", "adc_3_v", "adc_4_v"}
	fuelNames   = [...]string{"fuel_1_percent", "fuel_2_percent", "fuel_3_percent", "fuel_4_percent"}
)

// readStatus reads the device's status: state of motion, inputs (the lowest bit is the ignition's) and outputs.
func (m *message) readStatus(p *protocols.Position, b []byte) {
	b = b[len(b)-6:]
	readMotion(p, b[:2])
	in, _ := hexadecimal(b[2:4])
	out, _ := hexadecimal(b[4:])
	p.Note("inputs", protocols.Int(int64(in)))
	p.Note("outputs", protocols.Int(int64(out)))
}

// readWired reads a tail without a status: two analogue inputs and the battery, or three of them and the inputs and
// outputs (GV200).
func (m *message) readWired(p *protocols.Position, i int) {
	if !model(m.version, "04") && !model(m.version, "35") {
		m.readAnalogs(p, i, i+2)
		p.BatteryPercent = within(m.at(i+2), 0, 100)
		m.readExtension(p, i+3)
		return
	}
	m.readAnalogs(p, i, i+3)
	for j, name := range [...]string{"inputs", "outputs"} {
		if v, ok := hexadecimal(m.at(i + 3 + j)); ok {
			p.Note(name, protocols.Int(int64(v)))
		}
	}
	m.readExtension(p, i+5)
}

// isGL5 is whether a device type is a GL500 or one of its kin.
func isGL5(version []byte) bool {
	return model(version, "11") || model(version, "40") || model(version, "44") || model(version, "DE")
}

// readBattery reads the battery of a battery tracker from field i; it gives the field after it, or i.
func (m *message) readBattery(p *protocols.Position, i int) int {
	if model(m.version, "DE") && m.kind.code != "ERI" && i+2 < m.end {
		i += 2
	}
	if j := m.readCharge(p, i); j > i {
		return j
	}
	if len(m.at(i)) == 1 && i+1 < m.end && isPercent(m.at(i+1)) {
		noteNumber(p, "signal_bars", m.at(i))
		i++
	}
	if i >= m.end || !isPercent(m.at(i)) {
		return i
	}
	p.BatteryPercent = within(m.at(i), 0, 100)
	return i + 1
}

// isPercent is whether b is a whole number of at most 100.
func isPercent(b []byte) bool { return len(b) <= 3 && digits(b) && within(b, 0, 100).OK }

// readCharge reads satellites or light, mV of the battery, its percentage, mode, motion and temperature, with which the
// reports of some battery trackers end; it gives the field after them, or i.
func (m *message) readCharge(p *protocols.Position, i int) int {
	volts, mode, moving := m.at(i+1), m.at(i+3), m.at(i+4)
	switch {
	case i+6 > m.end, len(m.at(i)) > 2, !digits(m.at(i)), !isPercent(m.at(i + 2)):
		return i
	case len(mode) != 1, len(moving) > 1, len(volts) > 0 && (!digits(volts) || len(volts) > 5):
		return i
	}
	if mv, ok := within(volts, 1000, 99_999).Get(); ok {
		p.BatteryVolts = protocols.Some(mv / 1000)
	}
	p.BatteryPercent = within(m.at(i+2), 0, 100)
	if len(moving) == 1 {
		p.Note("moving", protocols.Bool(moving[0] == '1'))
	}
	noteNumber(p, "temperature_c", m.at(i+5))
	return i + 6
}
