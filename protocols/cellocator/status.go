package cellocator

import (
	"math"
	"time"

	"drover/protocols"
)

// The bits of the inputs, of which the first byte is the lowest.
const (
	bitDoor     = 1 << 0
	bitDriving  = 1 << 5 // the ignition, filtered
	bitCharging = 1 << 31
)

// status reads a message of type 0.
func (d *decoder) status() byte {
	d.add("hardware", protocols.Int(int64(d.U8("hardware version"))))
	d.add("firmware", protocols.Int(int64(d.U8("firmware version"))))
	d.Skip("protocol version", 1)
	d.add("unit_status", protocols.Int(int64(d.U8("unit status")&15)))
	d.Skip("operator", 1)
	data := d.U8("reason's data")
	reason := d.U8("reason")
	if d.Err() != nil {
		return 0
	}
	d.add("event", protocols.Int(int64(reason)))
	if data != 0 {
		d.add("event_data", protocols.Int(int64(data)))
	}
	d.pos.Alarms |= alarmOf(reason)
	d.add("mode", protocols.Int(int64(d.U8("mode of operation"))))
	inputs := d.U32LE("inputs and outputs")
	if d.Err() == nil {
		d.pos.Ignition = protocols.Some(inputs&bitDriving != 0)
		d.add("door", protocols.Bool(inputs&bitDoor != 0))
		d.add("charging", protocols.Bool(inputs&bitCharging != 0))
		d.add("inputs", protocols.Int(int64(inputs)))
	}
	d.Skip("operator", 1)
	d.analogs()
	if v := d.UintLE("mileage", 3); d.Err() == nil {
		d.pos.Odometer = protocols.Some(float64(v) * float64(d.unit))
	}
	d.purpose(d.Bytes("multi-purpose field", 6))
	d.Skip("time of last fix", 2)
	d.Skip("location status", 1)
	d.place(func() float64 {
		speed := float64(d.U32LE("speed"))
		if d.alternative {
			return speed
		}
		return speed * 0.036
	})
	d.time(2)
	return reason
}

// analogs reads four inputs of a byte each, of which the hardware says what they measure; the other dialect has two of
// two bytes.
func (d *decoder) analogs() {
	if d.alternative {
		d.add("analog_1", protocols.Int(int64(d.U16LE("analog 1"))))
		d.add("analog_2", protocols.Int(int64(d.U16LE("analog 2"))))
		return
	}
	for _, name := range [...]string{"analog_1", "analog_2", "analog_3", "analog_4"} {
		d.add(name, protocols.Int(int64(d.U8(name))))
	}
}

// purpose keeps the field that holds a driver's id, an IMEI or what else was programmed.
func (d *decoder) purpose(b []byte) {
	for _, c := range b {
		if c != 0 {
			d.add("driver_id", protocols.Bytes(b))
			return
		}
	}
}

// place reads the receiver's modes, satellites, place, altitude, speed and course.
func (d *decoder) place(speed func() float64) {
	solution := d.U8("mode 1") & 7
	d.Skip("mode 2", 1)
	satellites := d.U8("satellites")
	longitude, latitude := float64(int32(d.U32LE("longitude"))), float64(int32(d.U32LE("latitude")))
	altitude := float64(int32(d.U32LE("altitude"))) / 100
	kmh := speed()
	course := float64(d.U16LE("direction")) / 1000
	if !d.alternative {
		course *= 180 / math.Pi
	}
	if d.Err() != nil {
		return
	}
	d.said = true
	d.pos.Satellites = protocols.Some(int(satellites))
	scale := 180 / math.Pi / 1e8
	if d.alternative {
		scale = 1e-7
	}
	longitude, latitude = longitude*scale, latitude*scale
	if math.Abs(latitude) > 90 || math.Abs(longitude) > 180 || latitude == 0 && longitude == 0 {
		return
	}
	d.pos.Located, d.pos.Valid = true, solution != 0 // 0 is no solution: the last place
	d.pos.Latitude, d.pos.Longitude = latitude, longitude
	if altitude >= -1000 && altitude <= 100000 {
		d.pos.Altitude = protocols.Some(altitude)
	}
	if kmh <= 2000 {
		d.pos.Speed = protocols.Some(kmh)
	}
	if course < 360.5 {
		d.pos.Course = protocols.Some(math.Mod(course, 360))
	}
}

// time reads second, minute, hour, day and month, and a year of one or two bytes.
func (d *decoder) time(width int) {
	b := d.Bytes("time and date", 5)
	year := int(d.UintLE("year", width))
	if width == 1 {
		year += 2000
	}
	if d.Err() != nil || year < 2000 || year > 2099 || b[0] > 59 || b[1] > 59 || b[2] > 23 || b[3] < 1 || b[3] > 31 ||
		b[4] < 1 || b[4] > 12 {
		return
	}
	d.pos.Time = time.Date(year, time.Month(b[4]), int(b[3]), int(b[2]), int(b[1]), int(b[0]), 0, time.UTC)
	d.said = true
}

// reasonReply is the reason of a status that answers a command.
const reasonReply = 31

// reasons are those that are alarms.
var reasons = [...]struct {
	reason byte
	alarm  protocols.Alarms
}{
	{5, protocols.AlarmDoor}, {7, protocols.AlarmGPSAntennaCut}, {8, protocols.AlarmTow}, {15, protocols.AlarmAccident},
	{34, protocols.AlarmOverspeed}, {35, protocols.AlarmIdle}, {70, protocols.AlarmSOS}, {80, protocols.AlarmPowerCut},
	{81, protocols.AlarmLowPower}, {82, protocols.AlarmUnplugged}, {83, protocols.AlarmLowBattery},
	{87, protocols.AlarmPowerRestored}, {99, protocols.AlarmHardBraking}, {100, protocols.AlarmHardCornering},
	{101, protocols.AlarmHardAcceleration}, {145, protocols.AlarmSOS}, {158, protocols.AlarmTampering},
}

func alarmOf(reason byte) protocols.Alarms {
	for i := range reasons {
		if reasons[i].reason == reason {
			return reasons[i].alarm
		}
	}
	return 0
}
