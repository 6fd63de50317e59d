package queclink

import "drover/protocols"

// readBefore reads the fields between the head and the accuracy of the first fix, which is field b.
func (m *message) readBefore(p *protocols.Position, b int) {
	switch m.kind.shape {
	case shapeReport:
		m.readReportID(p, b)
	case shapeFields:
		m.readOwn(p, b)
	case shapeTravel:
		m.readTravel(p, b)
	case shapeCAN:
		m.readCAN(p, b)
	case shapeOBD:
		m.readOBD(p, b)
	case shapeSerial:
		m.noteText(p, "serial_data", m.own, b)
	default:
		m.noteText(p, "report", m.own, b)
		m.readTags(p, m.own, b)
	}
	m.conclude(p)
}

// readReportID reads what general position reports have before the fix: [mV,] id and type of the report as two digits
// (vehicle trackers) or as two fields (battery trackers), and the number of fixes.
func (m *message) readReportID(p *protocols.Position, b int) {
	if m.kind.code == "FRI" && b-m.own == 5 && isPercent(m.at(b-1)) { // a reserved field and the battery next to the fix
		p.BatteryPercent = within(m.at(b-1), 0, 100)
		b -= 2
	}
	report := m.at(b - 2)
	if b-2 < m.own {
		return
	}
	var id, kind uint64
	ok := false
	power := b - 3
	extended := len(m.at(b-4)) == 8 && b-4 >= m.own // ERI: mask, mV, one field for id and type
	switch {
	case len(report) == 2:
		if v, fine := hexadecimal(report); fine {
			id, kind, ok = v>>4, v&15, true
		}
	case len(report) == 1 && !extended:
		kind, ok = hexadecimal(report)
		if power >= m.own {
			id, _ = hexadecimal(m.at(power))
		}
		if len(m.at(power)) < 3 {
			power = m.own - 1 // battery trackers have none
		}
	}
	if power >= m.own {
		m.readPower(p, m.at(power))
	}
	if ok {
		m.readReportType(p, int64(id), int64(kind))
	}
	if extended {
		if mask, fine := hexadecimal(m.at(b - 4)); fine {
			p.Note("eri_mask", protocols.Int(int64(mask)))
		}
	}
}

// readPower reads the external supply in mV.
func (m *message) readPower(p *protocols.Position, b []byte) {
	if v, ok := number(b); ok && !hasDot(b) && v >= 0 && v <= 100_000 {
		p.ExternalVolts = protocols.Some(v / 1000)
	}
}

// readReportType says what the number of a report's type means for its kind.
func (m *message) readReportType(p *protocols.Position, id, kind int64) {
	switch m.kind.code {
	case "FRI", "ERI", "RTL", "SOS", "TOW":
		if kind == 1 && m.kind.event == "fix" {
			p.Note("corner", protocols.Bool(true))
		}
		return
	case "IGL", "VGL":
		p.Ignition = protocols.Some(kind == 0)
		return
	case "HBM":
		p.Alarms |= harsh(kind)
	case "GEO":
		p.Alarms |= [2]protocols.Alarms{protocols.AlarmGeofenceExit, protocols.AlarmGeofenceEnter}[kind&1]
	case "NMR":
		p.Note("moving", protocols.Bool(kind == 1))
		return
	case "DIS":
		if id > 0 && id < int64(len(inputNames)) {
			p.Note(inputNames[id], protocols.Bool(kind == 1))
			return
		}
	}
	p.Note("report_id", protocols.Int(id))
	p.Note("report_type", protocols.Int(kind))
}

var inputNames = [...]string{1: "input_1", 2: "input_2", 3: "input_3", 4: "input_4", 5: "input_5", 6: "input_6"}

// harsh is the alarm of a harsh behaviour: braking, acceleration, turning, or the first two in a turn.
func harsh(kind int64) protocols.Alarms {
	switch kind {
	case 0:
		return protocols.AlarmHardBraking
	case 1:
		return protocols.AlarmHardAcceleration
	case 2:
		return protocols.AlarmHardCornering
	case 3:
		return protocols.AlarmHardBraking | protocols.AlarmHardCornering
	case 4:
		return protocols.AlarmHardAcceleration | protocols.AlarmHardCornering
	}
	return protocols.AlarmGeneral
}

