package osmand

import (
	"drover/protocols"
)

// other reads a name that is neither identity, time nor place: a field of the position, or an attribute.
func (f *fields) other(name, b []byte) {
	v, ok := float(b)
	if string(name) == "alarm" {
		f.pos.Alarms |= alarmOf(b)
		return
	}
	if on, said := truth(b); said && string(name) == "ignition" {
		f.pos.Ignition = protocols.Some(on)
		return
	}
	if string(name) == "iccid" && len(b) >= 18 && len(b) <= 22 {
		f.pos.ICCID = string(b)
		return
	}
	if ok && f.measure(string(name), v) {
		return
	}
	f.add(attributeName(name), value(b))
}

// measure sets a field that is a number; false if there is none of that name or the number can not be.
func (f *fields) measure(name string, v float64) bool {
	p := f.pos
	switch {
	case name == "bearing" || name == "heading":
		setCourse(p, v)
	case name == "altitude":
		setAltitude(p, v)
	case name == "hdop" && v >= 0 && v <= 1e5:
		p.HDOP = protocols.Some(v)
	case (name == "batt" || name == "batteryLevel") && v >= 0 && v <= 100:
		p.BatteryPercent = protocols.Some(v)
	case (name == "sat" || name == "satellites") && v >= 0 && v <= 255:
		p.Satellites = protocols.Some(int(v))
	case name == "odometer" && v >= 0 && v <= 1e13:
		p.Odometer = protocols.Some(v)
	case name == "power" && v >= 0 && v <= 1000:
		p.ExternalVolts = protocols.Some(v)
	case name == "battery" && v >= 0 && v <= 1000:
		p.BatteryVolts = protocols.Some(v)
	default:
		return false
	}
	return true
}

func truth(b []byte) (on, said bool) {
	switch {
	case is(b, "true"), string(b) == "1":
		return true, true
	case is(b, "false"), string(b) == "0":
		return false, true
	}
	return false, false
}

// attributeName is a name in snake_case; those that are often sent cost nothing.
func attributeName(name []byte) string {
	switch string(name) {
	case "accuracy":
		return "accuracy_m"
	case "charge":
		return "charging"
	case "driverUniqueId":
		return "driver_id"
	case "fuel":
		return "fuel"
	case "rpm":
		return "rpm"
	case "event":
		return "event"
	case "motion":
		return "moving"
	}
	b := make([]byte, 0, len(name)+4)
	for i, c := range name {
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && (name[i-1] < 'A' || name[i-1] > 'Z') && name[i-1] != '_' {
				b = append(b, '_')
			}
			b = append(b, c+'a'-'A')
		case c <= ' ' || c == '-' || c == '.':
			b = append(b, '_')
		default:
			b = append(b, c)
		}
	}
	if len(b) == 0 {
		return "unnamed"
	}
	return string(b)
}

// alarmWords are the words of alarms that clients send.
var alarmWords = [...]struct {
	word  string
	alarm protocols.Alarms
}{
	{"sos", protocols.AlarmSOS}, {"vibration", protocols.AlarmVibration}, {"movement", protocols.AlarmMovement},
	{"lowspeed", protocols.AlarmLowSpeed}, {"overspeed", protocols.AlarmOverspeed}, {"falldown", protocols.AlarmFall},
	{"lowpower", protocols.AlarmLowPower}, {"lowbattery", protocols.AlarmLowBattery},
	{"fault", protocols.AlarmEngineFault}, {"powercut", protocols.AlarmPowerCut}, {"poweroff", protocols.AlarmPowerCut},
	{"powerrestored", protocols.AlarmPowerRestored}, {"door", protocols.AlarmDoor}, {"lock", protocols.AlarmLocked},
	{"unlock", protocols.AlarmUnlocked}, {"geofence", protocols.AlarmGeofence},
	{"geofenceenter", protocols.AlarmGeofenceEnter}, {"geofenceexit", protocols.AlarmGeofenceExit},
	{"gpsantennacut", protocols.AlarmGPSAntennaCut}, {"accident", protocols.AlarmAccident}, {"tow", protocols.AlarmTow},
	{"idle", protocols.AlarmIdle}, {"hardacceleration", protocols.AlarmHardAcceleration},
	{"hardbraking", protocols.AlarmHardBraking}, {"hardcornering", protocols.AlarmHardCornering},
	{"lanechange", protocols.AlarmLaneChange}, {"fatiguedriving", protocols.AlarmFatigue},
	{"jamming", protocols.AlarmJamming}, {"temperature", protocols.AlarmTemperature},
	{"fuelleak", protocols.AlarmFuelLeak}, {"tampering", protocols.AlarmTampering}, {"removing", protocols.AlarmRemoving},
}

// alarmOf is the alarm of a word; one that is not known is the general one.
func alarmOf(b []byte) protocols.Alarms {
	for i := range alarmWords {
		if is(b, alarmWords[i].word) {
			return alarmWords[i].alarm
		}
	}
	return protocols.AlarmGeneral
}
