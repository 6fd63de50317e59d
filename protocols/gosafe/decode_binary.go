package gosafe

import (
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The types of binary messages, in the low six bits; the next says that an event goes before the time.
const (
	typeHeartbeat = 0
	typeReport    = 1
	typeMixed     = 4
	typeEvent     = 1 << 6
	typeMask      = typeEvent - 1
)

// decodeBinary reads version, type, IMEI, and by type one report or several, each behind its length.
func (c *codec) decodeBinary(frame []byte) (m protocols.Message, err error) {
	data := plain(frame, make([]byte, 0, len(frame)))
	if len(data) < headSize-1+2 {
		return m, &wire.Error{Field: "head", Offset: len(data), Err: wire.ErrShort}
	}
	var id uint64
	for _, b := range data[2 : headSize-1] {
		id = id<<8 | uint64(b)
	}
	var digits [24]byte
	if name := appendIMEI(digits[:0], id); string(name) != c.device {
		c.device = string(name)
	}
	m.Device = c.device
	body := wire.NewReader(data[:len(data)-2])
	body.Skip("head", headSize-1)
	switch kind := data[1]; kind & typeMask {
	case typeHeartbeat:
	case typeReport:
		err = binaryReport(&m, &body, kind)
	case typeMixed:
		for body.Len() > 3 && err == nil {
			n := int(body.U16("length"))
			at := body.Offset()
			part := wire.NewReader(data[:min(at+n, len(data)-2)])
			part.Skip("before", at)
			if kind := part.U8("type"); kind&typeMask == typeReport {
				err = binaryReport(&m, &part, kind)
			}
			body.Skip("report", n)
		}
	default:
		if fitsReport(kind, data[headSize-1:len(data)-2]) {
			err = binaryReport(&m, &body, kind)
			break
		}
		p := protocols.Position{Attributes: []protocols.Attribute{protocols.Attr("data", protocols.Bytes(body.Rest()))}}
		p.Note("message_type", protocols.Int(int64(kind)))
		m.Positions = []protocols.Position{p}
	}
	if err == nil {
		err = body.Err()
	}
	if !proved(data) {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	return m, err
}

// appendIMEI writes an IMEI with its leading zeros.
func appendIMEI(b []byte, id uint64) []byte {
	for limit := uint64(1e14); limit > id && limit > 1; limit /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendUint(b, id, 10)
}

// epoch is where the seconds start.
const epoch = 946684800

// The bits of a report's mask, in the order of the elements.
const (
	elementSYS = iota
	elementGPS
	elementGSM
	elementCOT
	elementADC
	elementDTT
	elementIWD
	elementETD
	elementOBD
	elementFUL
	elements
)

// binaryReport reads an event where there is one, time, mask and elements, each behind its length. Without an event
// there is no place for the event's data either.
func binaryReport(m *protocols.Message, body *wire.Reader, kind byte) error {
	r := new(record)
	d := decoder{pos: &r.positions[0]}
	d.pos.Attributes = r.attributes[:0]
	if kind&typeEvent != 0 {
		d.pos.Note("event", protocols.Int(int64(body.U8("event"))))
	}
	if t := body.U32("time"); t != 0 {
		d.pos.Time = time.Unix(int64(t)+epoch, 0).UTC()
	}
	mask := body.U16("mask")
	if err := body.Err(); err != nil {
		return err
	}
	bit := 0
	for element := range elements {
		if element == elementETD && kind&typeEvent == 0 {
			continue
		}
		if mask>>bit&1 != 0 && body.Len() > 0 {
			n := int(body.U8("element length"))
			at := body.Offset()
			d.binaryElement(element, body.Bytes("element", n), at)
		}
		bit++
	}
	m.Positions = append(m.Positions, *d.pos)
	if err := body.Err(); err != nil {
		return err
	}
	return d.err
}
