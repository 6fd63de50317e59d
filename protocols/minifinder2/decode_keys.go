package minifinder2

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"time"

	"drover/protocols"
)

// decoder reads the keys of one record.
type decoder struct {
	pos     *protocols.Position
	spare   time.Time // the time of another key than the status
	gnss    bool      // there is a place of satellites
	beacons int       // so many beacons were heard
}

// end closes a record.
func (d *decoder) end() {
	if d.pos.Time.IsZero() {
		d.pos.Time = d.spare
	}
}

// key reads one key; false if its data is too short or out of range.
func (d *decoder) key(name byte, b []byte) bool {
	switch name {
	case keyStatus:
		return d.status(b)
	case keyGPS:
		return d.gps(b)
	case keyAlarm:
		return d.alarm(b)
	case keyBattery:
		return d.battery(b)
	case keyCells:
		return d.cells(b)
	case keyLTE:
		return d.lte(b)
	case keyWiFi:
		d.wifi(b, false)
	case keyNamedWiFi:
		d.wifi(b, true)
	case keyTag:
		return len(b) >= 14 && d.tag("tag", b[:6]) && d.place(b[6:])
	case keyBeacon:
		return d.beacon(b)
	case keyHome:
		return d.home(b)
	case keySteps:
		return d.counted(b, "steps")
	case keyBark:
		return d.bark(b)
	case keyHeart:
		return d.heart(b)
	case keyOxygen:
		return d.oxygen(b)
	case keyActivities:
		return d.activities(b)
	case servicePlace, serviceTime:
	default:
		d.pos.Note("io"+strconv.Itoa(int(name)), protocols.Bytes(b))
	}
	return true
}

// moment reads seconds since 1970.
func moment(b []byte) time.Time {
	v := binary.LittleEndian.Uint32(b)
	if v == 0 || v == 0xFFFFFFFF {
		return time.Time{}
	}
	return time.Unix(int64(v), 0).UTC()
}

// The bits of the status; the signal, 0 to 31, is above them, and the battery in percent above that.
const (
	statusCharging = 4
	statusArchive  = 7
	statusMoving   = 9
	statusSignal   = 19
	statusBattery  = 24
)

func (d *decoder) status(b []byte) bool {
	if len(b) < 8 {
		return false
	}
	p := d.pos
	p.Time = moment(b)
	v := binary.LittleEndian.Uint32(b[4:])
	if percent := v >> statusBattery; percent <= 100 {
		p.BatteryPercent = protocols.Some(float64(percent))
	}
	p.SignalPercent = protocols.Some((int(v>>statusSignal&31)*100 + 15) / 31)
	p.Note("motion", protocols.Bool(v>>statusMoving&1 != 0))
	if v>>statusCharging&1 != 0 {
		p.Note("charging", protocols.Bool(true))
	}
	if v>>statusArchive&1 != 0 {
		p.Note("archive", protocols.Bool(true))
	}
	p.Note("status", protocols.Int(int64(v)))
	return true
}

// place reads latitude and longitude in 1e-7 degrees; 0, 0 is none. A place of beacons does not go before one of
// satellites.
func (d *decoder) place(b []byte) bool {
	lat := float64(int32(binary.LittleEndian.Uint32(b))) / 1e7
	lon := float64(int32(binary.LittleEndian.Uint32(b[4:]))) / 1e7
	switch {
	case lat < -90 || lat > 90 || lon < -180 || lon > 180:
		return false
	case lat == 0 && lon == 0 || d.gnss:
		return true
	}
	d.pos.Located, d.pos.Valid, d.pos.Latitude, d.pos.Longitude = true, true, lat, lon
	return true
}

// gps reads place, speed, course, altitude, HDOP in tenths, odometer and satellites. Without HDOP it is no fix.
func (d *decoder) gps(b []byte) bool {
	if len(b) < 21 {
		return false
	}
	le, p := binary.LittleEndian, d.pos
	ok := d.place(b)
	hdop := le.Uint16(b[14:])
	p.Valid = p.Located && hdop > 0
	d.gnss = p.Valid
	if v := le.Uint16(b[8:]); v <= 2000 {
		p.Speed = protocols.Some(float64(v))
	}
	if v := le.Uint16(b[10:]); v <= 360 {
		p.Course = protocols.Some(float64(v % 360))
	}
	p.Altitude = protocols.Some(float64(int16(le.Uint16(b[12:]))))
	p.HDOP = protocols.Some(float64(hdop) / 10)
	p.Odometer = protocols.Some(float64(le.Uint32(b[16:])))
	p.Satellites = protocols.Some(int(b[20]))
	return ok
}

