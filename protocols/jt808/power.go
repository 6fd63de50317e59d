package jt808

import "drover/protocols"

// maxVolts is the highest tension that is believed.
const maxVolts = 10_000

// external sets the vehicle's supply.
func (d *decoder) external(n int64, unit float64) {
	if v := float64(n) / unit; v <= maxVolts {
		d.pos.ExternalVolts = protocols.Some(v)
	}
}

// volts sets the tracker's battery.
func (d *decoder) volts(n int64, unit float64) {
	if v := float64(n) / unit; v <= maxVolts {
		d.pos.BatteryVolts = protocols.Some(v)
	}
}

func (d *decoder) externalTenths(v []byte) bool {
	if len(v) != 2 {
		return false
	}
	d.external(unsigned(v), 10)
	return true
}

func (d *decoder) externalHundredths(v []byte) bool {
	if len(v) != 2 {
		return false
	}
	d.external(unsigned(v), 100)
	return true
}

func (d *decoder) batteryVolts(v []byte) bool {
	if len(v) != 2 {
		return false
	}
	d.volts(unsigned(v), 100)
	return true
}

// batteryTenths reads the level in steps of 10 %, behind which a byte is reserved.
func (d *decoder) batteryTenths(v []byte) bool { return len(v) <= 2 && d.percent(10*int(v[0])) }

// batteryHundredths reads the level in 0.01 %.
func (d *decoder) batteryHundredths(v []byte) bool {
	if len(v) < 2 || u16(v) > 10000 {
		return false
	}
	d.pos.BatteryPercent = protocols.Some(float64(u16(v)) / 100)
	if len(v) > 2 {
		d.unknown(0x68, v[2:])
	}
	return true
}

// level reads the battery's level, FF while it is charged; or the number of a driver.
func (d *decoder) level(v []byte) bool {
	switch {
	case len(v) == 1 && v[0] == 0xFF:
		d.add("charging", protocols.Bool(true))
		return true
	case len(v) == 1:
		return d.percent(int(v[0]))
	case len(v) == 4:
		d.add("driver_id", protocols.Text(decimalText(u32(v))))
		return true
	}
	return false
}

func (d *decoder) levelOrCells(v []byte) bool {
	switch {
	case len(v) == 2:
		d.external(unsigned(v), 10)
		return true
	case len(v) >= 12 && (len(v)-4)%8 == 0:
		return d.cellsE1(v)
	}
	return d.level(v)
}

// levelAndVolts reads a reserved byte, level and battery in 0.01 V.
func (d *decoder) levelAndVolts(v []byte) bool {
	if len(v) < 4 {
		return false
	}
	d.percent(int(v[1]))
	d.volts(unsigned(v[2:4]), 100)
	return true
}

// chargeAndLevel reads whether the battery is charged (0) and its level.
func (d *decoder) chargeAndLevel(v []byte) bool {
	if len(v) != 2 {
		return false
	}
	d.add("charging", protocols.Bool(v[0] == 0))
	return d.percent(int(v[1]))
}

// externalOrICCID reads the supply in mV, or the card in digits.
func (d *decoder) externalOrICCID(v []byte) bool {
	switch len(v) {
	case 4:
		d.external(unsigned(v), 1000)
		return true
	case 19, 20:
		return d.iccidText(v)
	}
	return false
}

// extensionF7 reads the humidity in 0.1 %; or the battery in mV, its state and level.
func (d *decoder) extensionF7(v []byte) bool {
	switch {
	case len(v) == 2:
		d.add(humidityNames[0], protocols.Decimal(unsigned(v), 1))
		return true
	case len(v) < 4:
		return false
	}
	d.volts(unsigned(v[:4]), 1000)
	if len(v) >= 5 {
		d.add("charging", protocols.Bool(v[4] == 2 || v[4] == 3))
	}
	if len(v) >= 6 {
		d.percent(int(v[5]))
	}
	return true
}

// extensionFE reads, by its length, the battery's level, the supply in 0.1 V or the odometer in m; else a list behind
// the mark 7C, or the battery's level in the second byte.
func (d *decoder) extensionFE(v []byte) bool {
	switch {
	case len(v) == 1:
		return d.percent(int(v[0]))
	case len(v) == 2:
		return d.externalTenths(v)
	case len(v) == 4:
		return d.metres(v)
	case v[0] != 0x7C:
		d.percent(int(v[1]))
		return false
	}
	for v = v[1:]; len(v) >= 2; {
		n := 2 + int(v[1])
		if n > len(v) {
			d.add("extra", protocols.Bytes(v))
			break
		}
		if v[0] == 0x01 && n == 6 {
			word := u32(v[2:])
			d.alarmsOf(word, drivingBits[:])
		} else {
			d.unknown(v[0], v[2:n])
		}
		v = v[n:]
	}
	return true
}

// drivingBits are the alarms of a list behind 7C.
var drivingBits = [...]protocols.Alarms{
	protocols.AlarmHardAcceleration, protocols.AlarmHardBraking, protocols.AlarmHardCornering,
	protocols.AlarmAccident, protocols.AlarmTampering,
}

// alarmsOf raises the alarm of each bit that is set, and keeps the word where it says anything.
func (d *decoder) alarmsOf(word uint32, bits []protocols.Alarms) {
	for i, alarm := range bits {
		if word>>i&1 != 0 {
			d.pos.Alarms |= alarm
		}
	}
	if word != 0 {
		d.add("vendor_alarm_code", protocols.Int(int64(word)))
	}
}
