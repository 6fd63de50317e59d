package topflytech

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// asset reads the locations of the 2727 line.
func (d *decoder) asset() {
	d.status(d.U8("status"))
	d.alarm(d.U8("alarm"))
	d.stamp()
	d.place()
	d.assetStatus()
}

// assetStatus reads what follows the place in a location and the access points in a Wi-Fi message.
func (d *decoder) assetStatus() {
	if d.Len() < 5+5 {
		return
	}
	d.axes()
	d.percent()
	d.temperature("device_temperature_c", d.U8("temperature"))
	if v, ok := d.tenths("light"); ok {
		d.add("light", protocols.Decimal(v, 1))
	}
	if v, ok := d.tenths("battery voltage"); ok {
		d.pos.BatteryVolts = protocols.Some(float64(v) / 10)
	}
	if v, ok := d.tenths("solar voltage"); ok {
		d.add("solar_v", protocols.Decimal(v, 1))
	}
	if d.Len() < 6 {
		return
	}
	d.odometer()
	status := d.U16("status")
	d.pos.Ignition = protocols.Some(status&4 != 0)
	if signal := int(status >> 4 & 0x7F); signal <= 100 {
		d.pos.SignalPercent = protocols.Some(signal)
	}
	d.add("usb_charging", protocols.Bool(status&0x8000 != 0))
	d.add("solar_charging", protocols.Bool(status&8 != 0))
	if d.Len() < 10 {
		return
	}
	d.Skip("intervals, angle, distance and heartbeat", 10)
	d.extra("settings")
}

// tenths reads two digits of BCD.
func (d *decoder) tenths(name string) (int64, bool) {
	b := d.Bytes(name, 1)
	if b == nil {
		return 0, false
	}
	return wire.BCDNumber(b)
}

// wifiStatus reads a location whose place may be access points; bit 5 of the status says so.
func (d *decoder) wifiStatus() {
	status := d.U8("status")
	d.alarm(d.U8("alarm"))
	d.stamp()
	if status&0x80 != 0 {
		d.add("archive", protocols.Bool(true))
	}
	at := d.Offset()
	if status&0x20 != 0 {
		d.accessPoints()
	} else {
		d.pos.Valid = status&0x40 != 0
		d.place()
	}
	if rest := 27 - (d.Offset() - at); rest > 0 && d.Err() == nil {
		d.Skip("place", rest)
	}
	d.assetStatus()
}

// accessPoints reads the tracker's own address and three access points, each with its signal in dBm.
func (d *decoder) accessPoints() {
	if own := d.Bytes("own MAC", 6); own != nil {
		d.add("wifi_mac", protocols.Bytes(own))
	}
	for _, name := range [...][2]string{{"wifi_1_mac", "wifi_1_dbm"}, {"wifi_2_mac", "wifi_2_dbm"},
		{"wifi_3_mac", "wifi_3_dbm"}} {
		mac := d.Bytes("access point", 6)
		signal := d.U8("signal")
		if mac != nil && d.Err() == nil && !blank(mac) {
			d.add(name[0], protocols.Bytes(mac))
			d.add(name[1], protocols.Int(int64(int8(signal))))
		}
	}
}

func blank(b []byte) bool {
	for _, c := range b {
		if c != 0xFF {
			return false
		}
	}
	return true
}

// lock reads what a padlock says: who opened or closed it.
func (d *decoder) lock() {
	d.stamp()
	d.status(d.U8("status"))
	d.place()
	d.add("lock_event", protocols.Int(int64(d.U8("lock type"))))
	if d.Len() > 0 {
		n := int(d.U8("length of id"))
		d.add("lock_id", protocols.Bytes(d.Bytes("id", min(n, d.Len()))))
	}
}

// subLock reads what a lock says through the tracker it belongs to.
func (d *decoder) subLock() {
	d.stamp()
	d.status(d.U8("status"))
	d.place()
	if rssi := d.U8("signal"); rssi != 0xFF {
		d.add("lock_dbm", protocols.Int(int64(rssi)-128))
	}
	d.Skip("versions", 4)
	d.add("lock_alarm", protocols.Int(int64(d.U8("alarm"))))
	d.add("lock_event", protocols.Int(int64(d.U8("lock type"))))
	d.add("lock_status", protocols.Int(int64(d.U16("lock status"))))
	d.add("lock_battery_v", protocols.Decimal(int64(d.U16("voltage")), 3))
	d.add("lock_solar_v", protocols.Decimal(int64(d.U16("solar voltage")), 3))
	d.temperature("lock_temperature_c", d.U8("temperature"))
	d.add("lock_id", protocols.Bytes(d.Bytes("lock id", 6)))
	d.extra("lock_device")
}

// oneWire reads devices on the one-wire bus: their ids and what they say.
func (d *decoder) oneWire() {
	d.stamp()
	d.Skip("reserved", 1)
	on := d.U8("ignition")
	d.pos.Ignition = protocols.Some(on&1 != 0)
	d.status(d.U8("status"))
	d.place()
	for d.Len() >= 10 && d.Err() == nil {
		kind := d.U8("device type")
		id := d.Bytes("device id", 8)
		data := d.Bytes("data", int(d.U8("length")))
		if d.Err() != nil {
			return
		}
		d.add("one_wire_type", protocols.Int(int64(kind)))
		d.add("one_wire_id", protocols.Bytes(id))
		d.add("one_wire_data", protocols.Bytes(data))
	}
}

// obdFrame reads an answer of the vehicle behind 55AA and its length: the VIN, trouble codes, or what else.
func (d *decoder) obdFrame() {
	head := d.Bytes("OBD head", 2)
	n := int(d.U16("OBD length") & 0x0FFF)
	data := d.Bytes("OBD data", min(n, d.Len()))
	switch {
	case head == nil || data == nil:
	case len(data) > 3 && data[0] == 0x41 && data[1] == 0x05 && !blank(data[2:]):
		d.add("vin", protocols.Text(printable(data[2:len(data)-1])))
	case len(data) > 3 && data[0] == 0x41 && (data[1] == 0x03 || data[1] == 0x0A):
		d.add("trouble_codes", protocols.Bytes(data[3:len(data)-1]))
	default:
		d.add("obd_data", protocols.Bytes(data))
	}
	d.extra("data")
}
