package jt808

import (
	"encoding/hex"
	"strconv"

	"drover/protocols"
)

// vendorAlarms reads alarms (8 acceleration, 9 braking, 10 cornering), switches, and more alarms (16 door).
func (d *decoder) vendorAlarms(v []byte) bool {
	if len(v) != 8 {
		return false
	}
	alarms := u16(v)
	d.alarmsOf(uint32(alarms>>8), drivingBits[:3])
	if inputs := u16(v[2:]); inputs != 0 {
		d.number("inputs", v[2:4])
	}
	if more := u32(v[4:]); more != 0 {
		d.number("vendor_alarm_2_code", v[4:])
		if more&(1<<16) != 0 {
			d.pos.Alarms |= protocols.AlarmDoor
		}
	}
	return true
}

// userStatus reads a vendor's bits: 3 vibration.
func (d *decoder) userStatus(v []byte) bool {
	if len(v) != 4 {
		return false
	}
	if u32(v)&(1<<3) != 0 {
		d.pos.Alarms |= protocols.AlarmVibration
	}
	d.number("user_status", v)
	return true
}

func (d *decoder) motion(v []byte) bool {
	if len(v) != 1 {
		return false
	}
	d.add("motion", protocols.Bool(v[0] == 1))
	return true
}

// sensors reads a text of the OBD; or sensors of eleven bytes: number, address, temperature, humidity. Both are a
// signed whole part and 255ths.
func (d *decoder) sensors(v []byte) bool {
	if d.obdText(v) {
		return true
	}
	if len(v)%11 != 0 {
		return false
	}
	for ; len(v) > 0; v = v[11:] {
		i := int(v[0]) - 1
		if i < 0 || i >= len(temperatureNames) {
			d.add("extra", protocols.Bytes(v[:11]))
			continue
		}
		d.add(sensorNames[i], protocols.Text(hex.EncodeToString(v[1:7])))
		d.add(temperatureNames[i], fraction255(v[7:9]))
		d.add(humidityNames[i], fraction255(v[9:11]))
	}
	return true
}

var sensorNames = numbered("sensor_", "_mac", 16)

// fraction255 is a whole part with sign, and 255ths of the same sign, in hundredths.
func fraction255(v []byte) protocols.Value {
	whole, part := int64(int8(v[0])), int64(v[1])*100/255
	if whole < 0 {
		part = -part
	}
	return protocols.Decimal(whole*100+part, 2)
}

// buttons reads alarms (0 vibration, 1 to 3 the SOS buttons), and their switches.
func (d *decoder) buttons(v []byte) bool {
	if len(v) != 8 {
		return false
	}
	word := u16(v)
	if word&1 != 0 {
		d.pos.Alarms |= protocols.AlarmVibration
	}
	if word&0x0E != 0 {
		d.pos.Alarms |= protocols.AlarmSOS
	}
	if n := unsigned(v); n != 0 {
		d.add("vendor_status", protocols.Int(n))
	}
	return true
}

// card reads the number of a card in text; or the data of an electric vehicle.
func (d *decoder) card(v []byte) bool {
	if d.stream(v, electricStream[:]) {
		return true
	}
	d.add("card", text(v))
	return true
}

// extensionEA reads a vendor's sensors behind their kind; or the basic data of an OBD tracker.
func (d *decoder) extensionEA(v []byte) bool {
	if len(v) <= 2 {
		return false
	}
	if d.stream(v, basicStream[:]) {
		return true
	}
	if !isList(v[1:], 1) {
		return false
	}
	for list := v[1:]; len(list) >= 2; {
		n := 2 + int(list[1])
		d.externalSensor(list[0], list[2:n])
		list = list[n:]
	}
	return true
}

// externalSensor reads one of a vendor's sensors.
func (d *decoder) externalSensor(id byte, v []byte) {
	switch {
	case id == 0x11 && len(v) == 15:
		d.number("external_alarms", v[:2])
		d.number("alarm_threshold_type", v[2:3])
		d.number("threshold_upper", v[3:7])
		d.number("threshold_value", v[7:11])
		d.number("threshold_lower", v[11:])
	case id == 0x13 && len(v) == 2:
		d.number("external_illuminance_lx", v)
	case id == 0x14 && len(v) == 2:
		d.number("external_air_pressure_hpa", v)
	case id == 0x15 && len(v) == 2:
		d.add("external_humidity_percent", protocols.Decimal(unsigned(v), 1))
	case id == 0x16 && len(v) == 2:
		d.add("external_temperature_c", protocols.Decimal(unsigned(v)-500, 1))
	case len(v) > 0 && len(v) <= 4:
		d.number("external_"+strconv.Itoa(int(id)), v)
	case len(v) > 0:
		d.add("external_"+strconv.Itoa(int(id)), protocols.Bytes(v))
	}
}

// extensionEC reads access points; or the data of a truck.
func (d *decoder) extensionEC(v []byte) bool {
	return d.stream(v, carStream[:]) || d.wifi(v)
}

// extensionEE reads signal, supply and battery in mV, and satellites; or the peripherals of an OBD tracker.
func (d *decoder) extensionEE(v []byte) bool {
	if len(v) != 6 || isList(v, 2) {
		return d.stream(v, peripheralStream[:])
	}
	d.signal(v[0])
	d.external(int64(u16(v[1:])), 1000)
	d.volts(int64(u16(v[3:])), 1000)
	d.pos.Satellites = protocols.Some(int(v[5]))
	return true
}

// extensionFB reads the number of a container; or cells in text.
func (d *decoder) extensionFB(v []byte) bool {
	for _, c := range v {
		if c >= ' ' && c <= '~' {
			d.add("container", text(v))
			return true
		}
	}
	return false
}

// extensionF4 reads access points; or alarms (acceleration, slowing, braking, cornering, collision, rollover) and
// inputs.
func (d *decoder) extensionF4(v []byte) bool {
	if len(v) != 2 {
		return d.wifi(v)
	}
	d.alarmsOf(uint32(u16(v)), tripleBits[:])
	d.add("input_1", protocols.Bool(v[1]&(1<<6) != 0))
	d.add("input_2", protocols.Bool(v[1]&(1<<7) != 0))
	return true
}

var tripleBits = [...]protocols.Alarms{
	protocols.AlarmHardAcceleration, protocols.AlarmHardBraking, protocols.AlarmHardBraking,
	protocols.AlarmHardCornering, protocols.AlarmAccident, protocols.AlarmAccident,
}
