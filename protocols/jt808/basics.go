package jt808

import "drover/protocols"

func (d *decoder) mileage(v []byte) bool {
	if len(v) != 4 {
		return false
	}
	d.pos.Odometer = protocols.Some(float64(u32(v)) * 100)
	return true
}

func (d *decoder) metres(v []byte) bool {
	if len(v) != 4 {
		return false
	}
	d.pos.Odometer = protocols.Some(float64(u32(v)))
	return true
}

// fuel reads the fuel in 0.1 l; some vendors set the top bit and send percent.
func (d *decoder) fuel(v []byte) bool {
	if len(v) != 2 {
		return false
	}
	if n := u16(v); n&0x8000 != 0 {
		d.add("fuel_percent", protocols.Int(int64(n&0x7FFF)))
	} else {
		d.add("fuel_l", protocols.Decimal(int64(n), 1))
	}
	return true
}

// battery06 reads the battery of vendors, or the temperature of the load of 2019.
func (d *decoder) battery06(v []byte) bool {
	switch len(v) {
	case 1:
		return d.percent(int(v[0]))
	case 2:
		d.add("load_temperature_c", protocols.Int(int64(int16(u16(v)))))
		return true
	}
	return false
}

// percent sets the battery's level.
func (d *decoder) percent(n int) bool {
	if n > 100 {
		return false
	}
	d.pos.BatteryPercent = protocols.Some(float64(n))
	return true
}

// tyres2019 reads up to 30 tyres' pressures; FF is none.
func (d *decoder) tyres2019(v []byte) bool {
	d.add("tyre_pressures", protocols.Bytes(v))
	return true
}

// overspeedArea reads the kind of area in which the vehicle is too fast, and its number.
func (d *decoder) overspeedArea(v []byte) bool {
	if len(v) != 5 {
		return false
	}
	d.pos.Alarms |= protocols.AlarmOverspeed
	d.number("overspeed_area_type", v[:1])
	d.number("area", v[1:])
	return true
}

// area reads the area or route that was entered or left.
func (d *decoder) area(v []byte) bool {
	if len(v) != 6 {
		return false
	}
	d.pos.Alarms |= protocols.AlarmGeofenceEnter
	if v[5] == 1 {
		d.pos.Alarms ^= protocols.AlarmGeofenceEnter | protocols.AlarmGeofenceExit
	}
	d.number("area_type", v[:1])
	d.number("area", v[1:5])
	return true
}

// route reads how long a section of a route took, and whether that was too short or too long.
func (d *decoder) route(v []byte) bool {
	if len(v) != 7 {
		return false
	}
	d.number("route", v[:4])
	d.number("route_time_s", v[4:6])
	d.add("route_time_too_long", protocols.Bool(v[6] == 1))
	return true
}

// abnormalDriving reads bits (0 tired, 1 phone, 2 smoking) and how tired.
func (d *decoder) abnormalDriving(v []byte) bool {
	if len(v) < 2 {
		return false
	}
	if v[1]&1 != 0 {
		d.pos.Alarms |= protocols.AlarmFatigue
	} else if u16(v) != 0 {
		d.pos.Alarms |= protocols.AlarmGeneral
	}
	d.number("abnormal_driving", v[:2])
	if len(v) == 3 {
		d.number("fatigue_degree", v[2:])
	}
	return true
}

// analogs reads two analog inputs; in 2B the standard puts the first into the low word, vendors into the high one.
func (d *decoder) analogs(v []byte) bool {
	if len(v) != 4 {
		return false
	}
	d.number("adc_1", v[:2])
	d.number("adc_2", v[2:])
	return true
}

// csq reads the signal.
func (d *decoder) csq(v []byte) bool {
	if len(v) != 1 {
		return false
	}
	d.signal(v[0])
	return true
}

// signal sets the signal, which is 0 to 31, or percent.
func (d *decoder) signal(n byte) {
	switch {
	case n <= 31:
		d.pos.SignalPercent = protocols.Some((100*int(n) + 15) / 31)
	case n != 99 && n <= 100:
		d.pos.SignalPercent = protocols.Some(int(n))
	}
}

func (d *decoder) satellites(v []byte) bool {
	if len(v) != 1 {
		return false
	}
	d.pos.Satellites = protocols.Some(int(v[0]))
	return true
}

// temperatures reads channels of 0.1 degrees with a sign bit; FFFF is none.
func (d *decoder) temperatures(v []byte) bool {
	if len(v)%2 != 0 || len(v) > 2*len(temperatureNames) {
		return false
	}
	for i := 0; i < len(v); i += 2 {
		n := u16(v[i:])
		switch {
		case n == 0xFFFF:
		case n&0x8000 != 0:
			d.add(temperatureNames[i/2], protocols.Decimal(-int64(n&0x7FFF), 1))
		default:
			d.add(temperatureNames[i/2], protocols.Decimal(int64(n), 1))
		}
	}
	return true
}

func (d *decoder) humidities(v []byte) bool {
	if len(v)%2 != 0 || len(v) > 2*len(humidityNames) {
		return false
	}
	for i := 0; i < len(v); i += 2 {
		if n := u16(v[i:]); n != 0xFFFF {
			d.add(humidityNames[i/2], protocols.Decimal(int64(n), 1))
		}
	}
	return true
}