// readOwn reads the kind's own fields, of which the last one stands next to the fix.
func (m *message) readOwn(p *protocols.Position, b int) {
	first := b - len(m.kind.before)
	if first > m.own {
		m.noteText(p, "report", m.own, first)
	}
	for i, f := range m.kind.before {
		if j := first + i; j >= m.own {
			m.readField(p, f, j)
		}
	}
}

// readField reads field i of the text as f says.
func (m *message) readField(p *protocols.Position, f field, i int) {
	b := m.at(i)
	switch f.as {
	case asNumber:
		noteNumber(p, f.name, b)
	case asText:
		m.noteText(p, f.name, i, i+1)
	case asBool:
		if len(b) == 1 {
			p.Note(f.name, protocols.Bool(b[0] != '0'))
		}
	case asMotion:
		readMotion(p, b)
	case asVolts:
		if hasDot(b) {
			p.BatteryVolts = within(b, 0, 100)
		}
	}
}

// readTravel reads temperature and battery, which the battery trackers' reports of travel have next to the fix.
func (m *message) readTravel(p *protocols.Position, b int) {
	if b-1 >= m.own {
		p.BatteryPercent = within(m.at(b-1), 0, 100)
	}
	if b-2 > m.own && len(m.at(b-2)) > 1 {
		noteNumber(p, "temperature_c", m.at(b-2))
	}
}

// readMotion reads a state of motion: its first digit tells the ignition, 2 of the second that it moves.
func readMotion(p *protocols.Position, b []byte) bool {
	if len(b) != 2 || motionName(b) == "" {
		return false
	}
	p.Note("motion", protocols.Text(motionName(b)))
	switch b[0] {
	case '1':
		p.Ignition = protocols.Some(false)
	case '2':
		p.Ignition = protocols.Some(true)
	}
	return true
}

// motionName is the name of a state of motion; "" if there is no such state.
func motionName(b []byte) string {
	switch string(b) {
	case "11":
		return "ignition_off_rest"
	case "12":
		return "ignition_off_moving"
	case "16":
		return "tow"
	case "1A", "1a":
		return "fake_tow"
	case "21":
		return "ignition_on_rest"
	case "22":
		return "ignition_on_moving"
	case "41":
		return "rest"
	case "42":
		return "moving"
	}
	return ""
}

// conclude says what follows from the kind of a report and its own fields.
func (m *message) conclude(p *protocols.Position) {
	switch m.kind.code {
	case "IGN", "VGN":
		p.Ignition = protocols.Some(true)
	case "IGF", "VGF":
		p.Ignition = protocols.Some(false)
	case "STT":
		p.Alarms |= movement(m.lastOwn(p, "motion"))
	case "DAR":
		if string(m.at(m.own)) == "1" {
			p.Alarms |= protocols.AlarmFatigue
		}
	case "ANT":
		if v := m.lastOwn(p, "antenna_state"); v.Mantissa() == 1 || v.Mantissa() == 2 {
			p.Alarms |= protocols.AlarmGPSAntennaCut
		}
	case "JDS":
		if m.lastOwn(p, "jamming_state").Mantissa() == 2 {
			p.Alarms |= protocols.AlarmJamming
		}
	case "GPJ":
		if m.lastOwn(p, "jamming_state").Mantissa() == 3 {
			p.Alarms |= protocols.AlarmJamming
		}
	}
}

// movement is the alarm of a state of motion that a tracker has just come into; none if it came to rest.
func movement(v protocols.Value) protocols.Alarms {
	switch v.Raw() {
	case "tow", "fake_tow":
		return protocols.AlarmTow
	case "ignition_off_moving", "ignition_on_moving", "moving":
		return protocols.AlarmMovement
	}
	return 0
}

// lastOwn is the value of the last attribute if it has that name.
func (m *message) lastOwn(p *protocols.Position, name string) protocols.Value {
	if n := len(p.Attributes); n > 0 && p.Attributes[n-1].Name == name {
		return p.Attributes[n-1].Value
	}
	return protocols.Value{}
}
