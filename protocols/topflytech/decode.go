package topflytech

import (
	"drover/protocols"
)

// body reads what stands behind the head.
func (d *decoder) body() {
	switch d.kind {
	case kindHeartbeat:
		d.extra("heartbeat")
	case kindLogin:
		d.login()
	case kindLogin2:
		d.add("model_number", protocols.Int(int64(d.U16("model"))))
		d.login()
	case kindLocation, kindAlarm, kindLocation3, kindAlarm3:
		switch d.line {
		case lineAsset:
			d.asset()
		case lineOBD:
			d.obd()
		default:
			d.vehicle()
		}
	case kindLocation2, kindAlarm2, kindLocation4, kindAlarm4:
		d.second()
	case kindFields, kindFieldsAlarm:
		d.fields()
	case kindCommand:
		d.answer()
	default:
		d.other()
	}
}

// other reads the types that are no location.
func (d *decoder) other() {
	switch {
	case d.kind == kindBehaviour && d.line == lineAsset, d.kind == kindNetwork:
		d.network()
	case d.kind == kindBehaviour:
		d.behaviour()
	case d.kind == kindAcceleration, d.kind == kindAccident:
		d.accelerations()
	case d.kind == kindTags:
		d.stampAndIgnition()
		d.tags()
	case d.kind == kindPlacedTags:
		d.stampAndIgnition()
		d.status(d.U8("status"))
		d.place()
		d.tags()
	case d.kind == kindWiFi:
		d.stamp()
		d.accessPoints()
	case d.line == lineAsset && (d.kind == kindWiFiStatus || d.kind == kindWiFiAlarm):
		d.wifiStatus()
	case d.line == lineAsset && d.kind == kindLock:
		d.lock()
	case d.line == lineAsset && d.kind == kindSubLock:
		d.subLock()
	case d.kind == kindOneWire:
		d.oneWire()
	case d.kind == kindRS485:
		d.stampAndIgnition()
		d.add("rs485_device", protocols.Int(int64(d.U8("device id"))))
		d.extra("rs485_data")
	case d.kind == kindSerial && d.line != lineOBD:
		d.stampAndIgnition()
		d.extra("rs232_data")
	case d.kind == kindSerial, d.kind == kindOBD:
		d.stamp()
		d.obdFrame()
	default:
		d.add("type", protocols.Int(int64(d.kind)))
		d.extra("data")
	}
}

// login keeps the versions that a tracker says, as hexadecimal digits: their grouping differs by line.
func (d *decoder) login() { d.extra("versions") }

// stampAndIgnition reads a time and whether the ignition is on.
func (d *decoder) stampAndIgnition() {
	d.stamp()
	b := d.U8("ignition")
	if d.Err() == nil {
		d.pos.Ignition = protocols.Some(b&1 != 0)
	}
}

// network reads operator, technology and band, IMSI and ICCID, each behind its length.
func (d *decoder) network() {
	d.stamp()
	d.word("operator", utf16Text(d.Bytes("operator", int(d.U8("length of operator")))))
	d.word("network_technology", string(d.Bytes("technology", int(d.U8("length of technology")))))
	d.word("network_band", string(d.Bytes("band", int(d.U8("length of band")))))
	d.pos.IMSI = digitsOf(d.Bytes("IMSI", int(d.U8("length of IMSI"))))
	if d.Len() > 0 {
		d.pos.ICCID = digitsOf(d.Bytes("ICCID", int(d.U8("length of ICCID"))))
	}
	if d.Len() > 0 {
		d.word("wifi_name", string(d.Bytes("SSID", int(d.U8("length of SSID")))))
	}
	if d.Len() > 0 {
		d.word("wifi_mac", string(d.Bytes("MAC", int(d.U8("length of MAC")))))
	}
	d.said = true
}

func (d *decoder) word(name, s string) {
	if s != "" {
		d.add(name, protocols.Text(s))
	}
}

// answer reads the answer to a command, which is UTF-16 with the low byte first; some firmwares answer in ASCII.
func (d *decoder) answer() {
	kind := d.U8("protocol")
	if d.Err() != nil {
		return
	}
	words := d.Rest()
	result := &protocols.Result{Text: utf16Text(words)}
	if len(words) > 1 && words[1] != 0 {
		result.Text = string(words)
	}
	switch kind {
	case 3:
		result.Text = "forwarded: " + result.Text
	case 5:
		result.Text = "USSD: " + result.Text
	}
	d.m.Result = result
}

// behaviour reads where hard driving began and ended.
func (d *decoder) behaviour() {
	kind := d.U8("behaviour")
	first := d.pos
	start := protocols.Position{}
	d.pos = &start
	for i := range 2 {
		d.stamp()
		d.place()
		if rpm := d.U16("RPM"); rpm != 0xFFFF && d.Err() == nil {
			d.add("rpm", protocols.Int(int64(rpm)))
		}
		if d.Err() != nil {
			break
		}
		if i == 0 {
			d.m.Positions = append(make([]protocols.Position, 0, 2), start)
			d.pos = first
		}
	}
	d.pos = first
	d.pos.Alarms |= behaviourAlarm(kind, kindBehaviour)
	d.add("behaviour", protocols.Int(int64(kind)))
}

// behaviourAlarm is that of hard driving. The even ones brake and the odd ones accelerate at high, medium and low
// speed; measured by the accelerometer, 2 is a bend.
func behaviourAlarm(behaviour, kind byte) protocols.Alarms {
	switch {
	case behaviour > 5:
		return protocols.AlarmGeneral
	case behaviour == 2 && kind == kindAcceleration:
		return protocols.AlarmHardCornering
	case behaviour&1 == 0:
		return protocols.AlarmHardBraking
	}
	return protocols.AlarmHardAcceleration
}

// accelerations reads one or more samples of the accelerometer, each with a place. Only the 2626 line adds the RPM.
func (d *decoder) accelerations() {
	kind := d.U8("behaviour")
	size := 28
	if d.line == lineOBD {
		size = 30
	}
	last := d.pos
	for first := true; first || d.Len() >= size; first = false {
		if !first {
			d.m.Positions = append(d.m.Positions, *d.pos)
			*last = protocols.Position{}
		}
		d.stamp()
		d.status(d.U8("status"))
		d.axes()
		d.place()
		if size == 30 {
			if rpm := d.U16("RPM"); rpm != 0xFFFF && d.Err() == nil {
				d.add("rpm", protocols.Int(int64(rpm)))
			}
		}
		d.add("behaviour", protocols.Int(int64(kind)))
		if d.kind == kindAccident {
			d.pos.Alarms |= protocols.AlarmAccident
		} else {
			d.pos.Alarms |= behaviourAlarm(kind, kindAcceleration)
		}
	}
}
