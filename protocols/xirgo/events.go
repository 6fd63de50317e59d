package xirgo

import "drover/protocols"

// raise reads the event: what it warns of, and what it says of ignition, supply and motion.
func (d *decoder) raise() {
	p := d.pos
	d.add("event", protocols.Int(d.event))
	p.Alarms |= alarmOf(d.event)
	switch d.event {
	case 4001, 4003, 6011, 6013:
		p.Ignition = protocols.Some(true)
	case 4002, 4004, 6012, 6014:
		p.Ignition = protocols.Some(false)
	case 4005:
		d.add("charging", protocols.Bool(false))
	case 6019, 6020:
		d.add("input_2", protocols.Bool(d.event == 6019))
	case 6030, 6071:
		d.add("motion", protocols.Bool(true))
	case 6031, 6072:
		d.add("motion", protocols.Bool(false))
	}
}

// alarmOf is what an event warns of; 0 if it does not.
func alarmOf(event int64) protocols.Alarms {
	switch event {
	case 6002:
		return protocols.AlarmOverspeed
	case 6004:
		return protocols.AlarmGeofence
	case 6006:
		return protocols.AlarmHardAcceleration
	case 6007:
		return protocols.AlarmHardBraking
	case 6008:
		return protocols.AlarmLowPower
	case 6009:
		return protocols.AlarmPowerCut
	case 6010:
		return protocols.AlarmPowerRestored
	case 6016:
		return protocols.AlarmIdle
	case 6017:
		return protocols.AlarmTow
	case 6032:
		return protocols.AlarmGeneral
	case 6035:
		return protocols.AlarmVibration
	case 6045:
		return protocols.AlarmEngineFault
	case 6090:
		return protocols.AlarmRemoving
	case 6091:
		return protocols.AlarmLowBattery
	}
	return 0
}

// eventOf is the event that tells of alarms, or of the ignition.
func eventOf(p *protocols.Position) int64 {
	for event := int64(6002); event <= 6091; event++ {
		if alarm := alarmOf(event); alarm != 0 && p.Alarms&alarm != 0 {
			return event
		}
	}
	if p.Ignition.Value {
		return 4001
	}
	return 4002
}
