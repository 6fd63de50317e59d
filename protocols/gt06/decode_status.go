package gt06

import (
	"math"

	"drover/protocols"
)

// status reads terminal information, voltage level, GSM signal, alarm and language; the last two may be missing.
func (d *decoder) status() {
	bits := d.terminal()
	d.level(d.U8("voltage level"))
	d.signal(d.U8("GSM signal"))
	if d.Len() > 0 {
		d.alarmCode(d.U8("alarm"))
	}
	if d.Len() > 0 {
		d.Skip("language", 1)
	}
	d.pos.Alarms |= bitAlarms[bits>>3&7]
}

// terminal reads the byte of terminal information: armed, ignition, charging, three bits of alarm, GPS on, fuel cut.
func (d *decoder) terminal() byte {
	bits := d.U8("terminal information")
	if d.Err() != nil {
		return 0
	}
	d.pos.Ignition = protocols.Some(bits&2 != 0)
	d.add("armed", protocols.Bool(bits&1 != 0))
	d.add("charging", protocols.Bool(bits&4 != 0))
	d.add("blocked", protocols.Bool(bits&0x80 != 0))
	return bits
}

// level takes the voltage level: 0 to 6 as a rule, percent in the dialects that send more.
func (d *decoder) level(v byte) {
	switch {
	case d.Err() != nil:
	case v <= 6:
		d.pos.BatteryPercent = protocols.Some(float64(int(v) * 100 / 6))
	case v <= 100:
		d.pos.BatteryPercent = protocols.Some(float64(v))
	default:
		d.add("voltage_level", protocols.Int(int64(v)))
	}
}

// signal takes the GSM signal: bars 0 to 4 as a rule, CSQ or percent in the dialects that send more.
func (d *decoder) signal(v byte) {
	switch {
	case d.Err() != nil:
	case v <= 4:
		d.pos.SignalPercent = protocols.Some(int(v) * 25)
	case v <= 31:
		d.pos.SignalPercent = protocols.Some(int(math.Round(100 * float64(v) / 31)))
	case v <= 100 && v != 99:
		d.pos.SignalPercent = protocols.Some(int(v))
	default:
		d.add("gsm_signal", protocols.Int(int64(v)))
	}
}

// alarmCode takes the byte of an alarm. 0 is none; FE and FF say that the ignition went on or off; EA is a card.
func (d *decoder) alarmCode(code byte) {
	if d.Err() != nil || code == 0 {
		return
	}
	d.add("alarm_code", protocols.Int(int64(code)))
	switch named := codeAlarms[code]; {
	case named != 0:
		d.pos.Alarms |= named
	case code < 0xE0:
		d.pos.Alarms |= protocols.AlarmGeneral
	}
}

// bitAlarms are the alarms in bits 3 to 5 of the terminal information.
var bitAlarms = [8]protocols.Alarms{
	1: protocols.AlarmVibration, 2: protocols.AlarmPowerCut, 3: protocols.AlarmLowBattery, 4: protocols.AlarmSOS,
	6: protocols.AlarmGeofence, 7: protocols.AlarmRemoving,
}

// codeAlarms are the codes of the alarm byte; captured frames bear out 01 to 04, 06, 13 and 19. What is not here is
// general.
var codeAlarms = [256]protocols.Alarms{
	0x01: protocols.AlarmSOS,
	0x02: protocols.AlarmPowerCut,
	0x03: protocols.AlarmVibration,
	0x04: protocols.AlarmGeofenceEnter,
	0x05: protocols.AlarmGeofenceExit,
	0x06: protocols.AlarmOverspeed,
	0x09: protocols.AlarmMovement,
	0x0A: protocols.AlarmGPSLost,
	0x0E: protocols.AlarmLowPower,
	0x0F: protocols.AlarmLowPower,
	0x10: protocols.AlarmSIMChanged,
	0x13: protocols.AlarmTampering,
	0x14: protocols.AlarmDoor,
	0x15: protocols.AlarmLowBattery,
	0x17: protocols.AlarmJamming,
	0x18: protocols.AlarmTampering,
	0x19: protocols.AlarmLowBattery,
	0x1A: protocols.AlarmHardBraking,
	0x1B: protocols.AlarmHardCornering,
	0x23: protocols.AlarmFall,
	0x25: protocols.AlarmTampering,
	0x26: protocols.AlarmHardAcceleration,
	0x27: protocols.AlarmHardBraking,
	0x28: protocols.AlarmHardBraking,
	0x29: protocols.AlarmHardAcceleration,
	0x2A: protocols.AlarmHardCornering,
	0x2B: protocols.AlarmHardCornering,
	0x2C: protocols.AlarmAccident,
	0x2D: protocols.AlarmAccident,
	0x2E: protocols.AlarmLaneChange,
	0x30: protocols.AlarmHardBraking,
	0x32: protocols.AlarmUnplugged,
	0x33: protocols.AlarmLocked,
	0x34: protocols.AlarmUnlocked,
	0x53: protocols.AlarmFuelLeak,
	0x5B: protocols.AlarmTemperature,
	0x5C: protocols.AlarmTemperature,
	0xC9: protocols.AlarmIdle,
	0xF0: protocols.AlarmHardAcceleration,
	0xF1: protocols.AlarmHardBraking,
	0xF2: protocols.AlarmAccident,
}

