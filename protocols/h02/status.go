package h02

import (
	"math/bits"

	"drover/protocols"
)

// The status word: four bytes, the first is bits 24–31. A bit is active when it is 0. The papers agree on the ignition,
// the fourth byte's geofences, SOS and overspeed and the second byte's backup battery; where they differ, the dialect
// decides.

// sinoTrackAlarms is the table of the ST-901 paper (ids of 10 digits).
var sinoTrackAlarms = [32]protocols.Alarms{
	0:  protocols.AlarmVibration,
	1:  protocols.AlarmSOS,
	2:  protocols.AlarmOverspeed,
	3:  protocols.AlarmGeneral, // ignition while armed
	4:  protocols.AlarmGeofenceEnter,
	5:  protocols.AlarmGPSAntennaCut,
	6:  protocols.AlarmGPSAntennaCut,
	7:  protocols.AlarmGeofenceExit,
	11: protocols.AlarmLowPower,
	12: protocols.AlarmLowBattery,
	15: protocols.AlarmOverspeed,
	16: protocols.AlarmGPSLost,
	17: protocols.AlarmVibration,
	18: protocols.AlarmSOS,
	19: protocols.AlarmPowerCut,
	21: protocols.AlarmGPSAntennaCut,
	22: protocols.AlarmGPSAntennaCut,
	25: protocols.AlarmMovement,
}

// st904Alarms is the table of the paper that brought V6 and V8, with the two bits that it leaves out and older trackers
// have.
var st904Alarms = [32]protocols.Alarms{
	0:  protocols.AlarmVibration,
	1:  protocols.AlarmSOS,
	2:  protocols.AlarmOverspeed,
	5:  protocols.AlarmLowBattery,
	6:  protocols.AlarmLowBattery,
	17: protocols.AlarmVibration,
	18: protocols.AlarmSOS,
	19: protocols.AlarmPowerCut,
	25: protocols.AlarmMovement,
}

// canTrackAlarms is the table of the Cantrack paper (ids of 15 digits), with the alarms of the fourth byte that its
// older firmwares raise.
var canTrackAlarms = [32]protocols.Alarms{
	0:  protocols.AlarmVibration,
	1:  protocols.AlarmSOS,
	2:  protocols.AlarmOverspeed,
	4:  protocols.AlarmGeofenceEnter,
	7:  protocols.AlarmGeofenceExit,
	11: protocols.AlarmVibration,
	12: protocols.AlarmLowBattery,
	18: protocols.AlarmRemoving,
	19: protocols.AlarmPowerCut,
	26: protocols.AlarmOverspeed,
}

// tkStarAlarms is for the H06 and TK-STAR (ids of 15 digits, the cell after the status): bit 18 is the SOS button.
var tkStarAlarms = [32]protocols.Alarms{
	0:  protocols.AlarmVibration,
	1:  protocols.AlarmSOS,
	2:  protocols.AlarmOverspeed,
	4:  protocols.AlarmGeofenceEnter,
	7:  protocols.AlarmGeofenceExit,
	18: protocols.AlarmSOS,
	19: protocols.AlarmPowerCut,
}

// sinoTrackStates names the bits of the ST-901 paper that are states and no alarms.
var sinoTrackStates = [32]string{
	8:  "door_open",
	9:  "armed",
	13: "engine_running",
	20: "vehicle_battery_removed",
	23: "input_low_2",
	27: "immobilised",
	28: "vehicle_power_off",
	29: "input_high_1",
	30: "input_high_2",
	31: "input_low_1",
}

// ignitionBit is 0 while the ignition is off.
const ignitionBit = 1 << 10

// dialect chooses the tables of the status word.
type dialect uint8

const (
	sinoTrack dialect = iota
	st904
	canTrack
	tkStar
)

// dialectOf tells the dialect by the length of the id, the type of the sentence, and whether something follows the
// status.
func dialectOf(id, kind []byte, tail bool) dialect {
	switch {
	case len(id) == maxID && tail:
		return tkStar
	case len(id) == maxID:
		return canTrack
	case string(kind) == "V6" || string(kind) == "V8":
		return st904
	}
	return sinoTrack
}

// readStatus says what the status word does: ignition, alarms, states, and the word itself.
func readStatus(p *protocols.Position, status uint32, d dialect) {
	p.Ignition = protocols.Some(status&ignitionBit != 0)
	p.Note("status", protocols.Int(int64(status)))
	alarms, states := &sinoTrackAlarms, &sinoTrackStates
	switch d {
	case st904:
		alarms = &st904Alarms
	case canTrack:
		alarms, states = &canTrackAlarms, nil
	case tkStar:
		alarms, states = &tkStarAlarms, nil
	}
	for active := ^status; active != 0; active &= active - 1 {
		bit := bits.TrailingZeros32(active)
		p.Alarms |= alarms[bit]
		if states != nil && states[bit] != "" {
			p.Note(states[bit], protocols.Bool(true))
		}
	}
}

// levelPercent gives the battery in percent: 1–6 are steps, 7–100 are percent themselves, F1–F6 are the steps while it
// charges, 0 and the rest say nothing.
func levelPercent(v int) (percent float64, charging, ok bool) {
	steps := [...]float64{1: 0, 2: 10, 3: 20, 4: 60, 5: 80, 6: 100}
	switch {
	case v >= 1 && v <= 6:
		return steps[v], false, true
	case v >= 7 && v <= 100:
		return float64(v), false, true
	case v >= 0xF1 && v <= 0xF6:
		return steps[v-0xF0], true, true
	}
	return 0, false, false
}

// readLevel sets the battery's percent, and whether it charges if the level says so.
func readLevel(p *protocols.Position, v int) {
	percent, charging, ok := levelPercent(v)
	if !ok {
		return
	}
	p.BatteryPercent = protocols.Some(percent)
	if charging {
		p.Note("charging", protocols.Bool(true))
	}
}

// readCSQ sets the signal from a CSQ of 0–31; 99 and the rest say nothing.
func readCSQ(p *protocols.Position, csq int) {
	if csq >= 0 && csq <= 31 {
		p.SignalPercent = protocols.Some((100*csq + 15) / 31)
	}
}
