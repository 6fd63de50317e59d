package gps103

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// The columns of an OBD line.
const (
	obdMileage = 3 + iota
	obdInstant
	obdAverage
	obdHours
	obdSpeed
	obdLoad
	obdCoolant
	obdThrottle
	obdRPM
	obdVolts
	obdCodes
)

// obd reads what the car's diagnosis says; it carries no place.
func (c *codec) obd(s *wire.Columns, p *protocols.Position) {
	p.Time = c.local(s.At(colLocal))
	if v, ok := s.At(obdMileage).Float(); ok && v >= 0 && v < 1e9 {
		p.Odometer = protocols.Some(v * c.unit)
	}
	noteColumn(p, "fuel_rate_l_h", s.At(obdInstant))
	noteColumn(p, "fuel_consumption_l_100km", s.At(obdAverage))
	if v, ok := s.At(obdHours).Int(); ok && v < 1e9 {
		p.Note("engine_hours_s", protocols.Int(int64(v)*3600))
	}
	noteColumn(p, "obd_speed_kmh", s.At(obdSpeed))
	notePercent(p, "engine_load_percent", s.At(obdLoad))
	noteColumn(p, "coolant_temperature_c", s.At(obdCoolant))
	notePercent(p, "throttle_percent", s.At(obdThrottle))
	noteColumn(p, "rpm", s.At(obdRPM))
	if v, ok := s.At(obdVolts).Float(); ok && v >= 0 && v < 1000 {
		p.BatteryVolts = protocols.Some(v)
	}
	for i := obdCodes; i < s.Len(); i++ {
		if b := s.At(i); len(b) > 0 {
			p.Note("dtc", protocols.Text(string(b)))
		}
	}
}

// The columns of the dialect that ends with an asterisk.
const (
	dashName = 1 + iota
	dashCard1
	dashCard2
	dashCard3
	dashClock
	dashDate
	dashSignal
	dashValid
	dashLatitude
	dashLongitude
	dashSpeed
	dashCourse
	dashAltitude
	dashHDOP
	dashSatellites
	dashIgnition
	dashCharge
	dashEnd
)

// isDashboard is whether the clock and the date stand where only that dialect has them, and decimal degrees follow.
func isDashboard(s *wire.Columns) bool {
	_, clock := s.At(dashClock).Pairs(3)
	_, date := s.At(dashDate).Pairs(3)
	return clock && date && s.Len() > dashLongitude
}

// dashboard reads hhmmss, ddmmyy, CSQ, validity, decimal degrees, km/h, course, altitude, HDOP and satellites.
func dashboard(s *wire.Columns, p *protocols.Position) {
	clock, _ := s.At(dashClock).Pairs(3)
	date, _ := s.At(dashDate).Pairs(3)
	p.Time = wire.Moment(date[2], date[1], date[0], clock[0], clock[1], clock[2])
	noteColumn(p, "name", s.At(dashName))
	for i := dashCard1; i <= dashCard3; i++ {
		if b := s.At(i); len(b) > 0 && b[0] != '-' {
			noteColumn(p, "card", b)
		}
	}
	if csq, ok := s.At(dashSignal).Int(); ok && csq >= 0 && csq <= 31 {
		p.SignalPercent = protocols.Some((100*csq + 15) / 31)
	}
	lat, okLat := s.At(dashLatitude).Float()
	lon, okLon := s.At(dashLongitude).Float()
	if okLat && okLon && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 && (lat != 0 || lon != 0) {
		p.Located, p.Latitude, p.Longitude = true, lat, lon
		p.Valid = s.At(dashValid).Is("1")
	}
	if v, ok := s.At(dashSpeed).Float(); ok && v >= 0 && v < 2000 {
		p.Speed = protocols.Some(v)
	}
	if v, ok := s.At(dashCourse).Float(); ok && v >= 0 && v < 360 {
		p.Course = protocols.Some(v)
	}
	if v, ok := s.At(dashAltitude).Float(); ok && v > -1000 && v < 30000 {
		p.Altitude = protocols.Some(v)
	}
	if v, ok := s.At(dashHDOP).Float(); ok && v >= 0 && v < 100 {
		p.HDOP = protocols.Some(v)
	}
	if v, ok := s.At(dashSatellites).Int(); ok && v >= 0 && v < 100 {
		p.Satellites = protocols.Some(v)
	}
	if v, ok := flag(s.At(dashIgnition)); ok {
		p.Ignition = protocols.Some(v)
	}
	if v, ok := flag(s.At(dashCharge)); ok {
		p.Note("charging", protocols.Bool(v))
	}
	if b := s.At(dashEnd); len(b) > 0 && b[0] != '-' {
		noteColumn(p, "extra", s.Span(dashEnd, s.Len()))
	}
}

// isPhoto is whether the keyword opens a photo (vt) or is a part of one (vr).
func isPhoto(word wire.Field) bool {
	if len(word) < 2 || word[0] != 'v' || word[1] != 'r' && word[1] != 't' {
		return false
	}
	return len(word) == 2 || wire.Digits(word[2:])
}

// photo keeps a photo's part as it is.
func photo(s *wire.Columns, p *protocols.Position) {
	p.Note("event", protocols.Text(string(s.At(colWord))))
	if b := s.Span(colWord+1, s.Len()); len(b) > 0 {
		p.Note("photo", protocols.Text(string(b)))
	}
}
