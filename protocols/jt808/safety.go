package jt808

import (
	"encoding/hex"

	"drover/protocols"
)

// safetyCommon is what an alarm of the active safety standard says of its moment: speed, altitude, place, time, status.
// It repeats the report that carries it.
const safetyCommon = 1 + 2 + 4 + 4 + 6 + 2

// adasKinds are the alarms of the driver's assistant (64), by their code.
var adasKinds = [...]protocols.Alarms{
	0x01: protocols.AlarmGeneral,    // collision ahead
	0x02: protocols.AlarmLaneChange, // lane left
	0x03: protocols.AlarmGeneral,    // too near
	0x04: protocols.AlarmGeneral,    // pedestrian
	0x05: protocols.AlarmLaneChange, // lane changed too often
	0x06: protocols.AlarmOverspeed,  // above the road sign's
	0x07: protocols.AlarmGeneral,    // obstacle
}

// dsmKinds are the alarms of the driver's watch (65), by their code.
var dsmKinds = [...]protocols.Alarms{
	0x01: protocols.AlarmFatigue,
	0x02: protocols.AlarmGeneral, // phone
	0x03: protocols.AlarmGeneral, // smoking
	0x04: protocols.AlarmGeneral, // distracted
	0x05: protocols.AlarmGeneral, // driver missing
}

// harshKinds are the alarms of harsh driving (70), by their code.
var harshKinds = [...]protocols.Alarms{
	0x01: protocols.AlarmHardAcceleration,
	0x02: protocols.AlarmHardBraking,
	0x03: protocols.AlarmHardCornering,
	0x04: protocols.AlarmIdle,
	0x05: protocols.AlarmGeneral, // stalled
	0x16: protocols.AlarmAccident,
}

// kindOf is the alarm of a code.
func kindOf(kinds []protocols.Alarms, code byte) protocols.Alarms {
	if int(code) < len(kinds) && kinds[code] != 0 {
		return kinds[code]
	}
	return protocols.AlarmGeneral
}

// adas reads an alarm of the driver's assistant: number, state (2 is its end), code, level.
func (d *decoder) adas(v []byte) bool {
	return d.safety(v, adasKinds[:], "adas_alarm", "adas_level", 5)
}

func (d *decoder) dsm(v []byte) bool {
	return d.safety(v, dsmKinds[:], "dsm_alarm", "dsm_level", 5)
}

// blindSpot reads an alarm of the blind spot's watch, whose code is not followed by a level; or a password.
func (d *decoder) blindSpot(v []byte) bool {
	if len(v) == 8 {
		d.add("lock_password", text(v))
		return true
	}
	if len(v) < 6+safetyCommon {
		return false
	}
	return d.safety(v, nil, "blind_spot_alarm", "", 0)
}

func (d *decoder) harsh(v []byte) bool {
	return d.safety(v, harshKinds[:], "harsh_alarm", "", 0)
}

// safety reads what the alarms of the active safety standard have in common. The last 16 bytes label the files that
// belong to the alarm.
func (d *decoder) safety(v []byte, kinds []protocols.Alarms, name, level string, extra int) bool {
	if len(v) < 6 {
		return false
	}
	d.number("safety_alarm_number", v[:4])
	d.number("safety_alarm_state", v[4:5])
	d.number(name, v[5:6])
	if v[4] != 2 {
		d.pos.Alarms |= kindOf(kinds, v[5])
	}
	if level != "" && len(v) >= 7 {
		d.number(level, v[6:7])
	}
	const label = 16
	if end := len(v) - label; end >= 6+extra+safetyCommon {
		d.add("alarm_label", protocols.Text(hex.EncodeToString(v[end:])))
	}
	return true
}

// tyreAlarm reads an alarm of the tyres' watch: number, state, moment, label, and tyres of nine bytes.
func (d *decoder) tyreAlarm(v []byte) bool {
	const head = 4 + 1 + safetyCommon + 16
	if len(v) < head+1 {
		return false
	}
	list, ok := counted(v[head:], 9)
	if !ok {
		return false
	}
	d.number("safety_alarm_number", v[:4])
	d.number("safety_alarm_state", v[4:5])
	d.add("alarm_label", protocols.Text(hex.EncodeToString(v[head-16:head])))
	for ; len(list) > 0; list = list[9:] {
		i := int(list[0])
		if i >= len(tyrePressures) {
			d.add("extra", protocols.Bytes(list[:9]))
			continue
		}
		if v[4] != 2 && u16(list[1:]) != 0 {
			d.pos.Alarms |= protocols.AlarmGeneral
		}
		d.number(tyreAlarms[i], list[1:3])
		d.number(tyrePressures[i], list[3:5])
		d.add(tyreTemperatures[i], protocols.Int(int64(int16(u16(list[5:])))))
		d.number(tyreLevels[i], list[7:9])
	}
	return true
}

// The names of a tyre's attributes; the first tyre has number 0.
var (
	tyreAlarms       = append([]string{"tyre_0_alarm"}, numbered("tyre_", "_alarm", 31)...)
	tyrePressures    = append([]string{"tyre_0_pressure_kpa"}, numbered("tyre_", "_pressure_kpa", 31)...)
	tyreTemperatures = append([]string{"tyre_0_temperature_c"}, numbered("tyre_", "_temperature_c", 31)...)
	tyreLevels       = append([]string{"tyre_0_battery_percent"}, numbered("tyre_", "_battery_percent", 31)...)
	tyreSensors      = append([]string{"tyre_0_sensor"}, numbered("tyre_", "_sensor", 31)...)
	tyreStates       = append([]string{"tyre_0_status"}, numbered("tyre_", "_status", 31)...)
)

// tyres reads tyres of eight bytes: number, sensor, pressure in 2.5 kPa, temperature from -50, state.
func (d *decoder) tyres(v []byte) bool {
	if len(v)%8 != 0 {
		return false
	}
	for ; len(v) > 0; v = v[8:] {
		i := int(v[0])
		if i >= len(tyrePressures) {
			d.add("extra", protocols.Bytes(v[:8]))
			continue
		}
		d.add(tyreSensors[i], protocols.Text(hex.EncodeToString(v[1:4])))
		d.add(tyrePressures[i], protocols.Decimal(int64(u16(v[4:])&0x3FF)*25, 1))
		d.add(tyreTemperatures[i], protocols.Int(int64(v[6])-50))
		d.number(tyreStates[i], v[7:8])
	}
	return true
}
