package tk103

import (
	"encoding/binary"
	"encoding/hex"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBlock is the most bytes of a battery's block: 16 rows of 8.
const maxBlock = 128

// battery reads blocks, each an identifier in hexadecimal, a colon and data of eight bytes or rows of eight.
func battery(b []byte, p *protocols.Position) error {
	var s wire.Columns
	s.Cut(b, ',')
	var err error
	for i := range s.Len() {
		block := s.At(i)
		if len(block) < 4 || block[2] != ':' {
			continue
		}
		id, ok := block[:2].Hex()
		var room [maxBlock]byte
		text := block[3:]
		if !ok || len(text) > 2*maxBlock {
			err = s.Fail("battery block", i, wire.ErrValue)
			continue
		}
		n, bad := hex.Decode(room[:], text)
		r := wire.NewReader(room[:n])
		if bad != nil {
			err = s.Fail("battery block", i, wire.ErrValue)
		}
		readBlock(byte(id), &r, p)
	}
	return err
}

// Where the values of a pack's state are, low bytes first.
const (
	packVolts = 55
	packLevel = 57
	packSize  = 58
)

// pack reads BS50 of another maker: number and voltages of cells, whether it discharges, current, voltage, level.
func pack(text []byte, at int, p *protocols.Position) error {
	var room [packSize]byte
	n, _ := hex.Decode(room[:], text[:min(len(text), 2*packSize)])
	if n < packSize {
		noteText(p, "report", text)
		return &wire.Error{Field: "battery", Offset: at, Err: wire.ErrShort}
	}
	p.BatteryVolts = protocols.Some(float64(binary.LittleEndian.Uint16(room[packVolts:])) / 100)
	if level := room[packLevel]; level <= 100 {
		p.BatteryPercent = protocols.Some(float64(level))
	}
	noteText(p, "bms_data", text)
	return nil
}

func readBlock(id byte, r *wire.Reader, p *protocols.Position) {
	if r.Len() < 8 {
		return
	}
	number := func(name string, v int64, scale uint8) { p.Note(name, protocols.Decimal(v, scale)) }
	switch id {
	case 0x90:
		number("bms_voltage_v", int64(r.U16("voltage")), 1)
		number("bms_gathered_voltage_v", int64(r.U16("gathered")), 1)
		number("bms_current_a", int64(r.U16("current"))-30000, 1)
		number("bms_charge_percent", int64(r.U16("charge")), 1)
	case 0x91:
		number("bms_cell_highest_v", int64(r.U16("highest")), 3)
		number("bms_cell_highest", int64(r.U8("highest")), 0)
		number("bms_cell_lowest_v", int64(r.U16("lowest")), 3)
		number("bms_cell_lowest", int64(r.U8("lowest")), 0)
	case 0x92:
		number("bms_temperature_highest_c", int64(r.U8("highest"))-40, 0)
		number("bms_sensor_highest", int64(r.U8("highest")), 0)
		number("bms_temperature_lowest_c", int64(r.U8("lowest"))-40, 0)
		number("bms_sensor_lowest", int64(r.U8("lowest")), 0)
	case 0x93:
		number("bms_state", int64(r.U8("state")), 0)
		p.Note("bms_charges", protocols.Bool(r.U8("charge switch") != 0))
		p.Note("bms_discharges", protocols.Bool(r.U8("discharge switch") != 0))
		number("bms_life", int64(r.U8("life")), 0)
		number("bms_remaining_ah", int64(r.U32("remaining")), 3)
	case 0x94:
		number("bms_cells", int64(r.U8("cells")), 0)
		number("bms_sensors", int64(r.U8("sensors")), 0)
		p.Note("bms_charger", protocols.Bool(r.U8("charger") != 0))
		p.Note("bms_load", protocols.Bool(r.U8("load") != 0))
		p.Note("bms_switches", protocols.Bytes(r.Rest()))
	case 0x95:
		p.Note("bms_cell_mv", protocols.Bytes(r.Rest()))
	case 0x96:
		p.Note("bms_sensor_data", protocols.Bytes(r.Rest()))
	case 0x97:
		p.Note("bms_balance", protocols.Bytes(r.Rest()))
	case 0x98:
		p.Note("bms_faults", protocols.Bytes(r.Rest()))
	default:
		p.Note("bms_data", protocols.Bytes(r.Rest()))
	}
}
