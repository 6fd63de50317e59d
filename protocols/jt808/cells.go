package jt808

import (
	"bytes"
	"encoding/hex"
	"strconv"

	"drover/protocols"
)

// listRoom is how long a list of cells or access points usually is, in bytes.
const listRoom = 256

// appendCell appends a neighbouring cell: mcc-mnc-lac-cid:signal, blank separated.
func appendCell(b []byte, c protocols.Cell, signal byte) []byte {
	if len(b) > 0 {
		b = append(b, ' ')
	}
	for _, part := range [...]uint64{uint64(c.MCC), uint64(c.MNC), uint64(c.LAC)} {
		b = append(strconv.AppendUint(b, part, 10), '-')
	}
	b = append(strconv.AppendUint(b, c.CID, 10), ':')
	return strconv.AppendInt(b, dbm(signal), 10)
}

// dbm is a signal that is a negative byte, or a size.
func dbm(signal byte) int64 {
	if signal >= 0x80 {
		return int64(int8(signal))
	}
	return int64(signal)
}

func (d *decoder) addList(name string, list []byte) {
	if len(list) > 0 {
		d.add(name, protocols.Text(string(list)))
	}
}

// layout is where a cell's parts are in its bytes: offset and width of country, network, area, cell and signal. A width
// of 0 is none.
type layout struct {
	size                       int
	mcc, mnc, lac, cid, signal [2]int
}

var (
	layout2G = layout{8, [2]int{0, 2}, [2]int{2, 1}, [2]int{3, 2}, [2]int{5, 2}, [2]int{7, 1}}
	layout4G = layout{10, [2]int{0, 2}, [2]int{2, 1}, [2]int{3, 2}, [2]int{5, 4}, [2]int{9, 1}}
	layoutF0 = layout{13, [2]int{0, 2}, [2]int{2, 2}, [2]int{8, 4}, [2]int{4, 4}, [2]int{12, 1}}
	layout66 = layout{9, [2]int{}, [2]int{1, 2}, [2]int{7, 2}, [2]int{3, 4}, [2]int{0, 1}}
	layoutE1 = layout{8, [2]int{}, [2]int{}, [2]int{0, 3}, [2]int{3, 4}, [2]int{7, 1}}
	layoutEB = layout{5, [2]int{}, [2]int{}, [2]int{0, 2}, [2]int{2, 2}, [2]int{4, 1}}
	layoutFF = layout{12, [2]int{0, 2}, [2]int{2, 2}, [2]int{4, 4}, [2]int{8, 4}, [2]int{}}
	layoutD8 = layout{9, [2]int{0, 2}, [2]int{2, 1}, [2]int{3, 2}, [2]int{5, 4}, [2]int{}}
)

// cells reads cells of one layout that fill v: the first becomes the position's, the others the attribute
// neighbour_cells. Country and network are those given where the layout has none.
func (d *decoder) cells(v []byte, l *layout, mcc, mnc uint16) bool {
	if len(v)%l.size != 0 {
		return false
	}
	part := func(b []byte, place [2]int) int64 { return unsigned(b[place[0] : place[0]+place[1]]) }
	var room [listRoom]byte
	list := room[:0]
	for ; len(v) > 0; v = v[l.size:] {
		c := protocols.Cell{MCC: mcc, MNC: mnc, LAC: uint32(part(v, l.lac)), CID: uint64(part(v, l.cid))}
		if l.mcc[1] > 0 {
			c.MCC = uint16(part(v, l.mcc))
		}
		if l.mnc[1] > 0 {
			c.MNC = uint16(part(v, l.mnc))
		}
		switch {
		case c.LAC == 0 && c.CID == 0:
		case !d.pos.Cell.OK:
			d.pos.Cell = protocols.Some(c)
			d.said = true
		default:
			list = appendCell(list, c, byte(part(v, l.signal)))
		}
	}
	d.addList("neighbour_cells", list)
	return true
}

// counted is whether v is a count and so many things of a size, and gives the things.
func counted(v []byte, size int) ([]byte, bool) {
	if len(v) == 0 || len(v) != 1+int(v[0])*size {
		return nil, false
	}
	return v[1:], true
}

func (d *decoder) cells2G(v []byte) bool {
	list, ok := counted(v, layout2G.size)
	return ok && d.cells(list, &layout2G, 0, 0)
}

func (d *decoder) cells4G(v []byte) bool {
	list, ok := counted(v, layout4G.size)
	return ok && d.cells(list, &layout4G, 0, 0)
}

func (d *decoder) cellsF0(v []byte) bool { return d.cells(v, &layoutF0, 0, 0) }

func (d *decoder) cellFF(v []byte) bool {
	return len(v) == layoutFF.size && d.cells(v, &layoutFF, 0, 0)
}

func (d *decoder) cellsE1(v []byte) bool { return d.cells(v[4:], &layoutE1, u16(v), u16(v[2:])) }

// cells66 reads cells behind their country; or the tyres of the active safety standard.
func (d *decoder) cells66(v []byte) bool {
	if len(v) >= 11 && (len(v)-2)%layout66.size == 0 {
		return d.cells(v[2:], &layout66, u16(v), 0)
	}
	return d.tyreAlarm(v)
}

// cellsEB is whether v is a country above 200, a network and cells, and reads them.
func (d *decoder) cellsEB(v []byte) bool {
	return len(v) >= 8 && u16(v) > 200 && (len(v)-3)%layoutEB.size == 0 &&
		d.cells(v[3:], &layoutEB, u16(v), uint16(v[2]))
}

// wifi reads access points, six bytes of address and a signal, into the attribute wifi: address:dBm, blank separated.
func (d *decoder) wifi(v []byte) bool {
	if len(v)%7 != 0 {
		if len(v)%6 == 0 {
			return d.addresses(v)
		}
		return false
	}
	var room [listRoom]byte
	list := room[:0]
	for ; len(v) > 0; v = v[7:] {
		if bytes.Count(v[:6], []byte{0}) == 6 {
			continue
		}
		if len(list) > 0 {
			list = append(list, ' ')
		}
		list = hex.AppendEncode(list, v[:6])
		list = strconv.AppendInt(append(list, ':'), dbm(v[6]), 10)
	}
	d.addList("wifi", list)
	return true
}

// addresses reads access points without signals.
func (d *decoder) addresses(v []byte) bool {
	var room [listRoom]byte
	list := room[:0]
	for ; len(v) > 0; v = v[6:] {
		if len(list) > 0 {
			list = append(list, ' ')
		}
		list = hex.AppendEncode(list, v[:6])
	}
	d.addList("wifi", list)
	return true
}

func (d *decoder) countedWiFi(v []byte) bool {
	list, ok := counted(v, 7)
	return ok && d.wifi(list)
}
