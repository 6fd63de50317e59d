package h02

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// decodeHeartbeat reads V0, HTBT and XT: the battery in percent, if it is said.
func (s *sentence) decodeHeartbeat(m *protocols.Message) error {
	if percent, ok := number(s.at(fieldFirst)); ok && percent <= 100 {
		s.entry.open(m).BatteryPercent = protocols.Some(float64(percent))
	}
	return nil
}

// readStamp reads the date and status that end a sentence without a place, with the time in its first field. It gives
// the field of the date, 0 and an error if it is not where a date can be.
func (s *sentence) readStamp(p *protocols.Position) (int, error) {
	for i := s.n - 2; i > fieldFirst; i-- {
		status := s.at(i + 1)
		if !digits(s.at(i), 6) || len(status) != 8 {
			continue
		}
		if word, ok := hexNumber(status); ok {
			p.Time = timeOf(s.at(i), s.at(fieldFirst))
			readStatus(p, uint32(word), dialectOf(s.at(fieldID), s.at(fieldType), false))
			return i, nil
		}
	}
	return 0, s.fail("date and status", s.n, wire.ErrShort)
}

// decodeNBR reads the neighbour cells: mcc, mnc, timing advance, count, then area, cell and level of each, date, status
// and sometimes the battery's level.
func (s *sentence) decodeNBR(m *protocols.Message) error {
	p := s.entry.open(m)
	date, err := s.readStamp(p)
	if err == nil && date < fieldFirst+5 {
		err = s.fail("cells", date, wire.ErrShort)
	}
	if err != nil {
		m.Positions = nil
		return err
	}
	const cells = fieldFirst + 5
	if cells+1 < date {
		readCell(p, s.at(fieldFirst+1), s.at(fieldFirst+2), s.at(cells), s.at(cells+1), sinoTrack)
	}
	noteCells(p, s.span(cells, date))
	if level, ok := number(s.at(date + 2)); ok {
		readLevel(p, level)
	}
	return nil
}

// decodeLink reads LINK: signal and battery in percent, satellites, steps and turnovers.
func (s *sentence) decodeLink(m *protocols.Message) error {
	p := s.entry.open(m)
	date, err := s.readStamp(p)
	if err == nil && date != fieldFirst+6 {
		err = s.fail("date", date, wire.ErrValue)
	}
	if err != nil {
		m.Positions = nil
		return err
	}
	if v, ok := number(s.at(fieldFirst + 1)); ok && v <= 100 {
		p.SignalPercent = protocols.Some(v)
	}
	if v, ok := number(s.at(fieldFirst + 2)); ok && v <= 255 {
		p.Satellites = protocols.Some(v)
	}
	if v, ok := number(s.at(fieldFirst + 3)); ok && v <= 100 {
		p.BatteryPercent = protocols.Some(float64(v))
	}
	noteText(p, "steps", s.at(fieldFirst+4))
	noteText(p, "turnovers", s.at(fieldFirst+5))
	return nil
}

// decodeBase reads BASE: one cell.
func (s *sentence) decodeBase(m *protocols.Message) error {
	p := s.entry.open(m)
	if _, err := s.readStamp(p); err != nil {
		m.Positions = nil
		return err
	}
	readCell(p, s.at(fieldFirst+1), s.at(fieldFirst+2), s.at(fieldFirst+3), s.at(fieldFirst+4), sinoTrack)
	return nil
}

// decodeBS reads BS of the H06 family, all hexadecimal: time, mcc, mnc, then area, cell and level of each cell, date,
// status, and the battery in decimal percent.
func (s *sentence) decodeBS(m *protocols.Message) error {
	if s.n < fieldFirst+8 {
		return s.fail("cells", s.n, wire.ErrShort)
	}
	p := s.entry.open(m)
	status, word := s.findStatus(s.n - 3)
	if status == 0 {
		m.Positions = nil
		return s.fail("vehicle status", s.n-2, wire.ErrValue)
	}
	p.Time = timeOf(s.at(status-1), s.at(fieldFirst))
	readCell(p, s.at(fieldFirst+1), s.at(fieldFirst+2), s.at(fieldFirst+3), s.at(fieldFirst+4), tkStar)
	noteCells(p, s.span(fieldFirst+3, status-1))
	readStatus(p, word, dialectOf(s.at(fieldID), nil, true))
	if v, ok := number(s.at(status + 1)); ok && v <= 100 {
		p.BatteryPercent = protocols.Some(float64(v))
	}
	return nil
}

// decodeVP1 reads VP1 without a place: V, mcc, mnc, then area, cell and level of each cell, joined by Y.
func (s *sentence) decodeVP1(m *protocols.Message) error {
	const cells = fieldFirst + 3
	if s.n <= cells+1 {
		return s.fail("cells", s.n, wire.ErrShort)
	}
	p := s.entry.open(m)
	readCell(p, s.at(fieldFirst+1), s.at(fieldFirst+2), s.at(cells), s.at(cells+1), sinoTrack)
	noteCells(p, s.span(cells, s.n))
	return nil
}

