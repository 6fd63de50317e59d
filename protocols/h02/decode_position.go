package h02

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxKnots is the highest speed that is believed; the papers end at 999.99.
const maxKnots = 1000

// decodePosition reads time, validity, place, speed, course, date, status and what follows it. ns is the field of the
// latitude's hemisphere, by which the others are counted: V4 and VP1 have more or fewer before it. A place that can not
// be costs the place only.
func (s *sentence) decodePosition(m *protocols.Message, ns int) error {
	p := s.entry.open(m)
	err := s.readPlace(p, ns)
	if knots, ok := float(s.at(ns + 3)); ok && knots < maxKnots {
		p.Speed = protocols.Some(wire.KnotsToKMH(knots))
	}
	if course, ok := float(s.at(ns + 4)); ok {
		setCourse(p, course)
	}
	date := ns + 5
	if !digits(s.at(date), 6) && digits(s.at(date+1), 6) {
		if level, ok := number(s.at(date)); ok {
			readLevel(p, level)
		}
		date++
	}
	p.Time = timeOf(s.at(date), s.at(ns-3))
	if day := s.at(date); p.Time.IsZero() && digits(day, 6) && string(day) != "000000" {
		p.Note("date", protocols.Text(string(day)))
	}
	status, word := s.findStatus(date + 1)
	if status == 0 {
		end := s.n
		if !s.closed {
			end-- // it may be cut
		}
		if end <= date {
			m.Positions = nil
			return s.fail("vehicle status", s.n, wire.ErrShort)
		}
		s.readBefore(p, date+1, end)
		return err
	}
	d := dialectOf(s.at(fieldID), s.at(fieldType), s.n > status+1)
	s.readBefore(p, date+1, status)
	readStatus(p, word, d)
	if s.closed {
		s.readTail(p, status+1, d)
	}
	return err
}

// readPlace reads latitude, longitude and validity. A place of which nothing is said, or 0, 0, is none.
func (s *sentence) readPlace(p *protocols.Position, ns int) error {
	lat, lon := s.at(ns-1), s.at(ns+1)
	said := isLetter(s.at(ns), 'N', 'S') && isLetter(s.at(ns+2), 'E', 'W')
	if !said || len(lat) == 0 && len(lon) == 0 {
		return nil
	}
	latitude, ok := degrees(lat)
	if !ok || latitude > 90 {
		return s.fail("latitude", ns-1, wire.ErrValue)
	}
	longitude, ok := degrees(lon)
	if !ok || longitude > 180 {
		return s.fail("longitude", ns+1, wire.ErrValue)
	}
	if latitude == 0 && longitude == 0 {
		return nil
	}
	if s.at(ns)[0] == 'S' {
		latitude = -latitude
	}
	if s.at(ns + 2)[0] == 'W' {
		longitude = -longitude
	}
	p.Located, p.Latitude, p.Longitude = true, latitude, longitude
	p.Valid = isFix(s.at(ns - 2))
	return nil
}

// isFix is whether the validity field says so: A, B (BeiDou, the Cantrack paper), or the number of a coding scheme.
func isFix(validity []byte) bool {
	return isLetter(validity, 'A', 'B') || isLetter(validity, 'a', 'b') || wire.Digits(validity)
}

// findStatus is the first field of eight hexadecimal digits among the next four, and its value; 0 if there is none.
func (s *sentence) findStatus(from int) (field int, word uint32) {
	for i := from; i < min(from+4, s.n); i++ {
		if b := s.at(i); len(b) == 8 {
			if v, ok := hexNumber(b); ok {
				return i, uint32(v)
			}
		}
	}
	return 0, 0
}

// readBefore reads what V19 has between date and status: the SIM's number or server, and its ICCID.
func (s *sentence) readBefore(p *protocols.Position, from, to int) {
	for i := from; i < to; i++ {
		if b := s.at(i); isICCID(b) {
			p.ICCID = string(b)
		} else if len(b) > 0 {
			p.Note("sim", protocols.Text(string(b)))
		}
	}
}

// isICCID is 18 to 20 digits, the last of which may be padding, that start with 89 (ITU-T E.118).
func isICCID(b []byte) bool {
	return len(b) >= 18 && len(b) <= 20 && b[0] == '8' && b[1] == '9' && wire.Digits(bytes.TrimRight(b, "Ff"))
}

// readTail reads what follows the status, by its shape: the cell and what the dialects have after it, or the six fields
// of the fuel tracker.
func (s *sentence) readTail(p *protocols.Position, from int, d dialect) {
	to := s.n
	for to > from && len(s.at(to-1)) == 0 {
		to--
	}
	rest := from
	switch {
	case to-from == 6 && bytes.IndexByte(s.at(from+2), '.') >= 0:
		s.readFuel(p, from)
		return
	case to-from >= 4 && readCell(p, s.at(from), s.at(from+1), s.at(from+2), s.at(from+3), d):
		rest = from + 4
	}
	switch to - rest {
	case 10:
		for i := range 3 {
			noteText(p, numbered("wifi_", i+1), s.span(rest+2*i, rest+2*i+2))
		}
		s.readSupply(p, to-4)
		return
	case 4:
		if rest > from {
			s.readSupply(p, rest)
			return
		}
	case 1:
		if readLast(p, s.at(rest), d) {
			return
		}
	}
	for i := rest; i < to; i++ {
		noteText(p, numbered("io", i-from+1), s.at(i))
	}
}

// readSupply reads the end of a V8: satellites, CSQ, the supply in 0.1 V, and the battery in percent.
func (s *sentence) readSupply(p *protocols.Position, from int) {
	if n, ok := number(s.at(from)); ok && n <= 255 {
		p.Satellites = protocols.Some(n)
	}
	if n, ok := number(s.at(from + 1)); ok {
		readCSQ(p, n)
	}
	if n, ok := number(s.at(from + 2)); ok && n <= 10000 {
		p.ExternalVolts = protocols.Some(float64(n) / 10)
	}
	if n, ok := number(s.at(from + 3)); ok && n <= 100 {
		p.BatteryPercent = protocols.Some(float64(n))
	}
}

// readLast reads the one field after the cell: the ICCID of a V6, the CSQ of a TK-STAR, the battery of the others.
func readLast(p *protocols.Position, b []byte, d dialect) bool {
	if isICCID(b) {
		p.ICCID = string(b)
		return true
	}
	n, ok := number(b)
	switch {
	case !ok || n > 100:
		return false
	case d == tkStar:
		readCSQ(p, n)
		return n <= 31 || n == 99
	}
	readLevel(p, n)
	return true
}

// readFuel reads odometer in metres, temperature, fuel level, altitude, and the area and cell in hexadecimal.
func (s *sentence) readFuel(p *protocols.Position, from int) {
	if v, ok := number(s.at(from)); ok && v < 1e12 {
		p.Odometer = protocols.Some(float64(v))
	}
	if v, ok := signed(s.at(from + 1)); ok {
		p.Note("temperature_c", protocols.Int(int64(v)))
	}
	noteText(p, "fuel_level", s.at(from+2))
	if v, ok := signed(s.at(from + 3)); ok && v > -1000 && v < 100000 {
		p.Altitude = protocols.Some(float64(v))
	}
	for i, name := range [...]string{"lac", "cid"} {
		if v, ok := hexNumber(s.at(from + 4 + i)); ok {
			p.Note(name, protocols.Int(int64(v)))
		}
	}
}

// signed reads a whole number that may have a minus.
func signed(b []byte) (int, bool) {
	if len(b) > 0 && b[0] == '-' {
		v, ok := number(b[1:])
		return -v, ok
	}
	return number(b)
}
