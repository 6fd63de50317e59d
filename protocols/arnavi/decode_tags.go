package arnavi

import (
	"encoding/binary"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// decoder reads one record.
type decoder struct {
	*codec
	pos            protocols.Position
	lat, lon       float64
	hasLat, hasLon bool
	lost           bool // the receiver says that it has no fix
	cell           protocols.Cell
}

func (d *decoder) add(name string, v protocols.Value) {
	d.pos.Attributes = append(d.pos.Attributes, protocols.Attr(name, v))
}

const tagBytes = 5 // a number and four bytes

func (d *decoder) tags(b []byte) {
	for ; len(b) >= tagBytes; b = b[tagBytes:] {
		d.tag(b[0], b[1:tagBytes])
	}
	if len(b) > 0 {
		d.add("rest", protocols.Bytes(b))
	}
	p := &d.pos
	if d.cell.MCC > 0 && d.cell.MCC < 1000 && d.cell.CID != 0 {
		p.Cell = protocols.Some(d.cell)
	}
	if !d.hasLat || !d.hasLon || d.lat == 0 && d.lon == 0 {
		return
	}
	if math.Abs(d.lat) <= 90 && math.Abs(d.lon) <= 180 {
		p.Located, p.Valid, p.Latitude, p.Longitude = true, !d.lost, d.lat, d.lon
	}
}

func (d *decoder) tag(id byte, b []byte) {
	p := &d.pos
	v := binary.LittleEndian.Uint32(b)
	switch id {
	case 1: // the tracker's battery and the vehicle's supply, mV
		p.BatteryVolts, p.ExternalVolts = volts(v&0xFFFF), volts(v>>16)
	case 2:
		if v != 0 {
			d.add("driver_id", protocols.Int(int64(v)))
		}
	case 3:
		d.lat, d.hasLat = float64(math.Float32frombits(v)), true
	case 4:
		d.lon, d.hasLon = float64(math.Float32frombits(v)), true
	case 5:
		d.motion(b)
	case 6:
		d.input(b)
	case 7:
		d.cell.CID, d.cell.LAC = uint64(v&0xFFFF), v>>16
	case 8: // network, country, level
		d.cell.MNC, d.cell.MCC = uint16(b[0]), binary.LittleEndian.Uint16(b[1:])
		d.add("gsm_level", protocols.Int(int64(b[3])))
	case 9:
		d.status(v)
	default:
		d.measured(id, v, b)
	}
}

// measured reads the tags of sensors and of the vehicle's bus.
func (d *decoder) measured(id byte, v uint32, b []byte) {
	p := &d.pos
	switch {
	case id >= 10 && id <= 17:
		d.add(pulseNames[id-10], protocols.Int(int64(v)))
	case id >= 20 && id <= 27:
		d.add(frequencyNames[id-20], protocols.Int(int64(v)))
	case id >= 30 && id <= 37:
		d.add(analogNames[id-30], protocols.Decimal(int64(v), 3))
	case id == 53: // hundredths of kilometres, of the vehicle
		p.Odometer = protocols.Some(float64(v) * 10)
	case id >= 51 && id <= 64:
		f := &busFields[id-51]
		d.add(f.name, protocols.Decimal(int64(v&f.mask)*int64(f.mul), f.scale))
	case id == 69:
		d.add("throttle_percent", protocols.Int(int64(b[0])))
		d.add("engine_load_percent", protocols.Int(int64(b[1])))
	case id >= 70 && id <= 79:
		d.add(fuelNames[id-70], protocols.Int(int64(v&0xFFFF)))
		d.add(fuelDegrees[id-70], protocols.Int(int64(int8(b[2]))))
	case id == 150: // hundredths of kilometres, of the tracker
		if !p.Odometer.OK {
			p.Odometer = protocols.Some(float64(v) * 10)
		}
	case id == 151:
		p.HDOP = protocols.Some(float64(v&0xFFFF) / 100)
	default:
		d.add(ioNames[id], protocols.Int(int64(v)))
	}
}

// volts are of millivolts; all ones say that there is no value.
func volts(v uint32) protocols.Opt[float64] {
	if v == 0xFFFF {
		return protocols.Opt[float64]{}
	}
	return protocols.Some(float64(v) / 1000)
}

// motion: course in two degrees, height in ten metres, GPS and GLONASS satellites, speed in knots. FE and FF for the
// satellites say that there is no fix.
func (d *decoder) motion(b []byte) {
	if d.lost = b[2] >= 0xFE; d.lost {
		return
	}
	p := &d.pos
	if course := 2 * int(b[0]); course <= 360 {
		p.Course = protocols.Some(float64(course % 360))
	}
	if b[1] != 0 {
		p.Altitude = protocols.Some(float64(b[1]) * 10)
	}
	p.Satellites = protocols.Some(int(b[2]&15) + int(b[2]>>4))
	p.Speed = protocols.Some(wire.KnotsToKMH(float64(b[3])))
}

// input: how the input is used, its number (or, of digital ones, all as bits), its value.
func (d *decoder) input(b []byte) {
	v := int64(binary.LittleEndian.Uint16(b[2:]))
	switch b[0] {
	case 1:
		d.inputs(b[1])
	case 6:
		d.add("input_pulses", protocols.Int(v))
	case 7:
		d.add("input_hz", protocols.Int(v))
	case 8:
		d.add("input_v", protocols.Decimal(v, 3))
	default:
		d.add("io6", protocols.Int(int64(binary.LittleEndian.Uint32(b))))
	}
}

func (d *decoder) inputs(v byte) {
	d.add("inputs", protocols.Int(int64(v)))
	if d.ignition >= 0 {
		d.pos.Ignition = protocols.Some(v>>d.ignition&1 != 0)
	}
}

// status: inputs (8 bits), outputs (4), the rest of the tracker's state; the highest eight are the supply in 150 mV.
func (d *decoder) status(v uint32) {
	d.add("status", protocols.Int(int64(v)))
	d.inputs(byte(v))
	d.add("outputs", protocols.Int(int64(v>>8&15)))
	if !d.pos.ExternalVolts.OK && v>>24 != 0 {
		d.add("supply_v", protocols.Decimal(int64(v>>24)*15, 2))
	}
	if v>>20&1 != 0 {
		d.pos.Alarms |= protocols.AlarmGeneral
	}
}
