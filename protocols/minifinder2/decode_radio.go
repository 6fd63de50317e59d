package minifinder2

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"

	"drover/protocols"
)

// The flags of a beacon and of a home network.
const (
	flagPlace = 1 << 7
	flagName  = 1 << 6
)

// beaconNames are the attributes of the beacons of a record, in their order.
var beaconNames = [...][4]string{
	{"tag_1", "tag_1_rssi_dbm", "tag_1_1m_rssi_dbm", "tag_1_name"},
	{"tag_2", "tag_2_rssi_dbm", "tag_2_1m_rssi_dbm", "tag_2_name"},
	{"tag_3", "tag_3_rssi_dbm", "tag_3_1m_rssi_dbm", "tag_3_name"},
	{"tag_4", "tag_4_rssi_dbm", "tag_4_1m_rssi_dbm", "tag_4_name"},
}

// beacon reads flags, address, level, level at a metre, and the place and the name that it was given.
func (d *decoder) beacon(b []byte) bool {
	if len(b) < 9 {
		return false
	}
	if d.beacons >= len(beaconNames) {
		d.pos.Note("tag_data", protocols.Bytes(b))
		return true
	}
	names := &beaconNames[d.beacons]
	d.beacons++
	d.tag(names[0], b[1:7])
	d.pos.Note(names[1], protocols.Int(int64(int8(b[7]))))
	d.pos.Note(names[2], protocols.Int(int64(int8(b[8]))))
	return d.given(b[0], b[9:], names[3])
}

// home reads flags, address, level, and the place and the name of a network or beacon at home.
func (d *decoder) home(b []byte) bool {
	if len(b) < 8 {
		return false
	}
	d.tag("home", b[1:7])
	d.pos.Note("home_rssi_dbm", protocols.Int(int64(int8(b[7]))))
	return d.given(b[0], b[8:], "home_name")
}

// given reads the place and the name of a beacon.
func (d *decoder) given(flags byte, b []byte, name string) bool {
	ok := true
	if flags&flagPlace != 0 {
		if len(b) < 8 {
			return false
		}
		ok = d.place(b)
		b = b[8:]
	}
	if flags&flagName != 0 && len(b) > 0 {
		d.pos.Note(name, protocols.Text(string(b)))
	}
	return ok
}

// setCell takes the first cell that is heard.
func (d *decoder) setCell(mcc, mnc, lac, cid uint64) {
	if !d.pos.Cell.OK && mcc > 0 && mcc < 1000 {
		d.pos.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: cid})
	}
}

// cells reads country, network, and of each cell its level, area and number; the first is the serving one.
func (d *decoder) cells(b []byte) bool {
	if len(b) < 3 {
		return false
	}
	le := binary.LittleEndian
	mcc, mnc := uint64(le.Uint16(b)), uint64(b[2])
	b = b[3:]
	for i := 0; i+5 <= len(b); i += 5 {
		lac, cid := uint64(le.Uint16(b[i+1:])), uint64(le.Uint16(b[i+3:]))
		if i == 0 {
			d.setCell(mcc, mnc, lac, cid)
		}
	}
	if len(b) > 5 {
		d.pos.Note("cells", protocols.Bytes(b))
	}
	return len(b)%5 == 0
}

// lte reads country, network, level, area, and a cell of four bytes.
func (d *decoder) lte(b []byte) bool {
	if len(b) < 10 {
		return false
	}
	le := binary.LittleEndian
	d.setCell(uint64(le.Uint16(b)), uint64(b[2]), uint64(le.Uint16(b[4:])), uint64(le.Uint32(b[6:])))
	d.pos.Note("cell_level", protocols.Int(int64(b[3])))
	if len(b) > 10 {
		d.pos.Note("cells", protocols.Bytes(b[10:]))
	}
	return true
}

// wifi reads level and address of each network, and its name where that is there, into one text.
func (d *decoder) wifi(b []byte, named bool) {
	var scratch [400]byte
	out := scratch[:0]
	for len(b) >= 7 {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		for i, c := range b[1:7] {
			if i > 0 {
				out = append(out, ':')
			}
			out = hex.AppendEncode(out, []byte{c})
		}
		out = strconv.AppendInt(append(out, ','), int64(int8(b[0])), 10)
		b = b[7:]
		if named && len(b) > 0 {
			n := min(int(b[0]), len(b)-1)
			out = append(append(out, ','), b[1:1+n]...)
			b = b[1+n:]
		}
	}
	if len(out) > 0 {
		d.pos.Note("wifi", protocols.Text(string(out)))
	}
}
