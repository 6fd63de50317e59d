package egts

import (
	"encoding/binary"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

func (d *decoder) teledata(kind byte, b []byte) {
	switch {
	case kind == partPosition && len(b) >= 21:
		d.place(b)
	case kind == partExtended && len(b) >= 1:
		d.extended(b)
	case kind == partSensors && len(b) >= 3:
		d.sensors(b)
	case kind == partCounters && len(b) >= 1:
		d.counters(b)
	case (kind == partState || kind == partState21) && len(b) == 5:
		d.state(b)
	case kind == partState && len(b) >= 5:
		d.accelerations(b)
	case kind == partLiquid && len(b) >= 3:
		d.liquid(b)
	default:
		d.single(kind, b)
	}
}

// place reads time, latitude, longitude, flags, speed, course, mileage, inputs, cause, altitude and the cause's data. A
// second one in a record begins a position of its own.
func (d *decoder) place(b []byte) {
	if d.placed {
		d.pos = nil
	}
	p := d.position()
	d.placed = true
	p.Time = moment(binary.LittleEndian.Uint32(b))
	lat := float64(binary.LittleEndian.Uint32(b[4:])) * 90 / math.MaxUint32
	lon := float64(binary.LittleEndian.Uint32(b[8:])) * 180 / math.MaxUint32
	flags := b[12]
	if flags&0x20 != 0 {
		lat = -lat
	}
	if flags&0x40 != 0 {
		lon = -lon
	}
	switch {
	case lat == 0 && lon == 0:
	case flags&1 != 0:
		p.Located, p.Valid, p.Latitude, p.Longitude = true, true, lat, lon
	default: // the receiver has no fix, so that these are of an earlier one
		d.add("last_latitude_deg", protocols.Decimal(int64(math.Round(lat*1e7)), 7))
		d.add("last_longitude_deg", protocols.Decimal(int64(math.Round(lon*1e7)), 7))
	}
	speed := binary.LittleEndian.Uint16(b[13:])
	p.Speed = protocols.Some(float64(speed&0x3FFF) / 10)
	if course := int(b[15]) | int(speed>>15)<<8; course <= 360 {
		p.Course = protocols.Some(float64(course % 360))
	}
	p.Odometer = protocols.Some(float64(u24(b[16:])) * 100)
	if flags&0x80 != 0 && len(b) >= 24 {
		height := float64(u24(b[21:]))
		if speed&0x4000 != 0 {
			height = -height
		}
		if height > -32768 && height < 100000 {
			p.Altitude = protocols.Some(height)
		}
	}
	d.add("moving", protocols.Bool(flags&0x10 != 0))
	if flags&0x08 != 0 {
		d.add("archive", protocols.Bool(true))
	}
	d.add("inputs", protocols.Int(int64(b[19])))
	d.cause(b[20])
	d.turnedOn(b[19], b[20])
}

// cause is why the position was sent.
func (d *decoder) cause(v byte) {
	d.add("event", protocols.Int(int64(v)))
	if int(v) < len(causes) {
		d.pos.Alarms |= causes[v]
	}
}

// turnedOn tells the ignition where the profile says from what.
func (d *decoder) turnedOn(inputs, cause byte) {
	switch {
	case d.ignition >= 0:
		d.pos.Ignition = protocols.Some(inputs>>d.ignition&1 != 0)
	case d.ignition == ignitionCause && cause == 0:
		d.pos.Ignition = protocols.Some(true)
	case d.ignition == ignitionCause && (cause == 5 || cause == 28):
		d.pos.Ignition = protocols.Some(false)
	}
}

// causes are those that warn.
var causes = [...]protocols.Alarms{
	7: protocols.AlarmOverspeed, 10: protocols.AlarmTampering, 11: protocols.AlarmPowerCut,
	12: protocols.AlarmLowBattery, 13: protocols.AlarmSOS, 15: protocols.AlarmSOS,
	20: protocols.AlarmHardAcceleration, 21: protocols.AlarmHardBraking, 22: protocols.AlarmGPSLost,
	25: protocols.AlarmGPSAntennaCut, 27: protocols.AlarmLowSpeed, 28: protocols.AlarmMovement,
}

// extended reads precision and satellites; flags say which are there. Precision is in hundredths.
func (d *decoder) extended(b []byte) {
	r := wire.NewReader(b)
	flags := r.U8("flags")
	if flags&0x01 != 0 {
		d.add("vdop", protocols.Decimal(int64(r.U16LE("VDOP")), 2))
	}
	if flags&0x02 != 0 {
		if v := r.U16LE("HDOP"); r.Err() == nil {
			d.position().HDOP = protocols.Some(float64(v) / 100)
		}
	}
	if flags&0x04 != 0 {
		d.add("pdop", protocols.Decimal(int64(r.U16LE("PDOP")), 2))
	}
	if flags&0x08 != 0 {
		if v := r.U8("satellites"); r.Err() == nil {
			d.position().Satellites = protocols.Some(int(v))
		}
	}
	if flags&0x10 != 0 {
		d.add("navigation_systems", protocols.Int(int64(r.U16LE("navigation systems"))))
	}
}

// sensors reads digital inputs by eights, outputs, and analog inputs; bits say which are there.
func (d *decoder) sensors(b []byte) {
	r := wire.NewReader(b)
	octets, outputs, analogs := r.U8("digital inputs"), r.U8("outputs"), r.U8("analog inputs")
	d.add("outputs", protocols.Int(int64(outputs)))
	for i := range 8 {
		if octets>>i&1 != 0 && r.Len() >= 1 {
			d.add(inputNames[i], protocols.Int(int64(r.U8("digital inputs"))))
		}
	}
	for i := range 8 {
		if analogs>>i&1 != 0 && r.Len() >= 3 {
			d.add(analogNames[i], protocols.Int(int64(r.UintLE("analog input", 3))))
		}
	}
}

func (d *decoder) counters(b []byte) {
	flags, b := b[0], b[1:]
	for i := range 8 {
		if flags>>i&1 != 0 && len(b) >= 3 {
			d.add(countNames[i], protocols.Int(int64(u24(b))))
			b = b[3:]
		}
	}
}

// state reads mode, voltages in tenths (main, reserve, internal), and flags.
func (d *decoder) state(b []byte) {
	d.add("mode", protocols.Int(int64(b[0])))
	p := d.position()
	p.ExternalVolts = protocols.Some(float64(b[1]) / 10)
	battery := b[2]
	if battery == 0 {
		battery = b[3]
	}
	p.BatteryVolts = protocols.Some(float64(battery) / 10)
	if b[3] != 0 {
		d.add("internal_battery_v", protocols.Decimal(int64(b[3]), 1))
	}
	d.add("state_flags", protocols.Int(int64(b[4])))
}

// accelerations reads how many, the moment of the first, and each with its delay in milliseconds, in 0.1 m/s².
func (d *decoder) accelerations(b []byte) {
	count := int(b[0])
	d.add("acceleration_time_unix_s", protocols.Int(epoch+int64(binary.LittleEndian.Uint32(b[1:]))))
	for b = b[5:]; count > 0 && len(b) >= 8; count-- {
		d.add("acceleration_after_ms", protocols.Int(int64(binary.LittleEndian.Uint16(b))))
		for i, name := range accelerationNames {
			d.add(name, protocols.Decimal(int64(int16(binary.LittleEndian.Uint16(b[2+2*i:]))), 1))
		}
		b = b[8:]
	}
}

var accelerationNames = [3]string{"acceleration_x_ms2", "acceleration_y_ms2", "acceleration_z_ms2"}

// liquid reads flags (fault, unit, raw, number), the sensor's address, and its level.
func (d *decoder) liquid(b []byte) {
	flags := b[0]
	number := flags & 7
	if flags&0x08 != 0 || len(b) < 7 {
		d.add("liquid_raw", protocols.Bytes(b))
		return
	}
	v := int64(binary.LittleEndian.Uint32(b[3:]))
	switch {
	case flags&0x40 != 0:
		d.add("liquid_fault", protocols.Int(int64(number)))
	case flags>>4&3 == 1:
		d.add(liquidPercents[number], protocols.Int(v))
	case flags>>4&3 == 2:
		d.add(liquidLitres[number], protocols.Decimal(v, 1))
	default:
		d.add(liquidLevels[number], protocols.Int(v))
	}
}

// single reads the subrecords of one sensor, whose number it names.
func (d *decoder) single(kind byte, b []byte) {
	switch {
	case kind == partDigital && len(b) == 2:
		v := binary.LittleEndian.Uint16(b)
		d.add("digital_number", protocols.Int(int64(v>>4)))
		d.add("digital", protocols.Int(int64(v&15)))
	case kind == partAnalog && len(b) == 4:
		d.add("analog_number", protocols.Int(int64(b[0])))
		d.add("analog", protocols.Int(int64(u24(b[1:]))))
	case kind == partCounter && len(b) == 4:
		d.add("counter_number", protocols.Int(int64(b[0])))
		d.add("counter", protocols.Int(int64(u24(b[1:]))))
	case kind == partLoop && len(b) == 2:
		v := binary.LittleEndian.Uint16(b)
		d.add("loop_number", protocols.Int(int64(v>>4)))
		d.add("loop", protocols.Int(int64(v&15)))
	case kind == partLoops && len(b) >= 1:
		d.add("loops", protocols.Bytes(b))
	case kind == partPassengers && len(b) >= 5 && b[0]&1 == 0:
		d.add("doors", protocols.Int(int64(b[1])))
		d.add("doors_released", protocols.Int(int64(b[2])))
		for b = b[5:]; len(b) >= 2; b = b[2:] {
			d.add("passengers_in", protocols.Int(int64(b[0])))
			d.add("passengers_out", protocols.Int(int64(b[1])))
		}
	default:
		d.unknown(kind, b)
	}
}

func u24(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }
