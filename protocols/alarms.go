package protocols

import "math/bits"

// Alarms is a set of alarms.
type Alarms uint64

// The alarms that families share. Their places are part of the stored encodings and never change; new ones go last.
const (
	AlarmSOS Alarms = 1 << iota
	AlarmPowerCut
	AlarmPowerRestored
	AlarmLowPower
	AlarmLowBattery
	AlarmVibration
	AlarmMovement
	AlarmTow
	AlarmTampering
	AlarmRemoving
	AlarmDoor
	AlarmOverspeed
	AlarmFatigue
	AlarmIdle
	AlarmHardAcceleration
	AlarmHardBraking
	AlarmHardCornering
	AlarmAccident
	AlarmFall
	AlarmGeofence
	AlarmGeofenceEnter
	AlarmGeofenceExit
	AlarmGPSAntennaCut
	AlarmGPSLost
	AlarmJamming
	AlarmTemperature
	AlarmFuelLeak
	AlarmEngineFault
	AlarmLowSpeed
	AlarmLaneChange
	AlarmUnplugged
	AlarmSIMChanged
	AlarmLocked
	AlarmUnlocked
	AlarmGeneral // the tracker raised an alarm that has no name here; its code is among the attributes
)

var alarmNames = [...]string{
	"sos", "power_cut", "power_restored", "low_power", "low_battery", "vibration", "movement", "tow", "tampering",
	"removing", "door", "overspeed", "fatigue", "idle", "hard_acceleration", "hard_braking", "hard_cornering",
	"accident", "fall", "geofence", "geofence_enter", "geofence_exit", "gps_antenna_cut", "gps_lost", "jamming",
	"temperature", "fuel_leak", "engine_fault", "low_speed", "lane_change", "unplugged", "sim_changed", "locked",
	"unlocked", "general",
}

// Names gives the alarms' names, in the order of the constants.
func (a Alarms) Names() []string {
	names := make([]string, 0, bits.OnesCount64(uint64(a)))
	for rest := uint64(a); rest != 0; rest &= rest - 1 {
		if i := bits.TrailingZeros64(rest); i < len(alarmNames) {
			names = append(names, alarmNames[i])
		}
	}
	return names
}