// batteryUnit is the unit of the V3's battery in volts: 0292 is 3.6 V. The Cantrack paper (2.2) reads 0256 as 3.27 V.
const batteryUnit = 3.6 / 0x292

// decodeV3 reads V3 without a place: mcc and mnc in one, the count, then area, cell, level and dBm of each cell, the
// battery, the restarts, X, date and status.
func (s *sentence) decodeV3(m *protocols.Message) error {
	p := s.entry.open(m)
	date, err := s.readStamp(p)
	network := s.at(fieldFirst + 1)
	if err == nil && (date < fieldFirst+6 || len(network) < 4 || len(network) > 6) {
		err = s.fail("base info", fieldFirst+1, wire.ErrValue)
	}
	if err != nil {
		m.Positions = nil
		return err
	}
	const cells = fieldFirst + 3
	if cells+1 < date-3 {
		readCell(p, network[:3], network[3:], s.at(cells), s.at(cells+1), sinoTrack)
	}
	noteCells(p, s.span(cells, date-3))
	readBattery(p, s.at(date-3))
	noteText(p, "restarts", s.at(date-2))
	return nil
}

// readBattery reads four hexadecimal digits in units of batteryUnit.
func readBattery(p *protocols.Position, b []byte) {
	if v, ok := hexNumber(b); ok && len(b) == 4 && v > 0 {
		p.BatteryVolts = protocols.Some(float64(v) * batteryUnit)
	}
}

// decodeV5 reads V5 without a place: a time in some firmwares, the count of networks, the address and level of each,
// the battery, date and status.
func (s *sentence) decodeV5(m *protocols.Message) error {
	p := s.entry.open(m)
	date, err := s.readStamp(p)
	first := fieldFirst + 1
	if digits(s.at(fieldFirst), 6) {
		first++
	}
	if err == nil && date-1 < first {
		err = s.fail("wifi info", date, wire.ErrShort)
	}
	if err != nil {
		m.Positions = nil
		return err
	}
	if networks := s.span(first, date-1); len(networks) > 0 {
		p.Note("wifi", protocols.Text(string(networks)))
	}
	readBattery(p, s.at(date-1))
	return nil
}

// decodeResult reads V4: the command, its parameters and time, then a position or, in the Cantrack dialect, words.
func (s *sentence) decodeResult(m *protocols.Message, ns int) error {
	if ns >= fieldFirst+4 {
		m.Result = result(s.span(fieldFirst, ns-3))
		return s.decodePosition(m, ns)
	}
	return s.decodeWords(m, fieldFirst, s.n)
}

// decodeWords reads an answer in words, as it would come by SMS: it may name the supply, the battery, the signal and
// the ignition, each after a colon.
func (s *sentence) decodeWords(m *protocols.Message, from, to int) error {
	words := s.span(from, to)
	m.Result = result(words)
	var p protocols.Position
	for word := range bytes.FieldsFuncSeq(words, func(r rune) bool { return r == ',' || r == '\n' || r == ' ' }) {
		if name, value, ok := bytes.Cut(word, []byte{':'}); ok {
			readWord(&p, name, value)
		}
	}
	if p.ExternalVolts.OK || p.BatteryPercent.OK || p.SignalPercent.OK || p.Ignition.OK || p.Attributes != nil {
		m.Positions = []protocols.Position{p}
	}
	return nil
}

// readWord reads NAME:value of an answer.
func readWord(p *protocols.Position, name, value []byte) {
	switch string(name) {
	case "VOLT":
		if v, ok := float(bytes.TrimRight(value, "vV")); ok && v < 1000 {
			p.ExternalVolts = protocols.Some(v)
		}
	case "BAT":
		if v, ok := number(bytes.TrimRight(value, "%")); ok && v <= 100 {
			p.BatteryPercent = protocols.Some(float64(v))
		}
	case "OIL":
		if v, ok := number(bytes.TrimRight(value, "%")); ok && v <= 100 {
			p.Note("fuel_percent", protocols.Int(int64(v)))
		}
	case "GSM":
		if v, ok := number(value); ok {
			readCSQ(p, v)
		}
	case "ACC":
		switch string(value) {
		case "1", "ON":
			p.Ignition = protocols.Some(true)
		case "0", "OFF":
			p.Ignition = protocols.Some(false)
		}
	}
}

// result is an answer; ERROR and FAIL are refusals.
func result(words []byte) *protocols.Result {
	refused := bytes.Contains(words, []byte("ERROR")) || bytes.Contains(words, []byte("FAIL"))
	return &protocols.Result{Text: string(words), Nack: refused}
}
