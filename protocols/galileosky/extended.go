package galileosky

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// span is a run of extended tags of one size and meaning.
type span struct {
	first, last uint16
	size        uint8
	how         how
	name        string
}

// how is the way in which an extended tag's value is read.
type how uint8

const (
	asNumber how = iota // unsigned, low byte first
	asHundredths
	asBytes
	asDegrees    // a sensor's number and 256ths of degrees
	asSatellites // visible, used, mean level, highest level
	asCell
	asIMSI
	asICCID
)

// spans are the extended tags whose sizes the paper has.
var spans = [...]span{
	{0x01, 0x20, 4, asHundredths, "modbus"}, {0x21, 0x60, 4, asNumber, "bluetooth"},
	{0x61, 0x80, 4, asHundredths, "modbus"}, {0x81, 0x84, 2, asCell, ""}, {0x85, 0x85, 1, asNumber, "rssi"},
	{0x86, 0x8D, 4, asDegrees, "thermometer_c"}, {0x8E, 0x8E, 4, asSatellites, "gps"},
	{0x8F, 0x8F, 4, asSatellites, "glonass"}, {0x90, 0x90, 4, asSatellites, "beidou"},
	{0x91, 0x91, 4, asSatellites, "galileo"}, {0x92, 0x92, 15, asIMSI, ""}, {0x93, 0x93, 1, asNumber, "sim"},
	{0x94, 0x94, 20, asICCID, ""}, {0x95, 0x95, 4, asNumber, "io149"},
	{0xA4, 0xA4, 1, asNumber, "wifi_state"}, {0xA5, 0xA5, 1, asNumber, "wifi_error"},
	{0xA6, 0xA6, 1, asNumber, "modem_state"}, {0xA7, 0xA7, 1, asNumber, "registration"},
	{0xA8, 0xA8, 1, asNumber, "gprs"}, {0xA9, 0xA9, 4, asNumber, "free_memory_bytes"},
	{0xAB, 0xAB, 12, asBytes, "archive_state"}, {0xAC, 0xAC, 4, asNumber, "last_record"},
	{0xAD, 0xAD, 6, asBytes, "wifi_mac"}, {0xAE, 0xAE, 6, asBytes, "bluetooth_mac"},
	{0xAF, 0xAF, 14, asBytes, "last_restart"}, {0xB0, 0xB0, 1, asNumber, "mean_snr"},
	{0xB1, 0xB1, 1, asNumber, "card_state"}, {0xB2, 0xB2, 1, asNumber, "card_error"},
	{0xB3, 0xB3, 12, asBytes, "collector_state"}, {0xB4, 0xB6, 6, asBytes, "client_mac"},
	{0xD9, 0xFA, 3, asBytes, "tyre"}, {0xFC, 0xFC, 1, asNumber, "event"}, {0xFD, 0xFE, 8, asBytes, "ibutton"},
}

// extended reads tags of two bytes. The sizes of those beyond FE are in their content, which is not taken apart: what
// follows the first of them is kept as it is. Where a name has many tags, the tag goes before its value.
func (d *decoder) extended(b []byte) {
	var cell protocols.Cell
	for len(b) >= 3 {
		id := le16(b)
		s := spanOf(id)
		if s == nil || len(b) < 2+int(s.size) {
			break
		}
		v := b[2 : 2+int(s.size)]
		b = b[2+int(s.size):]
		if s.how == asCell {
			cellPart(&cell, id, le16(v))
			continue
		}
		if s.first != s.last {
			d.add(s.name+"_tag", protocols.Int(int64(id)))
		}
		d.extendedValue(s, v)
	}
	if cell.MCC != 0 {
		d.pos.Cell = protocols.Some(cell)
		d.said = true
	}
	if len(b) > 0 {
		d.add("extended_tags", protocols.Bytes(b))
	}
}

func spanOf(id uint16) *span {
	for i := range spans {
		if id >= spans[i].first && id <= spans[i].last {
			return &spans[i]
		}
	}
	return nil
}

func cellPart(c *protocols.Cell, id, v uint16) {
	switch id {
	case 0x81:
		c.CID = uint64(v)
	case 0x82:
		c.LAC = uint32(v)
	case 0x83:
		c.MCC = v
	default:
		c.MNC = v
	}
}

func (d *decoder) extendedValue(s *span, v []byte) {
	switch s.how {
	case asDegrees:
		if raw := int64(int16(binary.LittleEndian.Uint16(v[2:]))); raw != -32768 {
			d.add(s.name, protocols.Decimal(raw*100/256, 2))
		}
	case asSatellites:
		d.add(s.name+"_visible", protocols.Int(int64(v[0])))
		d.add(s.name+"_used", protocols.Int(int64(v[1])))
		d.add(s.name+"_snr", protocols.Int(int64(v[2])))
	case asIMSI:
		if wire.Digits(v) {
			d.pos.IMSI, d.said = string(v), true
		}
	case asICCID:
		d.pos.ICCID, d.said = hexDigits(v), true
	case asBytes:
		d.add(s.name, protocols.Bytes(v))
	default:
		var n int64
		for i := len(v) - 1; i >= 0; i-- {
			n = n<<8 | int64(v[i])
		}
		scale := uint8(0)
		if s.how == asHundredths {
			scale = 2
		}
		d.add(s.name, protocols.Decimal(n, scale))
	}
}

// hexDigits is text without what is no digit, F or letter.
func hexDigits(b []byte) string {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f' {
			out = append(out, c)
		}
	}
	return string(out)
}
