package castel

import (
	"encoding/binary"
	"time"

	"drover/protocols"
)

// readSC reads a frame of an OBD dongle. What has no location is one position without a place, at the time of the
// statistics.
func (d *decoder) readSC(kind uint16, at time.Time) {
	switch kind {
	case scHeartbeat:
		d.answer(scBeatReply)
	case scLogin, scLogout, scGPS, scAlarm, scLocated, scFuel, scTagged:
		d.located(kind, at)
	case scPIDs, scGSensor, scSupported, scSnapshot, scFaults, scTruckFault, scCell:
		d.readings(kind)
	case scSleep:
		d.U32LE("device time")
		d.fixes(1)
	case scAGPS:
		d.fixes(1)
	case scQueryReply, scSetReply:
		d.result(kind, uint32(d.U16LE("command sequence")))
	default:
		if kind >= 0x8000 {
			d.result(kind, 0)
			return
		}
		d.unknown(kind)
	}
}

// located reads the types that carry locations behind the statistics.
func (d *decoder) located(kind uint16, at time.Time) {
	switch kind {
	case scLogin:
		var body [10]byte
		binary.LittleEndian.PutUint32(body[:], 0xFFFFFFFF) // any address
		binary.LittleEndian.PutUint32(body[6:], uint32(at.Unix()))
		d.answer(scLoginReply, body[:]...)
	case scGPS:
		d.history()
	case scAlarm:
		index := d.Bytes("alarm index", 4)
		d.answer(scAlarmReply, index...)
	case scTagged:
		d.history()
		d.pos.Note("index", protocols.Int(int64(d.U32LE("index"))))
	case scLocated:
		d.message.Result = &protocols.Result{Text: "b001", ID: uint32(d.U16LE("command sequence"))}
	}
	d.stat()
	when := d.pos.Time
	count := int(d.U8("GPS count"))
	if d.Err() != nil {
		return
	}
	d.pos.Time = time.Time{}
	d.fixes(count)
	if len(d.message.Positions) == 0 {
		d.pos.Time = when
	}
	switch kind {
	case scAlarm:
		d.alarms()
	case scFuel:
		d.levels()
	case scGPS:
		d.revolutions()
	case scTagged:
		d.tags()
	case scLogin:
		d.versions()
	}
}

func (d *decoder) history() {
	if d.U8("history flag") != 0 {
		d.pos.Note("history", protocols.Bool(true))
	}
}

// stateAlarms are the alarms of the bits of the vehicle's state.
var stateAlarms = [32]protocols.Alarms{
	0: protocols.AlarmLowPower, 1: protocols.AlarmTow, 2: protocols.AlarmOverspeed, 3: protocols.AlarmTemperature,
	4: protocols.AlarmHardAcceleration, 5: protocols.AlarmHardBraking, 6: protocols.AlarmIdle,
	10: protocols.AlarmLaneChange, 11: protocols.AlarmHardCornering, 12: protocols.AlarmFatigue,
	13: protocols.AlarmSOS, 14: protocols.AlarmAccident, 15: protocols.AlarmTampering,
	21: protocols.AlarmPowerCut, 23: protocols.AlarmEngineFault, 27: protocols.AlarmVibration,
}

// stateIgnition is the bit of the vehicle's state that says that it runs.
const stateIgnition = 18

// stat reads what nearly all types start with: when the ignition was switched on, the time, odometer, trip, fuel in
// 0.01 l, fuel of the trip, state and eight bytes of the model.
func (d *decoder) stat() {
	b := d.Bytes("statistics", 34)
	if b == nil {
		return
	}
	le, p := binary.LittleEndian, d.pos
	if t := le.Uint32(b[4:]); t > 0 && t < 1<<31 {
		p.Time = time.Unix(int64(t), 0).UTC()
	}
	p.Odometer = protocols.Some(float64(le.Uint32(b[8:])))
	p.Note("trip_odometer_m", protocols.Int(int64(le.Uint32(b[12:]))))
	p.Note("fuel_used_l", protocols.Decimal(int64(le.Uint32(b[16:])), 2))
	p.Note("trip_fuel_l", protocols.Decimal(int64(le.Uint16(b[20:])), 2))
	state := le.Uint32(b[22:])
	for rest := state; rest != 0; rest &= rest - 1 {
		p.Alarms |= stateAlarms[lowest(rest)]
	}
	p.Ignition = protocols.Some(state>>stateIgnition&1 != 0)
	p.Note("status", protocols.Int(int64(state)))
}

