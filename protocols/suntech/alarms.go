package suntech

import "drover/protocols"

// alerts are the alarms of alert reports by their code. Codes that stand for the end of something raise none.
var alerts = [...]struct {
	code  int
	alarm protocols.Alarms
}{
	{1, protocols.AlarmOverspeed},
	{3, protocols.AlarmGPSAntennaCut},
	{5, protocols.AlarmGeofenceExit},
	{6, protocols.AlarmGeofenceEnter},
	{8, protocols.AlarmGPSAntennaCut},
	{13, protocols.AlarmLowBattery},
	{14, protocols.AlarmLowPower},
	{15, protocols.AlarmVibration},
	{16, protocols.AlarmAccident},
	{40, protocols.AlarmPowerRestored},
	{41, protocols.AlarmPowerCut},
	{42, protocols.AlarmSOS},
	{46, protocols.AlarmHardAcceleration},
	{47, protocols.AlarmHardBraking},
	{48, protocols.AlarmHardCornering},
	{50, protocols.AlarmJamming},
	{68, protocols.AlarmIdle},
	{73, protocols.AlarmTampering},
	{132, protocols.AlarmDoor},
}

func alertOf(code int) protocols.Alarms {
	for i := range alerts {
		if alerts[i].code == code {
			return alerts[i].alarm
		}
	}
	return 0
}

// emergencyOf is the alarm of an emergency report: panic button, parking lock, power removed, anti-theft, its door,
// motion and shock.
func emergencyOf(code int) protocols.Alarms {
	switch code {
	case 1:
		return protocols.AlarmSOS
	case 2, 7:
		return protocols.AlarmMovement
	case 3:
		return protocols.AlarmPowerCut
	case 5:
		return protocols.AlarmTampering
	case 6:
		return protocols.AlarmDoor
	case 8:
		return protocols.AlarmVibration
	}
	return protocols.AlarmGeneral
}

// The kinds of report that alarms belong to.
const (
	kindStatus = 1 + iota
	kindEmergency
	kindEvent
	kindAlert
	kindExternal
	kindOther
)

// raise notes a report's code and the alarm that it stands for.
func raise(p *protocols.Position, kind, code int) {
	switch kind {
	case kindStatus:
		p.Note("mode", protocols.Int(int64(code)))
		return
	case kindEmergency:
		p.Alarms |= emergencyOf(code)
	case kindAlert:
		p.Alarms |= alertOf(code)
	}
	p.Note("event", protocols.Int(int64(code)))
}

// switches notes the switches of a legacy report; bit 0 is the ignition, then the inputs, then the outputs.
func switches(p *protocols.Position, bits uint, inputs, outputs int) {
	p.Ignition = protocols.Some(bits&1 != 0)
	bits >>= 1
	for i := range inputs {
		p.Note(inputNames[i], protocols.Bool(bits>>i&1 != 0))
	}
	bits >>= inputs
	for i := range outputs {
		p.Note(outputNames[i], protocols.Bool(bits>>i&1 != 0))
	}
}

var (
	inputNames  = [...]string{"input_1", "input_2", "input_3", "input_4", "input_5", "input_6", "input_7"}
	outputNames = [...]string{"output_1", "output_2", "output_3"}
)
