package eelink

import "drover/protocols"

// current reads the packages of V2. Only those with a status say that the place is a fix.
func (d *decoder) current(kind byte) {
	if kind == kindOBDData && d.Len() >= 9 && (d.Len()-4)%5 == 0 { // no position, whose parts make another length
		d.stamp()
		d.readings()
		return
	}
	d.position()
	switch kind {
	case kindWarning:
		d.warning(d.U8("type of warning"))
	case kindReport:
		if event := d.U8("type of report"); d.Err() == nil {
			d.add("event", protocols.Int(int64(event)))
		}
	case kindMessage:
		d.message()
		return
	case kindOBDData:
		d.readings()
		return
	case kindOBDBody, kindOBDFault:
		d.extra("obd_data")
		return
	case kindOther:
		d.extra("extra")
		return
	}
	d.status(d.U16("status"), true)
	if kind == kindLocation {
		d.measures()
		d.beacons()
	}
	d.extra("extra")
}

// The parts of a position, in the order of their bits.
const (
	partGPS      = 1 << 0
	partCell     = 1 << 1
	partCell2    = 1 << 2
	partCell3    = 1 << 3
	partWiFi     = 1 << 4
	partNetworks = 1 << 7
)

// position reads a time and the parts that its mask says are there.
func (d *decoder) position() {
	d.stamp()
	mask := d.U8("mask")
	if mask&partGPS != 0 {
		d.locate()
		altitude := int16(d.U16("altitude"))
		speed := d.U16("speed")
		d.motion(speed, d.U16("course"))
		satellites := d.U8("satellites")
		if d.Err() == nil {
			d.pos.Altitude = protocols.Some(float64(altitude))
			d.pos.Satellites = protocols.Some(int(satellites))
		}
	}
	if mask&partCell != 0 {
		mcc, mnc := d.U16("MCC"), d.U16("MNC")
		c := protocols.Cell{MCC: mcc, MNC: mnc, LAC: uint32(d.U16("LAC")), CID: uint64(d.U32("cell id"))}
		level := d.U8("RxLev")
		if d.Err() == nil && mcc != 0 {
			d.pos.Cell = protocols.Some(c)
			d.add("rxlev", protocols.Int(int64(level)))
		}
	}
	for bit, names := range neighbours {
		if mask&(partCell2<<bit) == 0 {
			continue
		}
		d.add(names[0], protocols.Int(int64(d.U16("LAC"))))
		d.add(names[1], protocols.Int(int64(d.U32("cell id"))))
		d.add(names[2], protocols.Int(int64(d.U8("RxLev"))))
	}
	for bit, names := range wifiNames {
		if mask&(partWiFi<<bit) != 0 {
			d.accessPoint(names)
		}
	}
	if mask&partNetworks != 0 {
		d.networks()
	}
}

// neighbours are the names of neighbour cells.
var neighbours = [...][3]string{
	{"cell_2_lac", "cell_2_cid", "cell_2_rxlev"}, {"cell_3_lac", "cell_3_cid", "cell_3_rxlev"},
}

// wifiNames are those of access points.
var wifiNames = [...][2]string{
	{"wifi_1_mac", "wifi_1_dbm"}, {"wifi_2_mac", "wifi_2_dbm"}, {"wifi_3_mac", "wifi_3_dbm"},
}

func (d *decoder) accessPoint(names [2]string) {
	mac := d.Bytes("BSSID", 6)
	signal := d.U8("signal")
	if d.Err() == nil {
		d.add(names[0], protocols.Bytes(mac))
		d.add(names[1], protocols.Int(int64(int8(signal))))
	}
}

// networks reads cells of any generation and more access points.
func (d *decoder) networks() {
	d.add("radio", protocols.Int(int64(d.U8("radio access technology"))))
	count := d.U8("counts")
	if cells := int(count & 7); cells > 0 {
		mcc, mnc := d.U16("MCC"), d.U16("MNC")
		lac, tac := d.U16("LAC"), d.U16("TAC")
		cid := d.U32("cell id")
		d.Skip("timing advance, physical cell and channel", 6)
		level := d.U8("signal")
		if lac == 0 || lac == 0xFFFF {
			lac = tac
		}
		if d.Err() == nil && mcc != 0 {
			d.pos.Cell = protocols.Some(protocols.Cell{MCC: mcc, MNC: mnc, LAC: uint32(lac), CID: uint64(cid)})
			d.add("rxlev", protocols.Int(int64(level)))
		}
		d.Skip("neighbour cells", 5*(cells-1))
	}
	for i := range int(count >> 3 & 15) {
		if i < len(wifiNames) {
			d.accessPoint(wifiNames[i])
		} else {
			d.accessPoint([2]string{"wifi_mac", "wifi_dbm"})
		}
	}
}

// measures reads what a tracker measures; each version of the paper added some at the end.
func (d *decoder) measures() {
	if d.Len() >= 2 {
		d.pos.BatteryVolts = protocols.Some(float64(d.U16("battery")) / 1000)
	}
	if d.Len() >= 4 {
		d.add("analog_1_v", protocols.Decimal(int64(d.U16("AIN0")), 3))
		d.add("analog_2_v", protocols.Decimal(int64(d.U16("AIN1")), 3))
	}
	if d.Len() >= 4 {
		d.pos.Odometer = protocols.Some(float64(d.U32("mileage")))
	}
	if d.Len() >= 4 {
		d.Skip("GSM and GPS counters", 4)
	}
	if d.Len() >= 4 {
		if v := d.U16("steps"); v != 0 {
			d.add("steps", protocols.Int(int64(v)))
		}
		if v := d.U16("walking time"); v != 0 {
			d.add("walking_time_s", protocols.Int(int64(v)))
		}
	}
	if d.Len() >= 12 {
		d.add("temperature_1_c", fraction(int64(int16(d.U16("temperature"))), 256))
		d.add("humidity_percent", protocols.Decimal(int64(d.U16("humidity")), 1))
		d.add("illuminance_lx", fraction(int64(d.U32("illuminance")), 256))
		d.add("co2_ppm", protocols.Int(int64(d.U32("CO2"))))
	}
	if d.Len() >= 2 {
		if v := int16(d.U16("probe")); v != noProbe {
			d.add("temperature_2_c", fraction(int64(v), 16))
		}
	}
}

// noProbe is -50 degrees, the lowest that the thermometer knows.
const noProbe = -800

// fraction is n parts of a whole, to the last decimal; parts is 16 or 256.
func fraction(n, parts int64) protocols.Value {
	return protocols.Decimal(n*(1e8/parts), 8)
}

// beacons reads Bluetooth thermometers.
func (d *decoder) beacons() {
	if d.Len() < 2 {
		return
	}
	n := int(d.U8("count"))
	d.Skip("identifier", 1)
	for ; n > 0 && d.Len() >= 16; n-- {
		d.add("tag_id", protocols.Bytes(d.Bytes("MAC", 6)))
		d.add("tag_dbm", protocols.Int(int64(int8(d.U8("signal")))))
		d.Skip("reserved", 1)
		d.add("tag_model", protocols.Int(int64(d.U8("model"))))
		d.Skip("version", 1)
		d.add("tag_battery_v", protocols.Decimal(int64(d.U16("battery")), 3))
		d.add("tag_temperature_c", fraction(int64(int16(d.U16("temperature"))), 256))
		d.add("tag_data", protocols.Int(int64(d.U16("data"))))
	}
}
