package gt06

import "drover/protocols"

// event reads type 95 of cameras: time, perhaps latitude, longitude and course, the kind of event and the names of its
// recordings. The JC400's starts with FFFF and a version.
func (d *decoder) event() {
	jc400 := d.Len() > 9 && be16(d.data[d.Offset():]) == 0xFFFF
	if jc400 {
		d.Skip("marker and version", 3)
	}
	d.time()
	switch {
	case jc400:
		d.fixJC400()
	case d.Len() >= 11:
		at := d.Offset()
		b := d.Bytes("position", 10)
		d.locate(at, be32(b), be32(b[4:]), be16(b[8:]))
	}
	kind := d.U8("event")
	if d.Err() != nil {
		return
	}
	d.add("event", protocols.Int(int64(kind)))
	d.eventAlarm(kind)
	if n := min(d.Len(), 2); n > 0 {
		d.add("event_data", protocols.Int(int64(d.UintN("event data", n))))
	}
	rest := d.Rest()
	if files := printable(trimZeros(rest)); files != "" && isText([]byte(files)) {
		d.add("event_files", protocols.Text(files))
	} else if len(trimZeros(rest)) > 0 {
		d.add("extra", protocols.Bytes(rest))
	}
}

// fixJC400 reads satellites, latitude, longitude, course, speed in two bytes, and the vehicle's tenths of a volt.
func (d *decoder) fixJC400() {
	at := d.Offset()
	b := d.Bytes("position", 15)
	if b == nil {
		return
	}
	d.pos.Satellites = protocols.Some(int(b[0] & 15))
	if speed := be16(b[11:]); speed <= 2000 {
		d.pos.Speed = protocols.Some(float64(speed))
	}
	d.locate(at+1, be32(b[1:]), be32(b[5:]), be16(b[9:]))
	d.pos.ExternalVolts = protocols.Some(float64(be16(b[13:])) / 10)
}

func trimZeros(b []byte) []byte {
	for len(b) > 0 && b[0] == 0 {
		b = b[1:]
	}
	return b
}

// eventAlarm names the kinds of event; of these, captured frames bear out 90 and 91.
func (d *decoder) eventAlarm(kind byte) {
	alarm := protocols.AlarmGeneral
	switch kind {
	case 0x00:
		alarm = 0
	case 0x01:
		alarm = protocols.AlarmSOS
	case 0x0E:
		alarm = protocols.AlarmLowPower
	case 0x76:
		alarm = protocols.AlarmTemperature
	case 0x80:
		alarm = protocols.AlarmVibration
	case 0x87:
		alarm = protocols.AlarmOverspeed
	case 0x88:
		alarm = protocols.AlarmPowerCut
	case 0x90:
		alarm = protocols.AlarmHardAcceleration
	case 0x91:
		alarm = protocols.AlarmHardBraking
	case 0x92:
		alarm = protocols.AlarmHardCornering
	case 0x93:
		alarm = protocols.AlarmAccident
	}
	d.pos.Alarms |= alarm
}
