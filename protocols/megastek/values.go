package megastek

import (
	"bytes"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

func setCourse(p *protocols.Position, v float64) {
	if v == 360 {
		v = 0
	}
	if v >= 0 && v < 360 {
		p.Course = protocols.Some(v)
	}
}

func setAltitude(p *protocols.Position, v float64) {
	if v > -10000 && v < 60000 {
		p.Altitude = protocols.Some(v)
	}
}

func setPercent(p *protocols.Position, w wire.Field) {
	if v, ok := w.Int64(); ok && v >= 0 && v <= 100 {
		p.BatteryPercent = protocols.Some(float64(v))
	}
}

// setSignal takes CSQ, 0 to 31.
func setSignal(p *protocols.Position, w wire.Field) {
	if v, ok := w.Int64(); ok && v >= 0 && v <= 31 {
		p.SignalPercent = protocols.Some(int(math.Round(float64(v) * 100 / 31)))
	}
}

// setCell takes country, network, area and cell, the latter two hexadecimal.
func setCell(p *protocols.Position, country, network, area, cell wire.Field) {
	mcc, ok1 := country.Int64()
	mnc, ok2 := network.Int64()
	lac, ok3 := area.Hex()
	id, ok4 := cell.Hex()
	if !ok1 || !ok2 || !ok3 || !ok4 || mcc <= 0 || mcc >= 1000 || mnc < 0 || mnc >= 1000 {
		return
	}
	if lac <= math.MaxUint32 && lac|id != 0 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: id})
	}
}

var (
	inputNames  = [ports]string{"input_1", "input_2", "input_3", "input_4"}
	outputNames = [ports]string{"output_1", "output_2", "output_3", "output_4"}
)

// setPorts reads a binary digit for each port, the first last.
func setPorts(p *protocols.Position, names *[ports]string, w wire.Field) {
	if !isBinary(w) {
		return
	}
	for i, name := range names {
		p.Note(name, protocols.Bool(w[ports-1-i] == '1'))
	}
}

// alarmNames are what reports are called that warn of something, in lower case.
var alarmNames = [...]struct {
	name  string
	alarm protocols.Alarms
}{
	{"sos", protocols.AlarmSOS},
	{"help", protocols.AlarmSOS},
	{"over speed", protocols.AlarmOverspeed},
	{"overspeed", protocols.AlarmOverspeed},
	{"lowspeed", protocols.AlarmLowSpeed},
	{"low battery", protocols.AlarmLowBattery},
	{"lowbattery", protocols.AlarmLowBattery},
	{"low extern voltage", protocols.AlarmLowPower},
	{"gps cut", protocols.AlarmGPSAntennaCut},
	{"vib", protocols.AlarmVibration},
	{"hit", protocols.AlarmVibration},
	{"move in", protocols.AlarmGeofenceEnter},
	{"move out", protocols.AlarmGeofenceExit},
	{"corner", protocols.AlarmHardCornering},
	{"fatigue", protocols.AlarmFatigue},
	{"psd", protocols.AlarmPowerCut},
	{"psr", protocols.AlarmPowerRestored},
	{"belt on", protocols.AlarmLocked},
	{"belton", protocols.AlarmLocked},
	{"belt off", protocols.AlarmUnlocked},
	{"beltoff", protocols.AlarmUnlocked},
	{"pw on", protocols.AlarmGeneral},
	{"poweron", protocols.AlarmGeneral},
	{"pw off", protocols.AlarmGeneral},
	{"poweroff", protocols.AlarmGeneral},
	{"error", protocols.AlarmGeneral},
}

// The names of reports that are nothing special.
const (
	byTimer  = "Timer"
	noAlarms = "Nil-Alarms"
)

// setAlarm takes what a report is called.
func setAlarm(p *protocols.Position, w wire.Field) {
	if len(w) == 0 || string(w) == noAlarms {
		return
	}
	if string(w) == byTimer {
		p.Note("event", protocols.Text(byTimer))
		return
	}
	p.Note("event", protocols.Text(string(w)))
	for _, a := range &alarmNames {
		if isName(w, a.name) {
			p.Alarms |= a.alarm
			return
		}
	}
	switch {
	case len(w) < 3 || !isName(w[:3], "geo"):
	case isName(w[len(w)-2:], "in"):
		p.Alarms |= protocols.AlarmGeofenceEnter
	case isName(w[len(w)-3:], "out"):
		p.Alarms |= protocols.AlarmGeofenceExit
	}
}

// isName is whether a field is a name, whatever its letters' size.
func isName(w wire.Field, name string) bool {
	return len(w) == len(name) && bytes.EqualFold(w, []byte(name))
}
