package gt06

import (
	"encoding/hex"
	"strconv"
	"time"

	"drover/protocols"
)

// cells reads the packets of cells and access points without a fix (18, 24, 28, 2C, 2E, 33, A1, A2).
func (d *decoder) cells() {
	body := d.Len()
	d.time()
	lac, cid, count := 2, 3, 7
	switch d.kind {
	case kindCellsA1, kindCellsWiFiA2:
		lac, cid = 4, 8
	case kindCellsWiFi33:
		lac, cid, count = 2, 4, 6
	case kindCells24:
		if body == 44 { // WANWAY S20: a reserved byte, and the number of cells is said
			d.Skip("reserved", 1)
			count = -1
		}
	}
	d.cellList(0, count, lac, cid)
	switch d.kind {
	case kindCellsWiFi, kindCellsWiFi33, kindCellsWiFiA2:
		if d.Len() < 2 {
			break
		}
		d.Skip("timing advance", 1)
		d.accessPoints(int(d.U8("number of access points")), true)
	}
	d.extra()
}

// wifiAlarm reads type A9: time, whether the cells are 4G, counted cells and access points, alarm and language.
func (d *decoder) wifiAlarm() {
	const shortest = 11 // time, network, counts
	if !d.dated(shortest) {
		d.unknown()
		return
	}
	d.time()
	country := d.U16("MCC")
	network := d.UintN("MNC", mncWidth(country))
	lac, cid := 2, 3
	if d.U8("4G") > 0 {
		lac, cid = 4, 8
	}
	d.listed(country, network, int(d.U8("number of cells")), lac, cid)
	d.Skip("timing advance", min(1, d.Len()))
	d.accessPoints(int(d.U8("number of access points")), true)
	d.alarmCode(d.U8("alarm"))
	d.Skip("language", min(1, d.Len()))
	d.extra()
}

// cellList reads country, network and cells with their signals; the first is the serving cell, the others become the
// attribute neighbour_cells: mcc-mnc-lac-cid:dBm, blank separated. A count of -1 says that the count stands before.
func (d *decoder) cellList(mnc, count, lac, cid int) {
	country := d.U16("MCC")
	if mnc == 0 {
		mnc = mncWidth(country)
	}
	network := d.UintN("MNC", mnc)
	if count < 0 {
		count = int(d.U8("number of cells"))
	}
	d.listed(country, network, count, lac, cid)
}

// listed reads cells of one network.
func (d *decoder) listed(country uint16, network uint64, count, lac, cid int) {
	var room [listRoom]byte
	list := room[:0]
	for range count {
		if d.Len() < lac+cid+1 {
			break
		}
		c := protocols.Cell{
			MCC: country & 0x7FFF, MNC: uint16(network),
			LAC: uint32(d.UintN("LAC", lac)), CID: d.UintN("cell id", cid),
		}
		signal := d.U8("signal")
		switch {
		case c.LAC == 0 && c.CID == 0:
		case !d.pos.Cell.OK:
			d.pos.Cell = protocols.Some(c)
			d.add("cell_signal_dbm", protocols.Int(dbm(signal)))
		default:
			list = appendCell(list, c, signal)
		}
	}
	d.addList("neighbour_cells", list)
}

// listRoom is how long a list of cells or access points usually is, in bytes.
const listRoom = 256

// addList adds a list that is not empty.
func (d *decoder) addList(name string, list []byte) {
	if len(list) > 0 {
		d.add(name, protocols.Text(string(list)))
	}
}

// dbm is a signal in dBm, which firmwares send as a size or as a signed byte.
func dbm(signal byte) int64 {
	if signal >= 0x80 {
		return int64(int8(signal))
	}
	return -int64(signal)
}

func appendCell(b []byte, c protocols.Cell, signal byte) []byte {
	if len(b) > 0 {
		b = append(b, ' ')
	}
	for _, n := range [...]uint64{uint64(c.MCC), uint64(c.MNC), uint64(c.LAC)} {
		b = append(strconv.AppendUint(b, n, 10), '-')
	}
	b = append(strconv.AppendUint(b, c.CID, 10), ':')
	return strconv.AppendInt(b, dbm(signal), 10)
}

// accessPoints reads Wi-Fi addresses into the attribute wifi: address:dBm, blank separated.
func (d *decoder) accessPoints(count int, signals bool) {
	width := 6
	if signals {
		width = 7
	}
	var room [listRoom]byte
	list := room[:0]
	for range count {
		if d.Len() < width {
			break
		}
		b := d.Bytes("access point", width)
		if allZero(b[:6]) {
			continue
		}
		if len(list) > 0 {
			list = append(list, ' ')
		}
		list = hex.AppendEncode(list, b[:6])
		if signals {
			list = strconv.AppendInt(append(list, ':'), dbm(b[6]), 10)
		}
	}
	d.addList("wifi", list)
}

func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// wifi reads the types 17, 69 and F3: time in BCD, access points and, but for F3, cells of one network.
func (d *decoder) wifi() {
	if d.kind != kindWiFiF3 && !d.bare {
		d.unknown()
		return
	}
	b := d.Bytes("date and time", 6)
	if b == nil {
		return
	}
	var binary [6]byte
	for i, c := range b {
		binary[i] = c>>4*10 + c&15
	}
	d.said = true
	d.pos.Time = clock(binary[:], d.offset)
	if d.kind == kindWiFiF3 {
		d.accessPointsF3()
		return
	}
	d.accessPoints(int(d.data[2]), true)
	count := int(d.U8("number of cells"))
	country, network := d.U16("MCC"), d.U8("MNC")
	var room [listRoom]byte
	list := room[:0]
	for range count {
		if d.Len() < 5 {
			break
		}
		c := protocols.Cell{
			MCC: country, MNC: uint16(network), LAC: uint32(d.U16("LAC")), CID: uint64(d.U16("cell id")),
		}
		signal := d.U8("signal")
		if !d.pos.Cell.OK {
			d.pos.Cell = protocols.Some(c)
			d.add("cell_signal_dbm", protocols.Int(dbm(signal)))
			continue
		}
		list = appendCell(list, c, signal)
	}
	d.addList("neighbour_cells", list)
	d.extra()
}

// accessPointsF3 reads a counted list of two bytes of signal and an address each.
func (d *decoder) accessPointsF3() {
	var room [listRoom]byte
	list := room[:0]
	for range d.U8("number of access points") {
		if d.Len() < 8 {
			break
		}
		signal, address := int16(d.U16("signal")), d.Bytes("access point", 6)
		if len(list) > 0 {
			list = append(list, ' ')
		}
		list = append(hex.AppendEncode(list, address), ':')
		list = strconv.AppendInt(list, int64(signal), 10)
	}
	d.addList("wifi", list)
	d.extra()
}

// epoch reads four bytes of seconds since 1970, UTC; zero is no time.
func (d *decoder) epoch(field string) time.Time {
	if s := d.U32(field); s != 0 {
		return time.Unix(int64(s), 0).UTC()
	}
	return time.Time{}
}
