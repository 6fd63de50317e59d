package jt808

import (
	"bytes"
	"strconv"

	"drover/protocols"
)

// extensionEB reads cells; the tracker's time zone in text; a list whose lengths and ids have two bytes; or the data
// of a car.
func (d *decoder) extensionEB(v []byte) bool {
	switch {
	case d.cellsEB(v):
	case printable(v):
		d.add("timezone", text(v))
	case isLongList(v):
		d.longList(v)
	case !d.stream(v, carStream[:]):
		return d.longList(v)
	}
	return true
}

// isLongList is whether v is a list of lengths of two bytes (which count the id), ids and values that ends where v
// does.
func isLongList(v []byte) bool {
	for len(v) >= 4 {
		n := 2 + int(u16(v))
		if n < 4 || n > len(v) {
			return false
		}
		v = v[n:]
	}
	return len(v) == 0
}

// longList reads such a list, and gives false if not even its first item is there.
func (d *decoder) longList(v []byte) bool {
	read := false
	for len(v) >= 4 {
		n := 2 + int(u16(v))
		if n < 4 || n > len(v) {
			break
		}
		if value := v[4:n]; !d.longItem(u16(v[2:]), value) {
			d.streamUnknown(u16(v[2:]), value)
		}
		v, read = v[n:], true
	}
	if read && len(v) > 0 {
		d.add("extra", protocols.Bytes(v))
	}
	return read
}

// longItem reads one item, and gives false if it does not understand it.
func (d *decoder) longItem(id uint16, v []byte) bool {
	switch id {
	case 0x0001:
		if len(v) < 2 {
			return false
		}
		d.add("fuel_1", protocols.Decimal(int64(u16(v)), 1))
	case 0x0023:
		d.add("fuel_2", text(v))
	case 0x002D:
		return d.itemVolts(v)
	case 0x0089:
		return d.itemAlarms(v)
	case 0x00A8, 0x00E1:
		return len(v) == 1 && d.percent(int(v[0]))
	case 0x00B2:
		if len(v) != 10 {
			return false
		}
		d.iccidBCD(v)
	case 0x00B9:
		return d.itemWiFi(v)
	case 0x00C5:
		return d.itemStatus(v)
	case 0x00C6:
		if len(v) != 1 {
			return false
		}
		if v[0] == 3 || v[0] == 4 {
			d.pos.Alarms |= protocols.AlarmLowBattery
		}
		d.number("battery_alarm", v)
	case 0x00CE:
		return d.externalHundredths(v)
	case 0x00D5:
		return d.imei(v)
	case 0x00D8:
		return len(v) == layoutD8.size && d.cells(v, &layoutD8, 0, 0)
	default:
		return false
	}
	return true
}

// itemVolts reads the supply (four bytes) or the battery (two) in mV.
func (d *decoder) itemVolts(v []byte) bool {
	switch len(v) {
	case 4:
		d.external(unsigned(v), 1000)
	case 2:
		d.volts(unsigned(v), 1000)
	default:
		return false
	}
	return true
}

// itemAlarms reads alarms whose bits are 0: 0 no supply, 12 removed.
func (d *decoder) itemAlarms(v []byte) bool {
	if len(v) != 4 {
		return false
	}
	word := u32(v)
	if word&1 == 0 {
		d.pos.Alarms |= protocols.AlarmPowerCut
	}
	if word&(1<<12) == 0 {
		d.pos.Alarms |= protocols.AlarmRemoving
	}
	if word != 0xFFFFFFFF {
		d.number("alarm_89_code", v)
	}
	return true
}

// itemStatus reads bits that are 0 where something is: 6 vibration; 23 and 24 are 0 in motion and 1 at rest.
func (d *decoder) itemStatus(v []byte) bool {
	if len(v) != 4 {
		return false
	}
	word := u32(v)
	if word&(1<<6) == 0 {
		d.pos.Alarms |= protocols.AlarmVibration
	}
	if state := word >> 23 & 3; state <= 1 {
		d.add("motion", protocols.Bool(state == 0))
	}
	if word != 0xFFFFFFFF {
		d.number("status_c5", v)
	}
	return true
}

// itemWiFi reads a count, and addresses and signals in text with commas between.
func (d *decoder) itemWiFi(v []byte) bool {
	if len(v) < 2 {
		return false
	}
	var room [listRoom]byte
	list := room[:0]
	for rest := v[1:]; len(rest) > 0; {
		var address, signal []byte
		address, rest, _ = bytes.Cut(rest, []byte{','})
		signal, rest, _ = bytes.Cut(rest, []byte{','})
		if len(list) > 0 {
			list = append(list, ' ')
		}
		for _, c := range address {
			switch {
			case c >= 'A' && c <= 'F':
				list = append(list, c+('a'-'A'))
			case c >= 'a' && c <= 'f' || c >= '0' && c <= '9':
				list = append(list, c)
			}
		}
		if n, err := strconv.Atoi(string(signal)); err == nil {
			list = strconv.AppendInt(append(list, ':'), int64(n), 10)
		}
	}
	d.addList("wifi", list)
	return true
}
