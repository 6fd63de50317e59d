package navtelecom

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// extras reads additional records (~E, ~X), each behind its length. at is where data starts in the message.
func extras(data []byte, count, at int) ([]protocols.Position, error) {
	positions := make([]protocols.Position, 0, min(count, len(data)/2))
	for range count {
		if len(data) < 2 || len(data)-2 < int(binary.LittleEndian.Uint16(data)) {
			return positions, &wire.Error{Field: "record length", Offset: at, Err: wire.ErrShort}
		}
		n := int(binary.LittleEndian.Uint16(data))
		positions = append(positions, extra(data[2:2+n]))
		data, at = data[2+n:], at+2+n
	}
	return positions, nil
}

// staticBytes is the fixed part of an additional record: number, event, its time, and the fix.
const staticBytes = 37

// extra reads one additional record: version, length of the fixed part, fixed part, and what the event is about.
func extra(b []byte) (p protocols.Position) {
	d := decoder{pos: &p}
	if len(b) < 2+staticBytes || int(b[1]) < staticBytes || len(b) < 2+int(b[1]) {
		d.add("record_bytes", protocols.Bytes(b))
		return p
	}
	s := b[2:]
	d.add("record", protocols.Int(int64(binary.LittleEndian.Uint32(s))))
	d.add("event", protocols.Int(int64(binary.LittleEndian.Uint16(s[4:]))))
	d.special(3, s[6:10])
	d.special(8, s[10:11])
	d.special(9, s[11:15])
	d.special(12, s[23:27])
	d.special(13, s[27:31])
	d.special(14, s[31:33])
	d.special(15, s[33:37])
	d.finish(int32(binary.LittleEndian.Uint32(s[15:])), int32(binary.LittleEndian.Uint32(s[19:])), true)
	d.dynamic(b[2+int(b[1]):])
	return p
}

// dynamic reads fields of a type, a length and their content: an iButton, a driver's card, an RFID tag.
func (d *decoder) dynamic(b []byte) {
	for len(b) >= 2 && len(b) >= 2+int(b[1]) {
		v := b[2 : 2+int(b[1])]
		switch {
		case b[0] == 1 && len(v) == 8:
			d.add("driver_id", protocols.Text(hexLE(v)))
		case b[0] == 2 && len(v) == 16:
			d.add("driver_card", protocols.Bytes(v))
		case b[0] == 3 && len(v) == 8:
			d.add("rfid", protocols.Text(hexLE(v)))
		default:
			d.add("extra_type", protocols.Int(int64(b[0])))
			d.add("extra", protocols.Bytes(v))
		}
		b = b[2+int(b[1]):]
	}
	if len(b) > 0 {
		d.add("rest", protocols.Bytes(b))
	}
}

// hexLE writes a number of low byte first as hex digits.
func hexLE(b []byte) string {
	const digits = "0123456789ABCDEF"
	var room [16]byte
	out := room[:0]
	for i := len(b) - 1; i >= 0; i-- {
		out = append(out, digits[b[i]>>4], digits[b[i]&15])
	}
	return string(out)
}
