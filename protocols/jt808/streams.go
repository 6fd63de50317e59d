package jt808

import (
	"strconv"

	"drover/protocols"
)

// field says which field of a position an item fills.
type field uint8

const (
	fieldNone field = iota // an attribute
	fieldExternal
	fieldBattery
	fieldOdometer
	fieldSatellites
	fieldHDOP
	fieldSignal
	fieldText
)

// item is one kind of datum in a list whose ids have two bytes.
type item struct {
	id     uint16
	size   uint8 // bytes; 0 is any, of a text
	scale  uint8 // decimals
	field  field
	offset int64 // added to the number
	times  int64 // the number's factor; 0 is 1
	name   string
}

// basicStream is the list of an OBD tracker's own data (EA).
var basicStream = [...]item{
	{id: 0x0005, size: 4, name: "run_time_s"},
	{id: 0x0006, size: 4, name: "stop_time_s"},
	{id: 0x0007, size: 4, name: "idle_time_s"},
	{id: 0x0012, size: 2, scale: 1, field: fieldExternal},
	{id: 0x0013, size: 1, scale: 1, field: fieldBattery},
	{id: 0x0014, size: 1, field: fieldSignal},
	{id: 0x0015, size: 2, name: "vehicle_model"},
	{id: 0x0016, size: 1, name: "obd_protocol"},
	{id: 0x0017, size: 2, name: "trip"},
	{id: 0x0018, size: 1, field: fieldSatellites},
	{id: 0x0019, size: 2, scale: 2, field: fieldHDOP},
	{id: 0x001A, size: 1, name: "snr_db"},
	{id: 0x001B, size: 1, name: "antenna_status"},
	{id: 0x001E, size: 4, name: "accumulated_odometer_m"},
	{id: 0x0020, size: 2, name: "ignition_type"},
	{id: 0x0021, size: 4, name: "carbon_g"},
}

// carStream is the list of a car's data (EB), many of which trucks send too (EC).
var carStream = [...]item{
	{id: 0x6010, size: 1, name: "fault_codes"},
	{id: 0x6014, size: 1, name: "fault_lamp"},
	{id: 0x6040, size: 1, name: "engine_load_percent"},
	{id: 0x6050, size: 1, offset: -40, name: "coolant_temperature_c"},
	{id: 0x60A0, size: 2, name: "fuel_pressure_kpa"},
	{id: 0x60B0, size: 1, name: "intake_pressure_kpa"},
	{id: 0x60C0, size: 2, name: "rpm"},
	{id: 0x60D0, size: 1, name: "obd_speed_kmh"},
	{id: 0x60F0, size: 1, offset: -40, name: "intake_temperature_c"},
	{id: 0x6100, size: 2, scale: 1, name: "intake_flow_gps"},
	{id: 0x6110, size: 2, scale: 1, name: "throttle_percent"},
	{id: 0x61F0, size: 2, name: "engine_run_time_s"},
	{id: 0x6210, size: 4, times: 1000, name: "fault_distance_m"},
	{id: 0x6330, size: 1, name: "air_pressure_kpa"},
	{id: 0x6460, size: 1, offset: -40, name: "ambient_temperature_c"},
	{id: 0x6490, size: 1, name: "accelerator_percent"},
}

// electricStream is the list of an electric vehicle's data (ED).
var electricStream = [...]item{
	{id: 0x7030, size: 1, offset: -40, name: "cell_max_temperature_c"},
	{id: 0x7032, size: 1, offset: -40, name: "cell_min_temperature_c"},
	{id: 0x703F, size: 1, offset: -40, name: "traction_battery_temperature_c"},
	{id: 0x7041, size: 2, name: "insulation_resistance"},
	{id: 0x7042, size: 1, name: "traction_battery_health_percent"},
	{id: 0x7043, size: 2, scale: 2, name: "cell_max_v"},
	{id: 0x7044, size: 2, scale: 2, name: "cell_min_v"},
}

// peripheralStream is the list of an OBD tracker's peripherals (EE).
var peripheralStream = [...]item{
	{id: 0x3001, size: 1, name: "rotation"},
	{id: 0x3002, size: 2, scale: 1, offset: -400, name: "temperature_1_c"},
	{id: 0x3003, size: 2, scale: 1, offset: -400, name: "temperature_2_c"},
	{id: 0x3004, size: 2, scale: 1, offset: -400, name: "temperature_3_c"},
	{id: 0x3005, size: 2, scale: 1, offset: -400, name: "temperature_4_c"},
}

