package topflytech

import "drover/protocols"

// settings passes over what the tracker was told: intervals, angle, distance, speed limit; then comes the signal.
func (d *decoder) settings() {
	d.Skip("intervals", 4)
	d.Skip("angle and distance", 3)
	limit := d.U16("speed limit and signal")
	if signal := int(limit & 0x7F); signal <= 100 && d.Err() == nil {
		d.pos.SignalPercent = protocols.Some(signal)
	}
	d.status(d.U8("status"))
	d.Skip("sensitivity, managers, heartbeat", 3)
	d.add("relay_status", protocols.Int(int64(d.U8("relay status")&0x3F)))
	d.Skip("drag threshold", 2)
}

// The bits of the inputs and outputs that all layouts share.
const (
	bitPowerCut = 1 << 15
	bitIgnition = 1 << 14
	bitAC       = 1 << 13
	bitInput3   = 1 << 12
	bitInput4   = 1 << 11
)

func (d *decoder) inputs(iop uint16) {
	if d.Err() != nil {
		return
	}
	d.pos.Ignition = protocols.Some(iop&bitIgnition != 0)
	if iop&bitPowerCut != 0 {
		d.add("power_cut", protocols.Bool(true))
	}
	d.add("ac", protocols.Bool(iop&bitAC != 0))
}

// volts reads analog inputs, 0.01 V in BCD; FFFF is none.
func (d *decoder) volts(names ...string) {
	for _, name := range names {
		if v, ok := d.hundredths(name); ok {
			d.add(name, protocols.Decimal(v, 2))
		}
	}
}

// vehicle reads the locations of the 2323 and 2525 lines.
func (d *decoder) vehicle() {
	d.settings()
	iop := d.U16("inputs and outputs")
	d.inputs(iop)
	d.add("input_3", protocols.Bool(iop&bitInput3 != 0))
	d.add("input_4", protocols.Bool(iop&bitInput4 != 0))
	d.add("output_1", protocols.Bool(iop&0x400 != 0))
	d.add("output_2", protocols.Bool(iop&0x200 != 0))
	d.add("output_3", protocols.Bool(iop&0x100 != 0))
	d.volts("analog_1_v", "analog_2_v")
	d.alarm(d.U8("alarm"))
	d.Skip("flags", 1)
	d.odometer()
	d.percent()
	d.stamp()
	d.place()
	if d.Len() >= 2 {
		if v, ok := d.hundredths("external voltage"); ok {
			d.pos.ExternalVolts = protocols.Some(float64(v) / 100)
		}
	}
	d.gyroscope()
}

func (d *decoder) odometer() {
	v := d.U32("mileage")
	if d.Err() == nil {
		d.pos.Odometer = protocols.Some(float64(v))
	}
}

// obd reads the locations of the 2626 line.
func (d *decoder) obd() {
	d.settings()
	iop := d.U16("inputs and outputs")
	d.inputs(iop)
	d.add("output_1", protocols.Bool(iop&0x400 != 0))
	d.alarm(d.U8("alarm"))
	d.Skip("flags", 1)
	d.odometer()
	d.percent()
	d.stamp()
	d.place()
	if d.Len() >= 2 {
		if v, ok := d.hundredths("external voltage"); ok {
			d.pos.ExternalVolts = protocols.Some(float64(v) / 100)
		}
	}
	if d.Len() >= 19 {
		d.speed(d.Bytes("speed", 2))
		d.engine()
	}
	d.gyroscope()
}