// heartbeat reads a status packet, 13. The battery trackers' has 14 or 16 bytes.
func (d *decoder) heartbeat() {
	switch d.Len() {
	case 14, 16:
		d.batteryHeartbeat()
		return
	}
	d.status()
	d.modules(1)
}

// batteryHeartbeat reads the status packet of the OBD6 and WANWAY dialects: signal and satellites share a word
// (5 bits each), the battery is in percent.
func (d *decoder) batteryHeartbeat() {
	long := d.Len() == 16
	d.terminal()
	word := d.U16("signal and satellites")
	d.signal(byte(word & 31))
	d.pos.Satellites = protocols.Some(int(word>>5&31) + int(word>>10&31))
	d.alarmCode(d.U8("alarm"))
	d.Skip("language", 1)
	d.level100(d.U8("battery level"))
	d.add("working_mode", protocols.Int(int64(d.U8("working mode"))))
	volts := protocols.Some(float64(d.U16("working voltage")) / 100)
	d.Skip("reserved", 1)
	d.add("working_count", protocols.Int(int64(d.U16("working times"))))
	if !long {
		d.pos.ExternalVolts = volts
		d.add("working_time", protocols.Int(int64(d.U16("working time"))))
		return
	}
	d.pos.BatteryVolts = volts
	d.add("working_time", protocols.Int(int64(d.U16("working time"))))
	word = d.U16("temperature")
	tenths := int64(word & 0x7FFF)
	if word&0x8000 == 0 {
		tenths = -tenths
	}
	d.add("temperature_1_c", protocols.Decimal(tenths, 1))
}

// level100 takes a battery level in percent.
func (d *decoder) level100(v byte) {
	if d.Err() == nil && v <= 100 {
		d.pos.BatteryPercent = protocols.Some(float64(v))
	}
}

// heartbeat23 reads the GK310's heartbeat: battery in hundredths of a volt, GSM signal, language.
func (d *decoder) heartbeat23() {
	bits := d.terminal()
	d.pos.Alarms |= bitAlarms[bits>>3&7]
	if d.Len() >= 2 {
		d.pos.BatteryVolts = protocols.Some(float64(d.U16("battery voltage")) / 100)
	}
	if d.Len() >= 1 {
		d.signal(d.U8("GSM signal"))
	}
	if d.Len() == 2 {
		d.Skip("language", 2)
	}
	d.extra()
}

// status36 reads the 4G heartbeat: the status and tagged values with one byte of length.
func (d *decoder) status36() {
	d.status()
	d.modules(1)
}

// statusA3 reads the heartbeats of type A3. The GL21L's has 19 bytes.
func (d *decoder) statusA3() {
	long := d.Len() == 19
	bits := d.terminal()
	d.pos.Alarms |= bitAlarms[bits>>3&7]
	if !long {
		d.level(d.U8("voltage level"))
		d.signal(d.U8("GSM signal"))
		d.alarmCode(d.U8("alarm"))
		d.extra()
		return
	}
	d.Skip("reserved", 3)
	d.signal(d.U8("GSM signal"))
	d.pos.ExternalVolts = protocols.Some(float64(d.U8("voltage")))
	d.add("movement", protocols.Bool(d.U8("movement") != 0))
	d.Skip("reserved", 2)
	d.add("steps", protocols.Int(int64(d.U32("steps"))))
	d.level100(d.U8("battery level"))
	d.extra()
}
