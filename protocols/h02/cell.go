package h02

import (
	"bytes"

	"drover/protocols"
)

// Mobile country codes lie in this range (ITU-T E.212).
const (
	minMCC = 200
	maxMCC = 799
)

// setCell keeps a cell that can exist. Where the paper's order is turned round, the wider number is the cell's.
func setCell(p *protocols.Position, c protocols.Cell) {
	if c.MCC < minMCC || c.MCC > maxMCC || c.LAC == 0 && c.CID == 0 {
		return
	}
	if c.LAC > 0xFFFF && c.CID <= 0xFFFF {
		c.LAC, c.CID = uint32(c.CID), uint64(c.LAC)
	}
	p.Cell = protocols.Some(c)
}

// isHexCell is whether the cell fields of a sentence are hexadecimal: TK-STAR and H06 (ids of 15 digits) write them so,
// the others in decimal. Where only one reading gives a country, that one is right.
func isHexCell(mcc []byte, d dialect) bool {
	ten, okTen := number(mcc)
	sixteen, okSixteen := hexNumber(mcc)
	okTen = okTen && ten >= minMCC && ten <= maxMCC
	okSixteen = okSixteen && sixteen >= minMCC && sixteen <= maxMCC
	if okTen != okSixteen {
		return okSixteen
	}
	return d == tkStar
}

// readCell reads the fields mcc, mnc, lac and cell id; false if the first is no country.
func readCell(p *protocols.Position, mcc, mnc, lac, cid []byte, d dialect) bool {
	hex := isHexCell(mcc, d)
	country, ok := cellNumber(mcc, hex)
	network, _ := cellNumber(mnc, hex)
	area, _ := cellNumber(lac, hex)
	cell, _ := cellNumber(cid, hex)
	if !ok || country < minMCC || country > maxMCC || network > 999 || area > 0xFFFFFFFF {
		return false
	}
	setCell(p, protocols.Cell{MCC: uint16(country), MNC: uint16(network), LAC: uint32(area), CID: cell})
	return true
}

// cellNumber reads a number of a cell; a decimal one that has letters, as LTE cells have, is hexadecimal after all.
func cellNumber(b []byte, hex bool) (uint64, bool) {
	if !hex {
		if n, ok := number(b); ok {
			return uint64(n), true
		}
	}
	return hexNumber(b)
}

// noteCells keeps the neighbours and their levels as they were said.
func noteCells(p *protocols.Position, cells []byte) {
	if cells = bytes.Trim(cells, ","); len(cells) > 0 {
		p.Note("cells", protocols.Text(string(cells)))
	}
}