// obdStream is the list of another OBD tracker (F3).
var obdStream = [...]item{
	{id: 0x0002, size: 2, scale: 1, name: "obd_speed_kmh"},
	{id: 0x0003, size: 2, name: "rpm"},
	{id: 0x0004, size: 2, scale: 3, field: fieldExternal},
	{id: 0x0005, size: 4, times: 100, name: "obd_odometer_m"},
	{id: 0x0007, size: 2, scale: 1, name: "fuel_consumption"},
	{id: 0x0008, size: 2, scale: 1, name: "engine_load"},
	{id: 0x0009, size: 2, offset: -40, name: "coolant_temperature_c"},
	{id: 0x000B, size: 2, name: "intake_pressure_kpa"},
	{id: 0x000C, size: 2, offset: -40, name: "intake_temperature_c"},
	{id: 0x000D, size: 2, name: "intake_flow"},
	{id: 0x000E, size: 2, name: "throttle"},
	{id: 0x0050, field: fieldText, name: "vin"},
	{id: 0x0052, field: fieldText, name: "calibration_id"},
	{id: 0x0100, size: 2, times: 100, name: "trip_odometer_m"},
	{id: 0x0102, size: 2, scale: 1, name: "trip_fuel_l"},
	{id: 0x0112, size: 2, name: "hard_accelerations"},
	{id: 0x0113, size: 2, name: "hard_brakings"},
	{id: 0x0114, size: 2, name: "hard_cornerings"},
}

// stream reads a list of ids of two bytes, lengths of one and values. It gives false if v is no such list.
func (d *decoder) stream(v []byte, items []item) bool {
	if len(v) < 3 || !isList(v, 2) {
		return false
	}
	for len(v) > 0 {
		n := 3 + int(v[2])
		d.streamItem(u16(v), v[3:n], items)
		v = v[n:]
	}
	return true
}

func (d *decoder) streamItem(id uint16, v []byte, items []item) {
	switch {
	case id == 0x0003 && len(v) == 5: // behind the kind of odometer
		d.pos.Odometer = protocols.Some(float64(u32(v[1:])))
		return
	case id == 0x0004 && len(v) == 5:
		d.number("total_fuel_ml", v[1:])
		return
	case id == 0x62F0 && len(v) == 2:
		name := "fuel_percent"
		if v[0]&0x80 != 0 {
			name = "fuel_l"
		}
		d.add(name, protocols.Decimal(int64(u16(v)&0x7FFF), 1))
		return
	}
	for i := range items {
		it := &items[i]
		if it.id != id || it.field != fieldText && len(v) != int(it.size) {
			continue
		}
		d.fill(it, v)
		return
	}
	d.streamUnknown(id, v)
}

// fill sets what an item is about.
func (d *decoder) fill(it *item, v []byte) {
	if it.field == fieldText {
		if len(trim(v)) > 0 {
			d.add(it.name, text(trim(v)))
		}
		return
	}
	n := unsigned(v) + it.offset
	if it.times != 0 {
		n *= it.times
	}
	value := protocols.Decimal(n, it.scale)
	switch it.field {
	case fieldExternal:
		d.pos.ExternalVolts = protocols.Some(value.Float())
	case fieldBattery:
		d.pos.BatteryVolts = protocols.Some(value.Float())
	case fieldOdometer:
		d.pos.Odometer = protocols.Some(value.Float())
	case fieldSatellites:
		d.pos.Satellites = protocols.Some(int(n))
	case fieldHDOP:
		d.pos.HDOP = protocols.Some(value.Float())
	case fieldSignal:
		d.signal(v[0])
	default:
		d.add(it.name, value)
	}
}

// streamUnknown keeps an item as it is.
func (d *decoder) streamUnknown(id uint16, v []byte) {
	if len(v) == 0 {
		return
	}
	name := "io" + strconv.Itoa(int(id))
	if len(v) <= 4 {
		d.number(name, v)
	} else {
		d.add(name, protocols.Bytes(v))
	}
}
