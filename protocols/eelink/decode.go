package eelink

import (
	"time"

	"drover/protocols"
)

// body reads what stands behind the head of a package.
func (d *decoder) body(kind byte) {
	switch kind {
	case kindGPS, kindAlarm, kindState, kindSMS:
		d.open()
		d.old(kind)
		d.close()
	case kindHeartbeat:
		if d.Len() >= 2 {
			d.open()
			d.status(d.U16("status"), false)
			d.close()
		}
	case kindOBD:
		d.open()
		d.obd()
		d.close()
	case kindCommand, kindBroadcast:
		d.answer()
	case kindLocation, kindOther, kindWarning, kindReport, kindMessage, kindOBDData, kindOBDBody, kindOBDFault:
		d.open()
		d.current(kind)
		d.close()
	default:
		d.open()
		d.add("package", protocols.Int(int64(kind)))
		d.extra("data")
		d.close()
	}
}

func (d *decoder) stamp() {
	if t := d.U32("time"); t != 0 && d.Err() == nil {
		d.pos.Time = time.Unix(int64(t), 0).UTC()
	}
}

// locate reads latitude and longitude in 1/1,800,000 degrees; 0, 0 is none.
func (d *decoder) locate() {
	latitude, longitude := int32(d.U32("latitude")), int32(d.U32("longitude"))
	const right = 90 * 1800000
	if d.Err() != nil || latitude == 0 && longitude == 0 || latitude > right || latitude < -right ||
		longitude > 2*right || longitude < -2*right {
		return
	}
	d.pos.Located = true
	d.pos.Latitude, d.pos.Longitude = float64(latitude)/1800000, float64(longitude)/1800000
}

func (d *decoder) motion(speed, course uint16) {
	if d.Err() != nil {
		return
	}
	if speed <= 2000 {
		d.pos.Speed = protocols.Some(float64(speed))
	}
	if course <= 360 {
		d.pos.Course = protocols.Some(float64(course % 360))
	}
}

// old reads the packages of V1.8.
func (d *decoder) old(kind byte) {
	d.stamp()
	d.locate()
	speed := d.U8("speed")
	d.motion(uint16(speed), d.U16("course"))
	c := protocols.Cell{MCC: d.U16("MCC"), MNC: d.U16("MNC"), LAC: uint32(d.U16("LAC")), CID: uint64(d.U24("cell id"))}
	if d.Err() == nil && c.MCC != 0 {
		d.pos.Cell = protocols.Some(c)
	}
	flags := d.U8("flags")
	d.pos.Valid = d.pos.Located && flags&1 != 0
	switch kind {
	case kindGPS:
		d.oldStatus()
	case kindAlarm:
		d.warning(d.U8("type of warning"))
	case kindState:
		if event := d.U8("type of state"); d.Err() == nil {
			d.add("event", protocols.Int(int64(event)))
			if event >= 1 && event <= 3 && d.Len() >= 6 {
				d.Skip("tracker's time", 4)
				d.status(d.U16("status"), false)
			}
		}
	case kindSMS:
		d.message()
	}
	d.extra("extra")
}

func (d *decoder) oldStatus() {
	if d.Len() >= 2 {
		d.status(d.U16("status"), false)
	}
	if d.Len() < 8 {
		return
	}
	d.pos.BatteryVolts = protocols.Some(float64(d.U16("battery")) / 1000)
	d.add("gsm_signal", protocols.Int(int64(d.U16("signal"))))
	d.add("analog_1_v", protocols.Decimal(int64(d.U16("AIN0")), 3))
	d.add("analog_2_v", protocols.Decimal(int64(d.U16("AIN1")), 3))
}

// message reads a text message: whose it is, and its words.
func (d *decoder) message() {
	if d.Len() < 21 {
		return
	}
	if from := trim(d.Bytes("number", 21)); len(from) > 0 {
		d.add("message_from", protocols.Text(string(from)))
	}
	if words := trim(d.Rest()); len(words) > 0 {
		d.add("message", protocols.Text(string(words)))
	}
}

// trim leaves out zeros and spaces at the end.
func trim(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == 0 || b[len(b)-1] == ' ') {
		b = b[:len(b)-1]
	}
	return b
}

// The bits of the status: a thing's state stands behind whether the tracker has it.
const (
	bitFixed     = 1 << 0
	bitCar       = 1 << 1
	bitEngine    = 1 << 2
	bitSensor    = 1 << 3
	bitArmed     = 1 << 4
	bitRelay     = 1 << 5
	bitRelayOn   = 1 << 6
	bitCharger   = 1 << 7
	bitCharging  = 1 << 8
	bitMoving    = 1 << 9
	bitReceiving = 1 << 10
)

// status takes the status word; the new layouts also say the fix and the inputs in it.
func (d *decoder) status(s uint16, fix bool) {
	if d.Err() != nil {
		return
	}
	if s&bitCar != 0 {
		d.pos.Ignition = protocols.Some(s&bitEngine != 0)
	}
	if s&bitSensor != 0 {
		d.add("armed", protocols.Bool(s&bitArmed != 0))
		if fix {
			d.add("motion", protocols.Bool(s&bitMoving != 0))
		}
	}
	if s&bitRelay != 0 {
		d.add("relay", protocols.Bool(s&bitRelayOn != 0))
	}
	if s&bitCharger != 0 {
		d.add("charging", protocols.Bool(s&bitCharging != 0))
	}
	if fix {
		d.pos.Valid = d.pos.Located && s&bitFixed != 0
		d.add("gps_on", protocols.Bool(s&bitReceiving != 0))
		if inputs := s >> 12; inputs != 0 {
			d.add("inputs", protocols.Int(int64(inputs)))
		}
	}
}

// warning takes the type of a warning.
func (d *decoder) warning(kind byte) {
	if d.Err() != nil {
		return
	}
	d.add("alarm_code", protocols.Int(int64(kind)))
	d.pos.Alarms |= alarmOf(kind)
}

func alarmOf(kind byte) protocols.Alarms {
	for i := range warnings {
		if warnings[i].kind == kind {
			return warnings[i].alarm
		}
	}
	return 0
}

// warnings are the types of warnings that have a name here.
var warnings = [...]struct {
	kind  byte
	alarm protocols.Alarms
}{
	{0x01, protocols.AlarmPowerCut}, {0x02, protocols.AlarmSOS}, {0x03, protocols.AlarmLowBattery},
	{0x04, protocols.AlarmVibration}, {0x05, protocols.AlarmMovement}, {0x08, protocols.AlarmGPSAntennaCut},
	{0x09, protocols.AlarmGPSAntennaCut}, {0x20, protocols.AlarmTemperature}, {0x24, protocols.AlarmTemperature},
	{0x25, protocols.AlarmRemoving}, {0x81, protocols.AlarmLowSpeed}, {0x82, protocols.AlarmOverspeed},
	{0x83, protocols.AlarmGeofenceEnter}, {0x84, protocols.AlarmGeofenceExit}, {0x85, protocols.AlarmAccident},
	{0x86, protocols.AlarmFall},
}
