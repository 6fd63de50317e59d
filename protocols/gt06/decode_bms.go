package gt06

import "drover/protocols"

// bmsFields are the values of type 40 after its serial number and time, in their order.
var bmsFields = [...]struct {
	name  string
	width int
	scale uint8
}{
	{"relative_capacity_percent", 1, 0}, {"remaining_capacity", 2, 0}, {"absolute_capacity_percent", 1, 0},
	{"full_capacity", 2, 0}, {"battery_health_percent", 1, 0}, {"battery_temperature_k", 2, 1}, {"current", 2, 0},
	{"pack_v", 2, 3}, {"cycles", 2, 0},
	{"cell_1_v", 2, 3}, {"cell_2_v", 2, 3}, {"cell_3_v", 2, 3}, {"cell_4_v", 2, 3}, {"cell_5_v", 2, 3},
	{"cell_6_v", 2, 3}, {"cell_7_v", 2, 3}, {"cell_8_v", 2, 3}, {"cell_9_v", 2, 3}, {"cell_10_v", 2, 3},
	{"cell_11_v", 2, 3}, {"cell_12_v", 2, 3}, {"cell_13_v", 2, 3}, {"cell_14_v", 2, 3},
	{"charge_interval", 2, 0}, {"charge_interval_max", 2, 0},
}

// bms reads type 40, the state of an electric two-wheeler's battery.
func (d *decoder) bms() {
	d.Skip("serial number", 8)
	d.pos.Time = d.epoch("time")
	d.said = true
	for _, f := range bmsFields {
		if d.Len() < f.width {
			break
		}
		n := d.UintN(f.name, f.width)
		if f.name == "pack_v" {
			d.pos.BatteryVolts = protocols.Some(float64(n) / 1000)
			continue
		}
		d.add(f.name, protocols.Decimal(int64(n), f.scale))
	}
	if d.Len() >= 34 {
		d.add("barcode", protocols.Text(printable(d.Bytes("barcode", 16))))
		d.add("battery_version", protocols.Int(int64(d.U16("battery version"))))
		d.add("manufacturer", protocols.Text(printable(d.Bytes("manufacturer", 16))))
	}
	for _, name := range [...]string{"battery_status", "controller_status", "controller_fault"} {
		if d.Len() >= 4 {
			d.add(name, protocols.Int(int64(d.U32(name))))
		}
	}
	d.extra()
}
