package gt06

import (
	"encoding/hex"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// modules reads tagged values to the end of the body: two bytes of type, one or two of length. What is no such list
// becomes the attribute extra.
func (d *decoder) modules(width int) {
	if d.Len() == 0 {
		return
	}
	if width == 1 && !d.tagged() {
		d.extra()
		return
	}
	for d.Len() > 0 && d.Err() == nil {
		id := d.U16("module type")
		at := d.Offset()
		n := int(d.UintN("module length", width))
		value := d.Bytes("module", n)
		if d.Err() == nil {
			d.module(id, at+width, value)
		}
	}
}

// tagged is whether the rest is a list of values with one byte of length that ends where the body ends.
func (d *decoder) tagged() bool { return isTagged(d.data[d.Offset():d.end]) }

func isTagged(rest []byte) bool {
	for len(rest) > 0 {
		if len(rest) < 3 || len(rest) < 3+int(rest[2]) {
			return false
		}
		rest = rest[3+int(rest[2]):]
	}
	return true
}

// module takes one tagged value (types 36, 37, 38 and 70). at is where it starts.
func (d *decoder) module(id uint16, at int, v []byte) {
	r := wire.NewReader(v)
	n := r.UintN("value", min(len(v), 8))
	d.said = true
	switch {
	case id == 0x01 && len(v) == 8, id == 0x02 && len(v) == 8, id == 0x03 && len(v) >= 8:
		d.moduleIdentity(id, v)
	case id == 0x09 && len(v) == 1:
		d.pos.Satellites = protocols.Some(int(n))
	case id == 0x0A && len(v) == 1:
		d.add("satellites_visible", protocols.Int(int64(n)))
	case id == 0x11 && len(v) == 10 && !allZero(v[4:9]):
		d.moduleCell(v)
	case id == 0x18 && len(v) == 2:
		d.pos.BatteryVolts = protocols.Some(float64(n) / 100)
	case id == 0x27 && len(v) == 2:
		d.pos.ExternalVolts = protocols.Some(float64(n) / 100)
	case id == 0x28 && len(v) == 1:
		d.pos.HDOP = protocols.Some(float64(n) / 10)
	case id == 0x2A && len(v) == 1:
		d.add("door", protocols.Bool(n&15 != 0))
		d.add("tamper", protocols.Bool(n>>4 != 0))
	case id == 0x2E && len(v) == 4:
		d.pos.Odometer = protocols.Some(float64(uint32(n)))
	case id == 0x33 && len(v) == 18:
		d.moduleFix(at, v)
	case id == 0x34 && len(v) >= 6:
		d.moduleEvent(v)
	case id == 0x3B && len(v) == 2:
		d.add("accuracy_m", protocols.Decimal(int64(n), 2))
	case id == 0x6A && len(v) == 1 && n <= 100:
		d.pos.BatteryPercent = protocols.Some(float64(n))
	case id == 0x7F && len(v) == 14:
		d.moduleTag(v)
	default:
		d.moduleOther(id, n, v)
	}
}

func (d *decoder) moduleOther(id uint16, n uint64, v []byte) {
	name := ""
	switch id {
	case 0x29:
		name = "index"
	case 0x2B:
		name = "boot_reason"
	case 0x2C:
		name = "boot_epoch_s"
	case 0x32:
		name = "startup_status"
	}
	if name != "" && len(v) <= 4 {
		d.add(name, protocols.Int(int64(n)))
		return
	}
	d.add("module_"+strconv.FormatUint(uint64(id), 16), protocols.Bytes(v))
}

func (d *decoder) moduleIdentity(id uint16, v []byte) {
	digits := digitsOf(v)
	switch id {
	case 0x01:
		d.add("imei", protocols.Text(digits))
	case 0x02:
		d.pos.IMSI = digits
	case 0x03:
		d.pos.ICCID = digits
	}
}

func (d *decoder) moduleCell(v []byte) {
	c := protocols.Cell{
		MCC: be16(v), MNC: be16(v[2:]), LAC: uint32(be16(v[4:])), CID: uint64(v[6])<<16 | uint64(be16(v[7:])),
	}
	d.pos.Cell = protocols.Some(c)
	d.add("cell_signal_dbm", protocols.Int(dbm(v[9])))
}

// moduleFix reads epoch seconds, satellites, altitude, latitude, longitude, speed and course.
func (d *decoder) moduleFix(at int, v []byte) {
	if s := be32(v); s != 0 {
		d.pos.Time = time.Unix(int64(s), 0).UTC()
	}
	d.pos.Satellites = protocols.Some(int(v[4]))
	d.pos.Altitude = protocols.Some(float64(int16(be16(v[5:]))))
	d.pos.Speed = protocols.Some(float64(v[15]))
	d.locate(at+7, be32(v[7:]), be32(v[11:]), be16(v[16:]))
}

// moduleEvent reads the kind of an event, its time, and what belongs to it behind its length.
func (d *decoder) moduleEvent(v []byte) {
	d.add("event", protocols.Int(int64(v[0])))
	d.add("event_epoch_s", protocols.Int(int64(be32(v[1:]))))
	if int(v[0]) < len(moduleAlarms) {
		d.pos.Alarms |= moduleAlarms[v[0]]
	}
	if len(v) > 6 {
		d.add("event_data", protocols.Bytes(v[6:]))
	}
}

// moduleAlarms are the kinds of events that are alarms.
var moduleAlarms = [...]protocols.Alarms{
	0x10: protocols.AlarmDoor,
	0x12: protocols.AlarmRemoving,
	0x14: protocols.AlarmGeofenceEnter,
	0x15: protocols.AlarmGeofenceExit,
	0x16: protocols.AlarmTemperature,
	0x1A: protocols.AlarmLowBattery,
	0x1B: protocols.AlarmOverspeed,
	0x1C: protocols.AlarmPowerRestored,
	0x1D: protocols.AlarmPowerCut,
	0x20: protocols.AlarmVibration,
	0x21: protocols.AlarmPowerCut,
	0x23: protocols.AlarmTampering,
}

// moduleTag reads a Bluetooth tag: address, battery in mV and percent, temperature, humidity, state.
func (d *decoder) moduleTag(v []byte) {
	d.add("tag_1_id", protocols.Text(hex.EncodeToString(v[:6])))
	d.add("tag_1_battery_v", protocols.Decimal(int64(be16(v[6:])), 3))
	d.add("tag_1_battery_percent", protocols.Int(int64(v[8])))
	d.add("tag_1_temperature_c", protocols.Decimal(int64(int16(be16(v[9:]))), 1))
	d.add("tag_1_humidity_percent", protocols.Decimal(int64(be16(v[11:])), 1))
	d.add("tag_1_status", protocols.Int(int64(v[13])))
}

// digitsOf gives the digits of BCD that ends in F or, for identities with an odd number of digits, starts with 0.
func digitsOf(v []byte) string {
	var room [40]byte
	b := hex.AppendEncode(room[:0], v)
	for len(b) > 0 && b[len(b)-1] == 'f' {
		b = b[:len(b)-1]
	}
	if len(v) == 8 && len(b) == 16 && b[0] == '0' {
		b = b[1:]
	}
	return string(b)
}

// bcd reads the digits of n bytes.
func (d *decoder) bcd(field string, n int) string {
	b := d.Bytes(field, n)
	d.said = d.said || b != nil
	return digitsOf(b)
}

// imei reads an identity that is repeated within a report.
func (d *decoder) imei() {
	if digits := d.bcd("IMEI", 8); wire.Digits(digits) && trimZero(digits) != "" {
		d.add("imei", protocols.Text(digits))
	}
}

func trimZero(s string) string {
	for len(s) > 0 && s[0] == '0' {
		s = s[1:]
	}
	return s
}