// engine reads what the vehicle's bus says: all ones are "not said".
func (d *decoder) engine() {
	if v := d.U32("fuel consumption"); v != 0xFFFFFFFF {
		d.add("fuel_used_l", protocols.Decimal(int64(v), 3))
	}
	if v := d.U32("instant fuel consumption"); v != 0xFFFFFFFF {
		d.add("fuel_rate", protocols.Decimal(int64(v), 3))
	}
	if v := d.U16("RPM"); v != 0xFFFF {
		d.add("rpm", protocols.Int(int64(v)))
	}
	for _, f := range [...]struct {
		name   string
		offset int64
	}{
		{"air_input", 0}, {"air_pressure_kpa", 0}, {"coolant_temperature_c", -40}, {"intake_temperature_c", -40},
		{"engine_load_percent", 0}, {"throttle_percent", 0},
	} {
		if v := d.U8(f.name); v != 0xFF {
			d.add(f.name, protocols.Int(int64(v)+f.offset))
		}
	}
	switch v := d.U8("fuel"); {
	case v == 0xFF:
	case v&0x80 == 0:
		d.add("fuel_percent", protocols.Int(int64(v)))
	default:
		d.add("fuel_l", protocols.Int(int64(v&0x7F)))
	}
}

// second reads the locations 13, 14, 33 and 34.
func (d *decoder) second() {
	d.settings()
	iop := d.U16("inputs")
	d.inputs(iop)
	d.add("inputs", protocols.Int(int64(iop>>8)))
	d.add("outputs", protocols.Int(int64(d.U8("outputs"))))
	d.Skip("reserved", 1)
	d.volts("analog_1_v", "analog_2_v", "analog_3_v")
	fms := iop&0x80 != 0
	switch v := d.U32("mileage difference"); {
	case fms && v != 0xFFFFFFFF:
		d.add("engine_hours_s", protocols.Int(int64(v)))
	case !fms:
		d.add("distance_m", protocols.Int(int64(v)))
	}
	d.alarm(d.U8("alarm"))
	d.Skip("flags", 1)
	d.odometer()
	d.percent()
	d.stamp()
	d.place()
	if d.Len() < 4 {
		return
	}
	if v, ok := d.hundredths("battery voltage"); ok {
		d.pos.BatteryVolts = protocols.Some(float64(v) / 100)
	}
	if v, ok := d.hundredths("external voltage"); ok {
		d.pos.ExternalVolts = protocols.Some(float64(v) / 100)
	}
	if d.Len() >= 2 {
		if rpm := d.U16("RPM"); rpm != 0x8000 && rpm != 0xFFFF {
			d.add("rpm", protocols.Int(int64(rpm)))
		}
	}
	d.secondTail(fms)
	d.gyroscope()
}

// secondTail reads the device's temperature and HDOP, and in vehicles with a fleet management bus what that says.
func (d *decoder) secondTail(fms bool) {
	if d.Len() < 4 {
		return
	}
	d.Skip("smart upload", 1)
	speed := d.U8("vehicle speed")
	d.Skip("reserved", 1)
	if fms && speed != 0xFF {
		d.add("vehicle_speed_kmh", protocols.Int(int64(speed)))
	}
	d.temperature("device_temperature_c", d.U8("temperature"))
	if d.Len() >= 2 {
		if v := d.U16("HDOP"); v != 0xFFFF {
			d.add("hdop_raw", protocols.Int(int64(v)))
		}
	}
	if !fms || d.Len() < 7 {
		return
	}
	if v := d.U8("coolant temperature"); v != 0xFF {
		d.add("coolant_temperature_c", protocols.Int(int64(v)-40))
	}
	if v := d.U8("fuel"); v != 0xFF {
		d.add("fuel_percent", protocols.Int(int64(v)))
	}
	if v := d.U8("engine load"); v != 0xFF {
		d.add("engine_load_percent", protocols.Int(int64(v)))
	}
	if v := d.U32("fuel consumption"); v != 0xFFFFFFFF {
		d.add("fuel_used_l", protocols.Int(int64(v)))
	}
}

// temperature takes a sign (bit 7) and degrees; FF is none.
func (d *decoder) temperature(name string, b byte) {
	if b == 0xFF || d.Err() != nil {
		return
	}
	v := int64(b & 0x7F)
	if b&0x80 != 0 {
		v = -v
	}
	d.add(name, protocols.Int(v))
}
