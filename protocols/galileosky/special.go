package galileosky

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// value reads the value of a tag.
func (d *decoder) value(t byte, b []byte) {
	g := &tags[t]
	if g.kind == special {
		d.special(t, b)
		return
	}
	var n int64
	for i := len(b) - 1; i >= 0; i-- {
		n = n<<8 | int64(b[i])
	}
	if g.kind == signed && len(b) == 1 {
		n = int64(int8(n))
	}
	d.add(g.name, protocols.Decimal(n*int64(g.mul), g.scale))
}

// special reads the tags that are more than a number.
func (d *decoder) special(t byte, b []byte) {
	p := d.pos
	switch t {
	case 0x03:
		d.identity(b)
	case 0x04:
		d.number = le16(b)
	case 0x20:
		p.Time = time.Unix(int64(le32(b)), 0).UTC()
		d.said = true
	case 0x21:
		if v := le16(b); v < 1000 && !p.Time.IsZero() {
			p.Time = p.Time.Add(time.Duration(v) * time.Millisecond)
		}
	case 0x30:
		d.place(b)
	case 0x33:
		d.motion(b)
	case 0x34:
		p.Altitude = protocols.Some(float64(int16(le16(b))))
		d.said = true
	case 0x35:
		d.precision(b[0])
	case 0x40:
		d.status(le16(b))
	case 0x41:
		p.ExternalVolts = protocols.Some(float64(le16(b)) / 1000)
		d.said = true
	case 0x42:
		p.BatteryVolts = protocols.Some(float64(le16(b)) / 1000)
		d.said = true
	case 0xD4:
		p.Odometer = protocols.Some(float64(le32(b)))
		d.said = true
	default:
		d.sensors(t, b)
	}
}

func (d *decoder) sensors(t byte, b []byte) {
	switch {
	case t == 0x44:
		v := int64(le32(b))
		d.add("acceleration_x", protocols.Int(v&0x3FF))
		d.add("acceleration_y", protocols.Int(v>>10&0x3FF))
		d.add("acceleration_z", protocols.Int(v>>20&0x3FF))
	case t == 0x45:
		d.add("outputs", protocols.Int(int64(le16(b))))
	case t == 0x46:
		d.inputs(le16(b))
	case t == 0x47:
		d.add("eco_acceleration_g", protocols.Decimal(int64(b[0]), 2))
		d.add("eco_braking_g", protocols.Decimal(int64(b[1]), 2))
		d.add("eco_cornering_g", protocols.Decimal(int64(b[2]), 2))
		d.add("eco_bumps_g", protocols.Decimal(int64(b[3]), 2))
	case t == 0x5B || t == 0x5C || t == 0x5D:
		if !wire.Zeros(b) {
			d.add(rawNames[t-0x5B], protocols.Bytes(b))
		}
	case t >= 0x63 && t <= 0x6F:
		i := t - 0x63
		d.add(fuelNames[i], protocols.Int(int64(le16(b))))
		d.add(fuelDegrees[i], protocols.Int(int64(int8(b[2]))))
	case t >= 0x70 && t <= 0x77:
		if b[0] != 127 || b[1] != 0x80 { // else it is not connected
			d.add(degrees[t-0x70], protocols.Int(int64(int8(b[1]))))
		}
	case t >= 0x80 && t <= 0x87:
		i := t - 0x80
		d.add(thermoDegrees[i], protocols.Int(int64(int8(b[1]))))
		d.add(thermoHumidity[i], protocols.Decimal(int64(b[2])*1000/255, 1))
	case t == 0xC1:
		d.add("can_fuel_percent", protocols.Decimal(int64(b[0])*4, 1))
		d.add("coolant_c", protocols.Int(int64(b[1])-40))
		d.add("rpm", protocols.Decimal(int64(le16(b[2:]))*125, 3))
	default:
		d.others(t, b)
	}
}

func (d *decoder) others(t byte, b []byte) {
	switch t {
	case 0x90, 0xD3:
		if v := le32(b); v != 0 {
			name := "driver_id"
			if t == 0xD3 {
				name = "driver_2_id"
			}
			d.add(name, protocols.Int(int64(v)))
		}
	case 0xE0:
		d.result().ID = le32(b)
	case tagText:
		d.result().Text = string(b[1:])
	case tagBinary:
		d.result().Data = append([]byte{}, b[1:]...)
	case tagUser:
		d.add("user_array", protocols.Bytes(b[1:]))
	case tagExtended:
		d.extended(b[2:])
	}
}

// place: satellites and how the place was found (0: GNSS, 2: cells, else it was not), latitude, longitude.
func (d *decoder) place(b []byte) {
	p := d.pos
	d.said = true
	how := b[0] >> 4
	lat, lon := float64(int32(le32(b[1:])))/1e6, float64(int32(le32(b[5:])))/1e6
	d.cells = how == 2
	if !d.cells {
		p.Satellites = protocols.Some(int(b[0] & 15))
	}
	if lat < -90 || lat > 90 || lon < -180 || lon > 180 || lat == 0 && lon == 0 {
		return
	}
	p.Located, p.Latitude, p.Longitude = true, lat, lon
	p.Valid = how == 0
}

// motion: tenths of km/h and of degrees.
func (d *decoder) motion(b []byte) {
	d.said = true
	if v := float64(le16(b)) / 10; v <= 2000 {
		d.pos.Speed = protocols.Some(v)
	}
	if v := le16(b[2:]); v <= 3600 {
		d.pos.Course = protocols.Some(float64(v%3600) / 10)
	}
}

// precision is the HDOP in tenths, or tens of metres of a place from cells.
func (d *decoder) precision(v byte) {
	if d.cells {
		d.add("accuracy_m", protocols.Int(10*int64(v)))
		return
	}
	d.said = true
	d.pos.HDOP = protocols.Some(float64(v) / 10)
}

// status: of its bits, 5 is a low battery, 6 a cut antenna, 9 the engine, 12 and 13 the signal's bars, 15 an alarm.
func (d *decoder) status(v uint16) {
	p := d.pos
	d.add("status", protocols.Int(int64(v)))
	if v&(1<<5) != 0 {
		p.Alarms |= protocols.AlarmLowBattery
	}
	if v&(1<<6) != 0 {
		p.Alarms |= protocols.AlarmGPSAntennaCut
	}
	if v&(1<<15) != 0 {
		p.Alarms |= protocols.AlarmGeneral
	}
	p.SignalPercent = protocols.Some(int(v>>12&3) * 100 / 3)
	if d.ignition == -2 {
		p.Ignition = protocols.Some(v&(1<<9) != 0)
	}
}

func (d *decoder) inputs(v uint16) {
	d.add("inputs", protocols.Int(int64(v)))
	if d.ignition >= 0 {
		d.pos.Ignition = protocols.Some(v>>d.ignition&1 != 0)
	}
}

func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
