package topflytech

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// fields reads the messages 62 and 64, which are lists of values: settings (1), states (2) and structures (3). The id
// of a value says how long it is; a structure says it itself.
func (d *decoder) fields() {
	d.Skip("checksum", 1)
	info := d.U8("information")
	d.stamp()
	if info&0x30 != 0 { // encrypted
		d.extra("data")
		return
	}
	if info&0x80 != 0 {
		d.add("archive", protocols.Bool(true))
	}
	for d.Len() >= 2 && d.Err() == nil {
		switch d.U8("kind of list") {
		case 1:
			for n := int(d.U8("settings")); n > 0 && d.Err() == nil; n-- {
				id := d.U8("setting")
				d.Skip("setting", settingWidth(id))
			}
		case 2:
			for n := int(d.U8("states")); n > 0 && d.Err() == nil; n-- {
				id := d.U8("state")
				d.state(id, int64(d.UintN("state", stateWidth(id))))
			}
		case 3:
			for n := int(d.U16("structures")); n > 0 && d.Err() == nil; n-- {
				id := d.U16("structure")
				d.structure(id, d.Bytes("structure", int(d.U8("length"))))
			}
		default:
			d.extra("data")
		}
	}
}

func settingWidth(id byte) int {
	switch {
	case id < 0x80:
		return 1
	case id < 0xC0:
		return 2
	case id < 0xF0:
		return 4
	}
	return 8
}

func stateWidth(id byte) int {
	switch {
	case id < 0x60:
		return 1
	case id < 0xA0:
		return 2
	}
	return 4
}

// stateNames are the states that are plain numbers.
var stateNames = [...]struct {
	id    byte
	scale uint8
	name  string
}{
	{0x04, 0, "outputs"}, {0x05, 0, "inputs"}, {0x0F, 0, "lock_event"}, {0x12, 0, "relay_status"}, {0x63, 3, "solar_v"},
	{0x67, 3, "analog_1_v"}, {0x68, 3, "analog_2_v"}, {0x69, 3, "analog_3_v"}, {0xA2, 0, "light"},
}

// maxMillivolts is the most that is believed of a vehicle.
const maxMillivolts = 1_000_000

func (d *decoder) state(id byte, v int64) {
	if d.Err() != nil {
		return
	}
	switch id {
	case 0x01:
		d.alarm(byte(v))
	case 0x03:
		if v <= 100 {
			d.pos.SignalPercent = protocols.Some(int(v))
		}
	case 0x07:
		if v <= 100 {
			d.pos.BatteryPercent = protocols.Some(float64(v))
		}
	case 0x0A:
		d.temperature("device_temperature_c", byte(v))
	case 0x60:
		d.pos.BatteryVolts = protocols.Some(float64(v) / 1000)
	case 0x61:
		d.pos.Ignition = protocols.Some(v&0x8000 != 0)
		d.add("ac", protocols.Bool(v&0x4000 != 0))
	case 0x62:
		if v <= 2000 {
			d.pos.Speed = protocols.Some(float64(v))
		}
	case 0x64, 0x66:
		d.degrees(id, v)
	case 0x65:
		if v != 0xFFFF {
			d.add("humidity_percent", protocols.Decimal(v>>8&0x7F*100+v&0xFF, 2))
		}
	case 0xA0:
		d.pos.Odometer = protocols.Some(float64(v))
	case 0xA1:
		if v <= maxMillivolts {
			d.pos.ExternalVolts = protocols.Some(float64(v) / 1000)
		}
	default:
		for i := range stateNames {
			if stateNames[i].id == id {
				d.add(stateNames[i].name, protocols.Decimal(v, stateNames[i].scale))
				return
			}
		}
	}
	d.said = true
}

// degrees takes whole degrees, and hundredths with a sign.
func (d *decoder) degrees(id byte, v int64) {
	if v == 0xFFFF {
		return
	}
	t := v>>8*100 + v&0x7F
	if v&0x80 != 0 {
		t = -t
	}
	name := "temperature_1_c"
	if id == 0x66 {
		name = "device_temperature_c"
	}
	d.add(name, protocols.Decimal(t, 2))
}

// structure reads a part of several values.
func (d *decoder) structure(id uint16, b []byte) {
	switch {
	case b == nil || blank(b):
	case id == 1 && len(b) >= 14:
		speed := d.pos.Speed
		var place [16]byte
		copy(place[:12], b)
		copy(place[14:], b[12:14])
		d.fix(place[:])
		d.pos.Speed = speed // this place does not say it
		if len(b) > 16 {
			d.pos.Satellites = protocols.Some(int(b[16]))
		}
	case (id == 2 || id == 3) && len(b) >= 16:
		d.cells(b)
	case id == 4 && len(b) >= 27:
		at := d.Reader
		d.Reader = wire.NewReader(b)
		d.accessPoints()
		d.Reader = at
	case (id == 5 || id == 6) && len(b) >= 6:
		names := [...]string{"acceleration_x", "acceleration_y", "acceleration_z"}
		if id == 6 {
			names = [...]string{"gyroscope_x", "gyroscope_y", "gyroscope_z"}
		}
		for i, name := range names {
			d.add(name, protocols.Int(int64(int16(binary.BigEndian.Uint16(b[2*i:])))))
		}
	case id == 7 && len(b) >= 17:
		at := d.Reader
		d.Reader = wire.NewReader(b)
		d.engine()
		d.Reader = at
	default:
		d.add("structure", protocols.Bytes(b))
	}
}
