package tk103

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// alarm reads an alarm's code.
func alarm(name wire.Field, b []byte, p *protocols.Position) {
	switch {
	case len(b) == 0:
		return
	case name.Is("BQ81"):
		p.Alarms |= driving(b[0])
		return
	case !name.Is("BO01"):
		return
	}
	switch b[0] {
	case '0':
		p.Alarms |= protocols.AlarmPowerCut
	case '1':
		p.Alarms |= protocols.AlarmAccident
	case '2':
		p.Alarms |= protocols.AlarmSOS
	case '3':
		p.Alarms |= protocols.AlarmVibration
	case '4':
		p.Alarms |= protocols.AlarmLowSpeed
	case '5':
		p.Alarms |= protocols.AlarmOverspeed
	case '6':
		p.Alarms |= protocols.AlarmGeofence
	default:
		p.Alarms |= protocols.AlarmGeneral
	}
}

// driving is the alarm of BQ81's code.
func driving(code byte) protocols.Alarms {
	switch code {
	case '0':
		return protocols.AlarmLowBattery
	case '1':
		return protocols.AlarmOverspeed
	case '2':
		return protocols.AlarmIdle
	case '3':
		return protocols.AlarmHardAcceleration
	case '4':
		return protocols.AlarmHardBraking
	case '5':
		return protocols.AlarmTemperature
	}
	return protocols.AlarmGeneral
}
