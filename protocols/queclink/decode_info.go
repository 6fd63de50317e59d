package queclink

import (
	"bytes"
	"math"

	"drover/protocols"
)

// readInfo reads a report that has no fix by its kind.
func (m *message) readInfo(p *protocols.Position) {
	switch m.kind.code {
	case "INF":
		m.readINF(p)
	case "CID":
		p.ICCID = m.iccid(m.own)
	case "VER":
		for i, name := range [...]string{"device_type", "firmware", "hardware"} {
			m.noteText(p, name, m.own+i, m.own+i+1)
		}
	case "GSM":
		m.readGSM(p)
	case "BAT":
		m.readBAT(p)
	case "WIF":
		p.BatteryPercent = within(m.at(m.end-1), 0, 100)
		m.noteText(p, "wifi", m.own, m.end-1)
	case "LBS":
		m.readLBS(p)
	case "DAT", "DTT":
		m.noteText(p, "serial_data", m.own, m.end)
	}
}

// Where the fields of GTINF are, counted from its first own field.
const (
	infState    = 0
	infICCID    = 1
	infSignal   = 2
	infBER      = 3
	infMain     = 4 // whether the supply is connected
	infPower    = 5 // its mV; battery trackers have their mileage in km here
	infSecond   = 6 // GV600: the mV of a second supply
	infBattery  = 7 // V
	infCharging = 8
	infLastFix  = 10 // the first field that can be the time of the last fix
)

// readINF reads the state of the device.
func (m *message) readINF(p *protocols.Position) {
	i := m.own
	readMotion(p, m.at(i+infState))
	p.ICCID = m.iccid(i + infICCID)
	p.SignalPercent = signal(m.at(i + infSignal))
	noteNumber(p, "bit_error_rate", m.at(i+infBER))
	if b := m.at(i + infMain); len(b) == 1 {
		p.Note("external_power", protocols.Bool(b[0] != '0'))
	}
	i = m.readSensor(p, i)
	power := m.at(i + infPower)
	battery := len(power) == 0 || hasDot(power) // a battery tracker
	if hasDot(power) {
		m.readMileage(p, power)
	} else {
		m.readPower(p, power)
	}
	if v, scale, ok := decimal(m.at(i + infSecond)); ok && scale == 0 && !battery && len(m.at(i+infSecond)) > 2 {
		p.Note("external_2_v", protocols.Decimal(v, 3))
	}
	p.BatteryVolts = within(m.at(i+infBattery), 0, 100)
	if b := m.at(i + infCharging); len(b) == 1 {
		p.Note("charging", protocols.Bool(b[0] != '0'))
	}
	rest := i + infCharging + 1
	for j := i + infLastFix; j < m.end; j++ {
		if v, _, ok := decimal(m.at(j)); ok && isMoment(m.at(j)) {
			p.Note("last_fix_at", protocols.Int(v))
			if battery {
				p.BatteryPercent = within(m.at(j+1), 0, 100)
			}
			rest = j + 1
			break
		}
	}
	m.noteText(p, "extension", rest, m.end)
}

// readSensor reads the Bluetooth sensor that some battery trackers have before their mileage: address, temperature,
// humidity. It gives where the first own field would be if there were none.
func (m *message) readSensor(p *protocols.Position, i int) int {
	for mac := i + infPower; mac <= i+infPower+1; mac++ {
		if _, ok := hexadecimal(m.at(mac)); ok && len(m.at(mac)) == 12 {
			m.noteText(p, tags[0].id, mac, mac+1)
			noteNumber(p, tags[0].temperature, m.at(mac+1))
			noteNumber(p, tags[0].humidity, m.at(mac+2))
			return mac + 3 - infPower
		}
	}
	return i
}

// iccid is field i as the SIM's number; "" if it is none.
func (m *message) iccid(i int) string {
	if b := m.at(i); len(b) < 10 || len(b) > 22 || !isID(b[:min(len(b), 20)]) || i >= m.end {
		return ""
	}
	return m.text(i, i+1)
}

// signal is a CSQ 0–31, or of LTE 0–97, as a percentage; 99 is unknown.
func signal(b []byte) (percent protocols.Opt[int]) {
	v, ok := within(b, 0, 97).Get()
	switch {
	case !ok || hasDot(b):
		return percent
	case v <= 31:
		return protocols.Some(int(math.Round(v * 100 / 31)))
	}
	return protocols.Some(int(math.Round(v * 100 / 97)))
}

// readGSM reads cells of six fields each, the neighbours first; the last one serves.
func (m *message) readGSM(p *protocols.Position) {
	m.noteText(p, "fix_type", m.own, m.own+1)
	last := m.end - 6
	for ; last > m.own && !m.readCell(p, last); last -= 6 {
	}
	if last > m.own {
		p.SignalPercent = rxLevel(m.at(last + 4))
		m.noteText(p, "neighbour_cells", m.own+1, last)
	}
}

// readLBS reads trigger, type, battery, five fields of state and a mask, and then cells of six fields, the serving one
// first.
func (m *message) readLBS(p *protocols.Position) {
	const battery, cells = 2, 8
	if i := m.own + battery; isPercent(m.at(i)) {
		p.BatteryPercent = within(m.at(i), 0, 100)
	}
	for i := m.own + cells; i+5 <= m.end; i++ {
		if len(m.at(i)) >= 3 && m.readCell(p, i) {
			p.SignalPercent = rxLevel(m.at(i + 4))
			m.noteText(p, "neighbour_cells", i+6, m.end)
			return
		}
	}
}

// rxLevel is a received level 0–63 as a percentage.
func rxLevel(b []byte) (percent protocols.Opt[int]) {
	if v, ok := within(b, 0, 63).Get(); ok && !bytes.ContainsRune(b, '.') {
		return protocols.Some(int(math.Round(v * 100 / 63)))
	}
	return percent
}

// readBAT reads the supplies: main on, its voltage or nothing, percentage of the battery, its V, charging, LED.
func (m *message) readBAT(p *protocols.Position) {
	if b := m.at(m.own); len(b) == 1 {
		p.Note("external_power", protocols.Bool(b[0] != '0'))
	}
	m.readPower(p, m.at(m.own+1))
	if v := within(m.at(m.own+2), 2, 100); v.OK {
		p.BatteryPercent = v // 0 and 1 are whether the battery is on, of vehicle trackers
	}
	p.BatteryVolts = within(m.at(m.own+3), 0, 100)
	if b := m.at(m.own + 4); len(b) == 1 {
		p.Note("charging", protocols.Bool(b[0] != '0'))
	}
}
