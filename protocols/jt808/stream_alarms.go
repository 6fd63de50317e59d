package jt808

import "drover/protocols"

// extensionFA reads the alarms of an OBD tracker.
func (d *decoder) extensionFA(v []byte) bool {
	if len(v) < 3 || !isList(v, 2) {
		return false
	}
	for len(v) > 0 {
		n := 3 + int(v[2])
		d.streamAlarm(u16(v), v[3:n])
		v = v[n:]
	}
	return true
}

func (d *decoder) streamAlarm(id uint16, v []byte) {
	d.add("event", protocols.Int(int64(id)))
	if len(v) > 0 {
		d.add("event_data", protocols.Bytes(v))
		if v[0] == 0 { // it is over
			return
		}
	}
	d.pos.Alarms |= obdAlarm(id)
}

func obdAlarm(id uint16) protocols.Alarms {
	switch id {
	case 0x0101:
		return protocols.AlarmTow
	case 0x0103:
		return protocols.AlarmPowerCut
	case 0x0104:
		return protocols.AlarmPowerRestored
	case 0x0105:
		return protocols.AlarmLowPower
	case 0x0106, 0x0404:
		return protocols.AlarmIdle
	case 0x0107, 0x0403:
		return protocols.AlarmOverspeed
	case 0x0108:
		return protocols.AlarmFatigue
	case 0x0109:
		return protocols.AlarmTemperature
	case 0x010F:
		return protocols.AlarmDoor
	case 0x0111:
		return protocols.AlarmHardAcceleration
	case 0x0112, 0x0401, 0x0402:
		return protocols.AlarmHardBraking
	case 0x0113:
		return protocols.AlarmHardCornering
	case 0x0114:
		return protocols.AlarmAccident
	case 0x0115:
		return protocols.AlarmVibration
	case 0x0405, 0x040B, 0x040C, 0x040D, 0x040E:
		return protocols.AlarmUnplugged
	case 0x0407:
		return protocols.AlarmRemoving
	case 0x0408:
		return protocols.AlarmTampering
	case 0x040A:
		return protocols.AlarmLowBattery
	}
	if id>>8 >= 1 && id>>8 <= 3 {
		return protocols.AlarmGeneral
	}
	return 0
}
