package navtelecom

import (
	"encoding/binary"
	"math"

	"drover/protocols"
)

// special reads the fields that are more than a number.
func (d *decoder) special(field uint8, b []byte) {
	p := d.pos
	switch field {
	case 3:
		d.event = binary.LittleEndian.Uint32(b)
	case 4:
		d.status(b[0])
	case 5:
		d.modules(b[0])
	case 7:
		d.signal(b[0])
	case 8:
		d.nav = b[0]
		p.Satellites = protocols.Some(int(b[0] >> 2))
	case 9:
		d.fix = binary.LittleEndian.Uint32(b)
	case 12:
		d.altitude(int32(binary.LittleEndian.Uint32(b)))
	case 13:
		d.speed(b)
	case 14:
		d.course(binary.LittleEndian.Uint16(b))
	case 15:
		d.odometer(b)
	case 19:
		p.ExternalVolts = protocols.Some(float64(binary.LittleEndian.Uint16(b)) / 1000)
	case 20:
		p.BatteryVolts = protocols.Some(float64(binary.LittleEndian.Uint16(b)) / 1000)
	case 29:
		d.lines("inputs", &inputNames, b[0])
	case 31:
		d.lines("outputs", &outputNames, b[0])
	default:
		d.rare(field, b)
	}
}

func (d *decoder) rare(field uint8, b []byte) {
	p := d.pos
	switch field {
	case 71:
		p.HDOP = protocols.Some(float64(b[0]) / 10)
	case 77:
		d.cells(b)
	case 94, 95, 96, 97:
		d.tyres(b)
	case 100:
		v := binary.LittleEndian.Uint16(b)
		d.add("tachograph_flags", protocols.Int(int64(v)))
		p.Ignition = protocols.Some(v&1 != 0)
	case 123:
		d.add("status_2", protocols.Int(int64(b[0])))
		if b[0]&1 != 0 {
			p.Alarms |= protocols.AlarmTampering
		}
		if antenna := b[0] >> 1 & 3; antenna == 1 || antenna == 2 {
			p.Alarms |= protocols.AlarmGPSAntennaCut
		}
	case 201:
		v := binary.LittleEndian.Uint16(b)
		d.add("can_security", protocols.Int(int64(v)))
		p.Ignition = protocols.Some(v&1 != 0)
	}
}

// status: test mode, alarm notice, alarm, mode of guard (two bits), towed, saving power, accelerometer calibrated.
func (d *decoder) status(v byte) {
	d.add("status", protocols.Int(int64(v)))
	mode := v >> 3 & 3
	d.add("armed", protocols.Bool(mode == 1 || mode == 2))
	if v&0x06 != 0 {
		d.pos.Alarms |= protocols.AlarmGeneral
	}
	if v&0x20 != 0 {
		d.pos.Alarms |= protocols.AlarmTow
	}
}

// modules: the highest bit says that the engine (or generator) runs, which trackers tell from the ignition's line or
// from the voltage.
func (d *decoder) modules(v byte) {
	d.add("modules", protocols.Int(int64(v)))
	if !d.pos.Ignition.OK {
		d.pos.Ignition = protocols.Some(v&0x80 != 0)
	}
}

// signal is 0 to 31, 99 without a network.
func (d *decoder) signal(v byte) {
	if v <= 31 {
		d.pos.SignalPercent = protocols.Some((100*int(v) + 15) / 31)
	}
}

// altitude is in decimetres.
func (d *decoder) altitude(v int32) {
	if v >= -100_000 && v <= 1_000_000 {
		d.pos.Altitude = protocols.Some(float64(v) / 10)
	}
}

func (d *decoder) speed(b []byte) {
	if v := single(b); v >= 0 && v <= 2000 {
		d.pos.Speed = protocols.Some(v)
	}
}

func (d *decoder) course(v uint16) {
	if v <= 360 {
		d.pos.Course = protocols.Some(float64(v % 360))
	}
}

// odometer is in kilometres.
func (d *decoder) odometer(b []byte) {
	if v := single(b) * 1000; v >= 0 && v < 1e13 {
		d.pos.Odometer = protocols.Some(v)
	}
}

func single(b []byte) float64 { return float64(math.Float32frombits(binary.LittleEndian.Uint32(b))) }

// lines gives eight lines as one number, and each that is on by its name.
func (d *decoder) lines(name string, names *[8]string, v byte) {
	d.add(name, protocols.Int(int64(v)))
	for i := 0; v != 0; i, v = i+1, v>>1 {
		if v&1 != 0 {
			d.add(names[i], protocols.Bool(true))
		}
	}
}

var (
	inputNames  = [8]string{"input_1", "input_2", "input_3", "input_4", "input_5", "input_6", "input_7", "input_8"}
	outputNames = [8]string{"output_1", "output_2", "output_3", "output_4", "output_5", "output_6", "output_7", "output_8"}
)

// cells reads the serving cell, two neighbours and when they were heard.
func (d *decoder) cells(b []byte) {
	for i := range 3 {
		c := b[11*i:]
		cell := protocols.Cell{
			CID: uint64(binary.LittleEndian.Uint32(c)), LAC: uint32(binary.LittleEndian.Uint16(c[4:])),
			MCC: binary.LittleEndian.Uint16(c[6:]), MNC: binary.LittleEndian.Uint16(c[8:]),
		}
		if cell.CID == 0 && cell.LAC == 0 {
			continue
		}
		if i == 0 {
			d.pos.Cell = protocols.Some(cell)
		} else {
			d.add("neighbour_cid", protocols.Int(int64(cell.CID)))
			d.add("neighbour_lac", protocols.Int(int64(cell.LAC)))
		}
		d.add("rssi_dbm", protocols.Int(int64(int8(c[10]))))
	}
	if v := binary.LittleEndian.Uint32(b[33:]); v != 0 {
		d.add("cells_time_unix_s", protocols.Int(int64(v)))
	}
}

// tyres reads sensors of three bytes each: wheel, pressure in tenths of a bar, degrees. Wheel 0 has no sensor.
func (d *decoder) tyres(b []byte) {
	for ; len(b) >= 3; b = b[3:] {
		if b[0] == 0 {
			continue
		}
		d.add("tyre_wheel", protocols.Int(int64(b[0])))
		d.add("tyre_pressure_bar", protocols.Decimal(int64(b[1]), 1))
		if b[2] != 0x80 {
			d.add("tyre_c", protocols.Int(int64(int8(b[2]))))
		}
	}
}