// alarms are the alarms of the bits of key 02.
var alarms = [32]protocols.Alarms{
	0: protocols.AlarmLowBattery, 1: protocols.AlarmOverspeed, 2: protocols.AlarmFall, 3: protocols.AlarmGeneral,
	4: protocols.AlarmGeofence, 5: protocols.AlarmGeofence, 6: protocols.AlarmGeofence, 7: protocols.AlarmGeofence,
	8: protocols.AlarmGeneral, 9: protocols.AlarmGeneral, 10: protocols.AlarmMovement, 11: protocols.AlarmIdle,
	12: protocols.AlarmSOS,
}

// alarmBark is the bit of a barking dog.
const alarmBark = 31

func (d *decoder) alarm(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	v := binary.LittleEndian.Uint32(b)
	for bit, alarm := range alarms {
		if v>>bit&1 != 0 {
			d.pos.Alarms |= alarm
		}
	}
	if v>>alarmBark&1 != 0 {
		d.pos.Note("bark", protocols.Bool(true))
	}
	d.pos.Note("alarm_code", protocols.Int(int64(v)))
	if len(b) >= 8 {
		d.spare = moment(b[4:])
	}
	return true
}

func (d *decoder) battery(b []byte) bool {
	if len(b) < 3 {
		return false
	}
	if b[0] <= 100 {
		d.pos.BatteryPercent = protocols.Some(float64(b[0]))
	}
	d.pos.BatteryVolts = protocols.Some(float64(binary.LittleEndian.Uint16(b[1:])) / 1000)
	return true
}

// counted reads a time and a count.
func (d *decoder) counted(b []byte, name string) bool {
	if len(b) < 8 {
		return false
	}
	d.spare = moment(b)
	d.pos.Note(name, protocols.Int(int64(binary.LittleEndian.Uint32(b[4:]))))
	return true
}

// bark reads a time and how often a dog barked since the last report; the highest bit alone says that it stopped.
func (d *decoder) bark(b []byte) bool {
	if len(b) < 8 || b[7]&0x80 == 0 {
		return d.counted(b, "bark_count")
	}
	d.spare = moment(b)
	d.pos.Note("bark_stop", protocols.Bool(true))
	d.pos.Note("bark_count", protocols.Int(int64(binary.LittleEndian.Uint32(b[4:])&0x7FFFFFFF)))
	return true
}

// heart reads a time and a heart's rate; 0 and 1 are none.
func (d *decoder) heart(b []byte) bool {
	if len(b) < 5 {
		return false
	}
	d.spare = moment(b)
	if b[4] > 1 {
		d.pos.Note("heart_rate_bpm", protocols.Int(int64(b[4])))
	}
	return true
}

// oxygen reads a time and the blood's oxygen; 0 and 1 are none.
func (d *decoder) oxygen(b []byte) bool {
	if len(b) < 5 {
		return false
	}
	d.spare = moment(b)
	if b[4] > 1 {
		d.pos.Note("blood_oxygen_percent", protocols.Int(int64(b[4])))
	}
	return true
}

// activities reads pairs of a time and a value.
func (d *decoder) activities(b []byte) bool {
	for i := 0; i+8 <= len(b); i += 8 {
		d.pos.Note("activity_time_s", protocols.Int(int64(binary.LittleEndian.Uint32(b[i:]))))
		d.pos.Note("activity", protocols.Int(int64(binary.LittleEndian.Uint32(b[i+4:]))))
	}
	return len(b)%8 == 0
}

// reversed writes an address that is sent with its last byte first.
func reversed(b []byte) string {
	var text [12]byte
	var one [1]byte
	out := text[:0]
	for i := len(b) - 1; i >= 0; i-- {
		one[0] = b[i]
		out = hex.AppendEncode(out, one[:])
	}
	return string(out)
}

func (d *decoder) tag(name string, b []byte) bool {
	d.pos.Note(name, protocols.Text(reversed(b)))
	return true
}
