package jt808

import (
	"encoding/hex"

	"drover/protocols"
)

// extensionF3 reads the data of an OBD tracker; whether the tracker is armed; or tags behind the mask of what each
// says.
func (d *decoder) extensionF3(v []byte) bool {
	switch {
	case len(v) == 1:
		d.add("armed", protocols.Bool(v[0] == 1))
		return true
	case isList(v, 2):
		return d.stream(v, obdStream[:])
	}
	return d.tags(v[1:], v[0])
}

// tagSizes is how long each part of a tag is that a bit of its mask announces.
var tagSizes = [8]int{10, 2, 2, 2, 2, 6, 2, 2}

// tags reads tags of one mask: address, signal, name, version, battery, temperature, humidity, acceleration.
func (d *decoder) tags(v []byte, mask byte) bool {
	size := 7
	for i, n := range tagSizes {
		if mask>>i&1 != 0 {
			size += n
		}
	}
	if len(v) == 0 || len(v)%size != 0 || len(v)/size > len(tagMACs) {
		return false
	}
	for i := 0; len(v) > 0; i, v = i+1, v[size:] {
		d.add(tagMACs[i], protocols.Text(hex.EncodeToString(v[:6])))
		d.add(tagSignals[i], protocols.Int(int64(int8(v[6]))))
		part := v[7:size]
		for bit, n := range tagSizes {
			if mask>>bit&1 == 0 {
				continue
			}
			switch bit {
			case 0:
				d.add(tagNames[i], text(part[:n]))
			case 2:
				d.add(tagBatteries[i], protocols.Decimal(int64(u16(part)), 3))
			case 3:
				d.add(tagTemperatures[i], protocols.Decimal(int64(int16(u16(part))), 1))
			case 4:
				d.add(tagHumidities[i], protocols.Decimal(int64(int16(u16(part))), 1))
			}
			part = part[n:]
		}
	}
	return true
}

// The names of a tag's attributes.
var (
	tagMACs         = numbered("tag_", "_mac", 64)
	tagSignals      = numbered("tag_", "_signal_dbm", 64)
	tagNames        = numbered("tag_", "_name", 64)
	tagBatteries    = numbered("tag_", "_battery_v", 64)
	tagTemperatures = numbered("tag_", "_temperature_c", 64)
	tagHumidities   = numbered("tag_", "_humidity_percent", 64)
	tagData         = numbered("tag_", "_data", 64)
)

// extensionF5 reads the light; or the acceleration.
func (d *decoder) extensionF5(v []byte) bool {
	switch len(v) {
	case 2:
		d.number("illuminance_lx", v)
	case 6:
		d.axes(v)
	default:
		return false
	}
	return true
}

// axes reads the acceleration on three axes.
func (d *decoder) axes(v []byte) {
	d.add("acceleration_x", protocols.Int(int64(int16(u16(v)))))
	d.add("acceleration_y", protocols.Int(int64(int16(u16(v[2:])))))
	d.add("acceleration_z", protocols.Int(int64(int16(u16(v[4:])))))
}

// extensionF6 reads, by its length, the air pressure, the mode of a wireless tracker, the IMEI, or an event and the
// sensors that its mask announces.
func (d *decoder) extensionF6(v []byte) bool {
	switch len(v) {
	case 1:
		return false
	case 2:
		d.number("air_pressure_hpa", v)
		return true
	case 4:
		d.number("mode", v[:1])
		d.number("positioning_mode", v[1:2])
		d.number("recording", v[2:3])
		d.add("charger_connected", protocols.Bool(v[3]&1 != 0))
		return true
	case 8:
		return d.imei(v)
	}
	d.number("event", v[:1])
	mask, v := v[1], v[2:]
	sizes := [6]int{2, 2, 2, 6, 10, 2}
	for bit, n := range sizes {
		if mask>>bit&1 == 0 {
			continue
		}
		if n > len(v) {
			return true
		}
		switch bit {
		case 0:
			d.number("illuminance_lx", v[:2])
		case 1:
			d.add(temperatureNames[0], protocols.Decimal(int64(int16(u16(v))), 1))
		case 2:
			d.add(humidityNames[0], protocols.Decimal(int64(int16(u16(v))), 1))
		case 3:
			d.axes(v)
		case 4:
			d.add("thresholds", protocols.Bytes(v[:10]))
		case 5:
			d.number("air_pressure_hpa", v[:2])
		}
		v = v[n:]
	}
	return true
}

// extensionF8 reads a temperature from -50; or mode, IMEI, card and model.
func (d *decoder) extensionF8(v []byte) bool {
	switch {
	case len(v) == 2:
		d.add(temperatureNames[1], protocols.Decimal(unsigned(v)-500, 1))
		return true
	case len(v) < 19:
		return false
	}
	d.number("mode", v[:1])
	d.imei(v[1:9])
	d.iccidBCD(v[9:19])
	if len(v) > 19 {
		d.add("model", text(v[19:]))
	}
	return true
}

// extensionF9 reads what its mask announces: age of the fix, time with ignition, dilution of precision, time of the
// fix, intervals, a temperature.
func (d *decoder) extensionF9(v []byte) bool {
	if len(v) < 3 {
		return false
	}
	mask, v := u16(v), v[2:]
	sizes := [7]int{4, 4, 2, 6, 0, 8, 6}
	for bit, n := range sizes {
		if mask>>bit&1 == 0 {
			continue
		}
		if n > len(v) {
			return true
		}
		switch bit {
		case 0:
			d.number("fix_age_s", v[:4])
		case 1:
			d.number("ignition_time_s", v[:4])
		case 2:
			d.pos.HDOP = protocols.Some(float64(u16(v)) / 10)
		case 5:
			d.number("sampling_interval_s", v[:4])
			d.number("report_interval_s", v[4:8])
		case 6:
			d.add(temperatureNames[2], protocols.Decimal(int64(int16(u16(v))), 1))
		}
		v = v[n:]
	}
	return true
}