// lowest is the number of the lowest bit that is set.
func lowest(v uint32) int {
	n := 0
	for v&1 == 0 {
		v, n = v>>1, n+1
	}
	return n
}

// alarmCodes are the alarms of the codes of 4007.
var alarmCodes = [0x1D]protocols.Alarms{
	0x01: protocols.AlarmOverspeed, 0x02: protocols.AlarmLowPower, 0x03: protocols.AlarmTemperature,
	0x04: protocols.AlarmHardAcceleration, 0x05: protocols.AlarmHardBraking, 0x06: protocols.AlarmIdle,
	0x07: protocols.AlarmTow, 0x08: protocols.AlarmGeneral, 0x09: protocols.AlarmPowerRestored,
	0x0A: protocols.AlarmGeneral, 0x0B: protocols.AlarmLaneChange, 0x0C: protocols.AlarmHardCornering,
	0x0D: protocols.AlarmFatigue, 0x0E: protocols.AlarmPowerCut, 0x0F: protocols.AlarmGeofence,
	0x10: protocols.AlarmSOS, 0x11: protocols.AlarmAccident, 0x12: protocols.AlarmTampering,
	0x13: protocols.AlarmGeneral, 0x14: protocols.AlarmGeneral, 0x15: protocols.AlarmGeneral,
	0x18: protocols.AlarmEngineFault, 0x19: protocols.AlarmUnlocked, 0x1A: protocols.AlarmGeneral,
	0x1B: protocols.AlarmGeneral, 0x1C: protocols.AlarmVibration,
}

const (
	codeIgnitionOn  = 0x16
	codeIgnitionOff = 0x17
)

// alarms reads the list of alarms: whether each begins, its code, a value and its threshold.
func (d *decoder) alarms() {
	if len(d.message.Positions) == 0 {
		d.give()
	}
	count := int(d.U8("alarm count"))
	for i := 0; i < count && d.Len() >= 6; i++ {
		begins, code := d.U8("new alarm flag"), d.U8("alarm type")
		value, threshold := d.U16LE("alarm description"), d.U16LE("alarm threshold")
		for j := range d.message.Positions {
			p := &d.message.Positions[j]
			warn(p, begins != 0, code)
			p.Note("alarm_code", protocols.Int(int64(code)))
			p.Note("alarm_begins", protocols.Bool(begins != 0))
			p.Note("alarm_value", protocols.Int(int64(value)))
			p.Note("alarm_threshold", protocols.Int(int64(threshold)))
		}
	}
}

// levels reads a fuel sensor for each location.
func (d *decoder) levels() {
	for i := range d.message.Positions {
		if d.Len() >= 2 {
			d.message.Positions[i].Note("adc_1", protocols.Int(int64(d.U16LE("fuel"))))
		}
	}
}

// revolutions reads the engine's speed for each location, where it is there.
func (d *decoder) revolutions() {
	if d.Len() == 0 {
		return
	}
	count := int(d.U8("RPM count"))
	for i := 0; i < count && i < len(d.message.Positions) && d.Len() >= 2; i++ {
		d.message.Positions[i].Note("rpm", protocols.Int(int64(d.U16LE("RPM"))))
	}
}

// warn raises the alarm of a code that begins, or says what it tells of the ignition.
func warn(p *protocols.Position, begins bool, code byte) {
	switch {
	case code == codeIgnitionOn || code == codeIgnitionOff:
		p.Ignition = protocols.Some(code == codeIgnitionOn)
	case begins && int(code) < len(alarmCodes):
		p.Alarms |= alarmCodes[code]
	}
}
