package totem

import (
	"bytes"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// decoder reads the body of one frame into one position.
type decoder struct {
	*frame
	position *protocols.Position
}

// read tells the dialect by the frame's length, commas and bars.
func (d *decoder) read() error {
	switch {
	case d.decimal && len(d.body) > 12 && d.body[12] == ',':
		return d.readCommas()
	case d.decimal:
		return d.readPlaces()
	case bytes.IndexByte(d.body, '|') < 0:
		return d.readOldPlaces()
	case len(d.body) > 14 && d.body[14] == '|':
		return d.readBars()
	}
	return d.readSentence()
}

// fail is the error of a field of the body, which is then kept as it is.
func (d *decoder) fail(field string, at int, err error) error {
	noteText(d.position, "payload", d.body)
	return &wire.Error{Field: field, Offset: d.start + at, Err: err}
}

// byInterval is the alarm code of a report that has no other reason.
const byInterval = 0xAA

// alarm takes an alarm code by a dialect's table.
func (d *decoder) alarm(w wire.Field, table *[256]protocols.Alarms) {
	code, ok := w.Hex()
	if !ok || code == byInterval || code > 0xFF {
		return
	}
	d.position.Note("alarm_code", protocols.Int(int64(code)))
	d.position.Alarms |= table[code]
}

// The alarms by their code: of frames with a hexadecimal length, and of those with a decimal one.
var (
	oldAlarms = [256]protocols.Alarms{
		0x01: protocols.AlarmSOS, 0x10: protocols.AlarmLowBattery, 0x11: protocols.AlarmOverspeed,
		0x30: protocols.AlarmGeneral, // parked too long
		0x42: protocols.AlarmGeofenceExit, 0x43: protocols.AlarmGeofenceEnter,
	}
	newAlarms = [256]protocols.Alarms{
		0x01: protocols.AlarmSOS, 0x02: protocols.AlarmOverspeed, 0x04: protocols.AlarmGeofenceExit,
		0x05: protocols.AlarmGeofenceEnter, 0x06: protocols.AlarmTow, 0x07: protocols.AlarmGPSAntennaCut,
		0x10: protocols.AlarmPowerCut, 0x11: protocols.AlarmPowerRestored, 0x12: protocols.AlarmLowPower,
		0x13: protocols.AlarmLowBattery, 0x40: protocols.AlarmVibration, 0x41: protocols.AlarmIdle,
		0x42: protocols.AlarmHardAcceleration, 0x43: protocols.AlarmHardBraking,
	}
)

// place takes degrees and minutes with the letter of the hemisphere.
func (d *decoder) place(latitude, ns, longitude, ew wire.Field, valid bool) {
	lat, ok1 := latitude.Degrees()
	lon, ok2 := longitude.Degrees()
	if !ok1 || !ok2 || lat > 90 || lon > 180 || lat == 0 && lon == 0 {
		return
	}
	if string(ns) == "S" {
		lat = -lat
	}
	if string(ew) == "W" {
		lon = -lon
	}
	p := d.position
	p.Located, p.Latitude, p.Longitude, p.Valid = true, lat, lon, valid
}

func (d *decoder) speed(kmh float64, ok bool) {
	if ok && kmh >= 0 && kmh < 2000 {
		d.position.Speed = protocols.Some(kmh)
	}
}

func (d *decoder) course(v float64, ok bool) {
	if v == 360 {
		v = 0
	}
	if ok && v >= 0 && v < 360 {
		d.position.Course = protocols.Some(v)
	}
}

// kilometres takes the odometer.
func (d *decoder) kilometres(w wire.Field) {
	if v, ok := w.Float(); ok && v >= 0 && v < 1e8 {
		d.position.Odometer = protocols.Some(math.Round(v*1e5) / 100)
	}
}

func (d *decoder) hdop(w wire.Field) {
	if v, ok := w.Float(); ok && v >= 0 && v < 1000 {
		d.position.HDOP = protocols.Some(v)
	}
}

// battery takes tenths or hundredths of a volt.
func (d *decoder) battery(w wire.Field, unit float64) {
	if v, ok := w.Int64(); ok && v >= 0 {
		d.position.BatteryVolts = protocols.Some(float64(v) / unit)
	}
}

// supply takes volts or hundredths of them.
func (d *decoder) supply(w wire.Field, unit float64) {
	if v, ok := w.Int64(); ok && v >= 0 {
		d.position.ExternalVolts = protocols.Some(float64(v) / unit)
	}
}

// cell takes area and cell; without country and network they are attributes.
func (d *decoder) cell(area, id, network, country wire.Field) {
	lac, ok1 := area.Hex()
	cid, ok2 := id.Hex()
	if !ok1 || !ok2 || lac|cid == 0 || lac > 0xFFFFFFFF {
		return
	}
	mnc, ok1 := network.Int64()
	mcc, ok2 := country.Int64()
	if ok1 && ok2 && mcc > 0 && mcc < 1000 && mnc >= 0 {
		d.position.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: cid})
		return
	}
	d.position.Note("cell_lac", protocols.Int(int64(lac)))
	d.position.Note("cell_id", protocols.Int(int64(cid)))
}

// flag adds a bit of a status.
func (d *decoder) flag(name string, on bool) { d.position.Note(name, protocols.Bool(on)) }
