package gt06

import "drover/protocols"

// report reads the types that 7878 frames carry (and 7979 frames of later firmwares).
func (d *decoder) report() {
	switch d.kind {
	case kindGPS, kindGPS11, kindLocation, kindLocation22, kindDriver25, kindLocation2D, kindLocation31,
		kindLocation37, kindLocationA0:
		d.location()
	case kindLocation38:
		d.location38()
	case kindAlarm39:
		d.alarm39()
	case kindStatus:
		d.heartbeat()
	case kindHeartbeat:
		d.heartbeat23()
	case kindAlarm, kindAlarm26, kindAlarm27, kindAlarm32, kindAlarmA4:
		d.alarm()
	case kindAlarmA3:
		if d.dated(18) {
			d.alarm()
		} else {
			d.statusA3()
		}
	case kindStatus36:
		if d.dated(36) {
			d.location36()
		} else {
			d.status36()
		}
	case kindEvent:
		d.event()
	case kindX1:
		d.x1()
	case kindDriver:
		d.driver()
	default:
		d.otherReport()
	}
}

func (d *decoder) otherReport() {
	switch d.kind {
	case kindWiFi17:
		d.report17()
	case kindWiFi69, kindWiFiF3:
		d.wifi()
	case kindCells24:
		if d.Len() == 41 {
			d.locationSR411()
		} else {
			d.cells()
		}
	case kindCells18, kindCells28, kindCells2E, kindCellsWiFi, kindCellsWiFi33, kindCellsA1:
		d.cells()
	case kindCellsWiFiA2:
		if d.Len() == 59 {
			d.locationLW4G()
		} else {
			d.cells()
		}
	case kindWiFiAlarm:
		d.wifiAlarm()
	case kindGPSCells:
		d.gps()
		d.cellList(0, 7, 2, 3)
	case kindGPSPhone:
		d.gps()
		d.phone()
	case kindCellStatus:
		d.cellStatus()
	case kindCellAlarm:
		d.cellAlarm()
	case kindCellPhone:
		d.sizedOrPlainCell()
		d.phone()
	case kindBMS:
		d.bms()
	default:
		d.oddReport()
	}
}

func (d *decoder) oddReport() {
	switch d.kind {
	case kindIMSI:
		d.pos.IMSI = d.bcd("IMSI", 8)
	case kindInfo:
		d.info94()
	case kindState:
		d.state()
	default:
		d.unknown()
	}
}

// unknown keeps the body of a type that has no layout here. What begins as every location does is read as one so far.
func (d *decoder) unknown() {
	d.add("message_type", protocols.Int(int64(d.kind)))
	if d.beginsWithFix() {
		d.gps()
	}
	if d.Len() > 0 {
		d.add("payload", protocols.Bytes(d.Rest()))
	}
}

// dated is whether at least n bytes are left and start with a date and time.
func (d *decoder) dated(n int) bool { return d.datedAt(0, n) }

// datedAt is the same of the bytes behind the next ones.
func (d *decoder) datedAt(behind, n int) bool {
	return d.Len() >= behind+n && !clock(d.data[d.Offset()+behind:], 0).IsZero()
}

// beginsWithFix is whether the body begins with a date of 2010 or later and a fix: the high half of its first byte is
// its length, 12, and its place is on the globe.
func (d *decoder) beginsWithFix() bool {
	if !d.dated(18) {
		return false
	}
	b := d.data[d.Offset():]
	return b[0] >= 10 && b[6]>>4 == 12 && be32(b[7:]) <= maxLatitude && be32(b[11:]) <= 2*maxLatitude
}

// alarm reads an alarm packet: fix, cell behind its length, status, and what its dialect appends.
func (d *decoder) alarm() {
	body := d.Len()
	d.gps()
	if d.Len() == 0 {
		return
	}
	switch {
	case d.kind == kindAlarm && body == 31:
		d.cell(0, 2, 3)
		d.tailVXT01()
		return
	case d.kind == kindAlarm:
		d.sizedCell(2, 3, fits16)
	case d.kind == kindAlarm32:
		d.sizedCell(2, 4, fits32)
	case d.kind == kindAlarm27, d.kind == kindAlarm26:
		d.sizedCell(2, 3, fits26)
	default:
		d.sizedCell(4, 8, fits26)
	}
	if d.Len() < 3 {
		d.extra()
		return
	}
	d.status()
	d.alarmTail()
}

// fits16, fits26 and fits32 say how many bytes follow the cell in alarm packets: five of status and perhaps a card
// (8), an altitude (2), the number of a fence (1) or the mileage (4).
func fits16(rest int) bool { return rest == 5 || rest == 9 || rest == 13 }

func fits26(rest int) bool { return rest == 5 || rest == 6 || rest == 9 || rest == 10 }

func fits32(rest int) bool { return rest == 5 || rest == 7 || rest == 9 }

func (d *decoder) alarmTail() {
	switch n := d.Len(); {
	case n == 1 || n == 5:
		d.add("geofence", protocols.Int(int64(d.U8("fence number"))))
	case n == 2 && d.kind == kindAlarm32:
		d.altitude()
	case n == 8:
		d.card()
	}
	if d.Len() == 4 {
		d.odometer()
	}
	d.modules(1)
}

// cellStatus reads type 19, a cell and the status. The SPACE10X's list of cells has no known layout.
func (d *decoder) cellStatus() {
	if d.Len() > 18 {
		d.unknown()
		return
	}
	d.cell(0, 2, 3)
	d.status()
	d.extra()
}

// cellAlarm reads type A5, which some firmwares start with the time.
func (d *decoder) cellAlarm() {
	if d.dated(26) {
		d.time()
	}
	d.cell(0, 4, 8)
	d.status()
	d.extra()
}

func (d *decoder) sizedOrPlainCell() {
	if high, _ := d.Peek(); d.Len() == 15+23 || high&0x80 != 0 {
		d.cell(0, 4, 8)
		return
	}
	d.sizedCell(4, 8, func(rest int) bool { return rest == 23 })
}

// phone reads the number that asked for the address, 21 digits padded with zero bytes, and the language.
func (d *decoder) phone() {
	if d.Len() < 21 {
		d.extra()
		return
	}
	d.add("phone", protocols.Text(printable(d.Bytes("phone number", 21))))
	if d.Len() == 2 {
		d.Skip("alarm and language", 2)
	}
	d.extra()
}

// addressRequest reads type 2A. Its place is what the tracker asks about, not where it reports to be.
func (d *decoder) addressRequest() {
	d.gps()
	d.setAside("asked_latitude_deg", "asked_longitude_deg")
	d.phone()
}

// setAside makes the place a pair of attributes, where it is not where the tracker reports to be.
func (d *decoder) setAside(latitude, longitude string) {
	p := d.pos
	if p.Located {
		d.add(latitude, micro(p.Latitude))
		d.add(longitude, micro(p.Longitude))
	}
	p.Located, p.Valid, p.Latitude, p.Longitude = false, false, 0, 0
	p.Speed, p.Course = protocols.Opt[float64]{}, protocols.Opt[float64]{}
}

// micro is v with six decimals.
func micro(v float64) protocols.Value {
	if v < 0 {
		return protocols.Decimal(int64(v*1e6-0.5), 6)
	}
	return protocols.Decimal(int64(v*1e6+0.5), 6)
}
