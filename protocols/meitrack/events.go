package meitrack

import "drover/protocols"

// The events that say more than an alarm.
const (
	eventDriver      = 37 // a driver's card was read
	eventIgnitionOn  = 144
	eventIgnitionOff = 145
)

// eventAlarms are the alarms that events raise, by their number.
var eventAlarms = [256]protocols.Alarms{
	1:   protocols.AlarmSOS,
	17:  protocols.AlarmLowBattery,
	18:  protocols.AlarmLowPower,
	19:  protocols.AlarmOverspeed,
	20:  protocols.AlarmGeofenceEnter,
	21:  protocols.AlarmGeofenceExit,
	22:  protocols.AlarmPowerRestored,
	23:  protocols.AlarmPowerCut,
	24:  protocols.AlarmGPSLost,
	28:  protocols.AlarmGPSAntennaCut,
	36:  protocols.AlarmTow,
	44:  protocols.AlarmJamming,
	50:  protocols.AlarmTemperature,
	51:  protocols.AlarmTemperature,
	54:  protocols.AlarmFuelLeak,
	58:  protocols.AlarmTampering,
	78:  protocols.AlarmAccident,
	79:  protocols.AlarmFall,
	90:  protocols.AlarmHardCornering,
	91:  protocols.AlarmHardCornering,
	129: protocols.AlarmHardBraking,
	130: protocols.AlarmHardAcceleration,
	133: protocols.AlarmIdle,
	135: protocols.AlarmFatigue,
}

// setEvent takes an event's number.
func setEvent(p *protocols.Position, event int64) {
	p.Note("event", protocols.Int(event))
	if event > 0 && event < int64(len(eventAlarms)) {
		p.Alarms |= eventAlarms[event]
	}
	if event == eventIgnitionOn || event == eventIgnitionOff {
		p.Ignition = protocols.Some(event == eventIgnitionOn)
	}
}
