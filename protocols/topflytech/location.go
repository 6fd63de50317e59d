package topflytech

import (
	"encoding/binary"
	"math"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// stamp reads a time of six bytes of BCD.
func (d *decoder) stamp() {
	b := d.Bytes("date and time", 6)
	if b == nil {
		return
	}
	v, ok := wire.BCDNumber(b)
	if !ok {
		return
	}
	day, clock := int(v/1e6), int(v%1e6)
	month, date, hour, minute, second := day/100%100, day%100, clock/10000, clock/100%100, clock%100
	if month < 1 || month > 12 || date < 1 || date > 31 || hour > 23 || minute > 59 || second > 59 {
		return
	}
	d.pos.Time = time.Date(2000+day/10000, time.Month(month), date, hour, minute, second, 0, time.UTC)
	d.said = true
}

// status takes the byte before a place: from memory, has a fix, receiver asleep, satellites.
func (d *decoder) status(b byte) {
	if d.Err() != nil {
		return
	}
	d.said = true
	d.pos.Satellites = protocols.Some(int(b & 0x1F))
	d.pos.Valid = b&0x40 != 0
	if b&0x80 != 0 {
		d.add("archive", protocols.Bool(true))
	}
}

// place reads altitude, longitude and latitude as numbers of four bytes, speed and course. Without a fix there are
// cells in their room. Where nothing says whether there is a fix, the bytes do.
func (d *decoder) place() {
	b := d.Bytes("location", 16)
	if b == nil {
		d.pos.Valid = false
		return
	}
	blank := true
	for _, c := range b {
		blank = blank && c == 0xFF
	}
	fix := d.pos.Valid || d.kind == kindBehaviour
	d.pos.Valid = false
	switch {
	case blank:
		return
	case fix:
		d.fix(b)
	default:
		d.cells(b)
	}
}

func (d *decoder) fix(b []byte) {
	altitude, longitude, latitude := float(b), float(b[4:]), float(b[8:])
	if !(math.Abs(latitude) <= 90 && math.Abs(longitude) <= 180) || latitude == 0 && longitude == 0 {
		return
	}
	p := d.pos
	p.Located, p.Valid, d.said = true, true, true
	p.Latitude, p.Longitude = latitude, longitude
	if altitude > -1000 && altitude < 100000 {
		p.Altitude = protocols.Some(altitude)
	}
	if !d.speedLater() {
		d.speed(b[12:14])
	}
	if course := binary.BigEndian.Uint16(b[14:]); course <= 360 {
		p.Course = protocols.Some(float64(course % 360))
	}
}

// speedLater is whether the speed stands behind the voltage: the locations of the 2626 line have no speed in the place.
func (d *decoder) speedLater() bool {
	if d.line != lineOBD {
		return false
	}
	switch d.kind {
	case kindLocation, kindAlarm, kindLocation3, kindAlarm3:
		return true
	}
	return false
}

// speed reads tenths of km/h in BCD; FFFF is none.
func (d *decoder) speed(b []byte) {
	if v, ok := wire.BCDNumber(b); ok {
		d.pos.Speed = protocols.Some(float64(v) / 10)
	}
}

func float(b []byte) float64 { return float64(math.Float32frombits(binary.LittleEndian.Uint32(b))) }

// cells reads the cell of a tracker without a fix: of LTE where the top bit is set, else of GSM with two neighbours.
func (d *decoder) cells(b []byte) {
	be, le := binary.BigEndian, binary.LittleEndian
	mcc := be.Uint16(b)
	switch {
	case mcc&0x8000 != 0 && isCountry(mcc&0x7FFF):
		d.cell(mcc&0x7FFF, be.Uint16(b[2:]), uint32(be.Uint16(b[8:])), uint64(be.Uint32(b[4:])))
	case isCountry(mcc):
		d.cell(mcc, be.Uint16(b[2:]), uint32(be.Uint16(b[4:])), uint64(be.Uint16(b[6:])))
	case isCountry(le.Uint16(b)):
		d.cell(le.Uint16(b), le.Uint16(b[2:]), uint32(le.Uint16(b[4:])), uint64(le.Uint16(b[6:])))
	}
}

func isCountry(mcc uint16) bool { return mcc >= 200 && mcc < 800 }

func (d *decoder) cell(mcc, mnc uint16, lac uint32, cid uint64) {
	if cid == 0 || mnc > 999 {
		return
	}
	d.pos.Cell = protocols.Some(protocols.Cell{MCC: mcc, MNC: mnc, LAC: lac, CID: cid})
	d.said = true
}

// axes reads the accelerations along three axes: each a sign (set: plus), a whole number of seven bits and tenths.
func (d *decoder) axes() {
	b := d.Bytes("acceleration", 5)
	if b == nil {
		return
	}
	v := uint64(b[0])<<32 | uint64(binary.BigEndian.Uint32(b[1:]))
	for i, name := range [...]string{"acceleration_x", "acceleration_y", "acceleration_z"} {
		part := v >> (28 - 12*i) & 0xFFF
		n := int64(part>>4&0x7F)*10 + int64(part&0xF)
		if part&0x800 == 0 {
			n = -n
		}
		d.add(name, protocols.Decimal(n, 1))
	}
}

// gyroscope reads six numbers behind a location of the types 16, 18, 33 and 34.
func (d *decoder) gyroscope() {
	switch d.kind {
	case kindLocation3, kindAlarm3, kindLocation4, kindAlarm4:
	default:
		return
	}
	if d.Len() < 12 {
		return
	}
	for _, name := range [...]string{"acceleration_x", "acceleration_y", "acceleration_z", "gyroscope_x", "gyroscope_y",
		"gyroscope_z"} {
		d.add(name, protocols.Int(int64(int16(d.U16(name)))))
	}
}

// alarmNames are the codes that have a name here.
var alarmNames = [...]protocols.Alarms{
	1: protocols.AlarmPowerCut, 2: protocols.AlarmLowBattery, 3: protocols.AlarmSOS, 4: protocols.AlarmOverspeed,
	5: protocols.AlarmGeofenceEnter, 6: protocols.AlarmGeofenceExit, 7: protocols.AlarmTow,
	8: protocols.AlarmVibration, 10: protocols.AlarmVibration, 21: protocols.AlarmJamming,
	23: protocols.AlarmPowerRestored, 24: protocols.AlarmLowPower,
}

// assetAlarms are the codes of the 2727 line.
var assetAlarms = [...]protocols.Alarms{
	1: protocols.AlarmRemoving, 2: protocols.AlarmTampering, 3: protocols.AlarmSOS, 4: protocols.AlarmRemoving,
	5: protocols.AlarmFall, 6: protocols.AlarmLowBattery, 14: protocols.AlarmGeofenceEnter,
	15: protocols.AlarmGeofenceExit,
}

// alarm takes the code of an alarm; 0 is none.
func (d *decoder) alarm(code byte) {
	d.code = code
	if code == 0 || d.Err() != nil {
		return
	}
	d.add("alarm_code", protocols.Int(int64(code)))
	names := alarmNames[:]
	if d.line == lineAsset {
		names = assetAlarms[:]
	}
	if int(code) < len(names) {
		d.pos.Alarms |= names[code]
	}
}

// percent reads a battery's level in BCD, where 00 is 100.
func (d *decoder) percent() {
	b := d.U8("battery")
	v := int(b>>4)*10 + int(b&15)
	switch {
	case d.Err() != nil || b>>4 > 9 || b&15 > 9:
	case v == 0:
		d.pos.BatteryPercent = protocols.Some(100.0)
	default:
		d.pos.BatteryPercent = protocols.Some(float64(v))
	}
}

// hundredths reads four digits of BCD as a number with two decimals; false if it is not there.
func (d *decoder) hundredths(name string) (int64, bool) {
	b := d.Bytes(name, 2)
	if b == nil {
		return 0, false
	}
	return wire.BCDNumber(b)
}
