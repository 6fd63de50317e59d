package khd

import (
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// items reads the list behind a position: lengths of two bytes, which count the id, ids of two bytes, values.
func (d *decoder) items(b []byte) {
	for len(b) >= 4 {
		n := 2 + int(u16(b))
		if n < 4 || n > len(b) {
			break
		}
		v := b[4:n]
		switch id := u16(b[2:]); {
		case id == 0xFF89 && isICCID(v):
			d.pos.ICCID = string(v)
		case id == 0x0088 && len(v) == 4:
			d.number("mileage_raw", v)
		case id == 0x0023 && len(v) > 0 && wire.Printable(v):
			d.add("fuel_text", protocols.Text(string(v)))
		default:
			d.unknown(int(id), v)
		}
		b = b[n:]
	}
	if len(b) > 0 {
		d.add("extra", protocols.Bytes(b))
	}
}

// isICCID is 18 to 20 digits that start with 89.
func isICCID(b []byte) bool {
	return len(b) >= 18 && len(b) <= 20 && b[0] == '8' && b[1] == '9' && wire.Digits(b[:18])
}

// unknown keeps an item as it is.
func (d *decoder) unknown(id int, v []byte) {
	switch {
	case len(v) == 0:
	case len(v) <= 4:
		d.number("io"+strconv.Itoa(id), v)
	default:
		d.add("io"+strconv.Itoa(id), protocols.Bytes(v))
	}
}

// peripherals reads the list of A3: its length, which counts itself, then ids and lengths of one byte, values.
func (d *decoder) peripherals(b []byte) {
	if len(b) < 2 {
		d.add("extra", protocols.Bytes(b))
		return
	}
	for b = b[2:]; len(b) >= 2; {
		n := 2 + int(b[1])
		if n > len(b) {
			d.fail("peripheral", bodyAt+reportSize, wire.ErrShort)
			break
		}
		if !d.peripheral(b[0], b[2:n]) {
			d.unknown(int(b[0]), b[2:n])
		}
		b = b[n:]
	}
	if len(b) > 0 {
		d.add("extra", protocols.Bytes(b))
	}
}

// fuelNames are the levels of four sensors, as a share of their range.
var fuelNames = [...]string{"fuel_1_percent", "fuel_2_percent", "fuel_3_percent", "fuel_4_percent"}

// peripheral reads one peripheral, and gives false if it does not understand it.
func (d *decoder) peripheral(id byte, v []byte) bool {
	switch {
	case id == 0x01 && len(v) == 2: // hundreds and the rest
		d.add("fuel", protocols.Int(int64(v[0])*100+int64(v[1])))
	case id == 0x02 && len(v) == 2:
		d.add("temperature_1_c", protocols.Int(int64(v[0])*100+int64(v[1])))
	case id == 0x05 && len(v) > 1 && wire.Printable(v[1:]):
		if v[0] == 1 || v[0] == 2 {
			d.add("driver_signed_in", protocols.Bool(v[0] == 1))
		}
		d.add("driver_id", protocols.Text(string(v[1:])))
	case id == 0x18 && len(v) == 8:
		for i, name := range fuelNames {
			if n := u16(v[2*i:]); n != 0 && n != 0xFFFF {
				d.add(name, protocols.Decimal(int64(n)*10000/0xFFFE, 2))
			}
		}
	case id == 0x20 && len(v) == 1 && v[0] <= 100:
		d.pos.BatteryPercent = protocols.Some(float64(v[0]))
	case id == 0x23 && len(v) > 0 && len(v) == 1+8*int(v[0]):
		d.cells(v[1:])
	default:
		return false
	}
	return true
}

// cells reads cells: country, network, area, cell, signal. The first is the position's, the others become the attribute
// neighbour_cells, mcc-mnc-lac-cid:signal, blank separated.
func (d *decoder) cells(v []byte) {
	var room [128]byte
	list := room[:0]
	for ; len(v) >= 8; v = v[8:] {
		c := protocols.Cell{MCC: u16(v), MNC: uint16(v[2]), LAC: uint32(u16(v[3:])), CID: uint64(u16(v[5:]))}
		if !d.pos.Cell.OK {
			d.pos.Cell = protocols.Some(c)
			continue
		}
		if len(list) > 0 {
			list = append(list, ' ')
		}
		for _, part := range [...]uint64{uint64(c.MCC), uint64(c.MNC), uint64(c.LAC)} {
			list = append(strconv.AppendUint(list, part, 10), '-')
		}
		list = append(strconv.AppendUint(list, c.CID, 10), ':')
		list = strconv.AppendUint(list, uint64(v[7]), 10)
	}
	if len(list) > 0 {
		d.add("neighbour_cells", protocols.Text(string(list)))
	}
}
