package queclink

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// The kinds of HEX frames, which differ in how they start.
const (
	hexNone      = iota
	hexReport    // +RSP, +EVT and what was kept of them, +BSP and +BVT
	hexInfo      // +INF, +BNF
	hexHeartbeat // +HBD
	hexAnswer    // +ACK
	hexOther     // +CRD, +BRD: data of a crash; +LGN; +OBD
)

// hexKind is the kind of HEX frame that data starts with; hexNone if it starts none, or is shorter than five bytes.
func hexKind(data []byte) int {
	if len(data) < 5 || data[0] != '+' {
		return hexNone
	}
	switch string(data[1:4]) {
	case "RSP", "BSP", "EVT", "BVT":
		return hexReport
	case "INF", "BNF":
		return hexInfo
	case "HBD":
		return hexHeartbeat
	case "ACK":
		if data[4] != ':' {
			return hexAnswer
		}
	case "CRD", "BRD", "LGN", "OBD":
		return hexOther
	}
	return hexNone
}

// The ends of a HEX frame.
const (
	hexHeader  = 4
	hexTail    = 4 // CRC, CR LF
	hexMinimum = 20
	hexMaximum = 2048
)

// hexSum says whether the CRC at the end of a whole HEX frame is right.
func hexSum(frame []byte) bool {
	end := len(frame) - hexTail
	return wire.CRC16CCITTFalse(frame[hexHeader:end]) == binary.BigEndian.Uint16(frame[end:])
}

// hexLength is where the length of a kind of frame is, and how many bytes it has.
func hexLength(kind int) (at, width int) {
	switch kind {
	case hexReport:
		return 9, 2
	case hexInfo:
		return 7, 2
	case hexHeartbeat:
		return 5, 1
	case hexAnswer:
		return 6, 1
	}
	return 0, 0
}

// decodeHex reads a HEX frame.
func (c *codec) decodeHex(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	if len(frame) < hexMinimum {
		return m, &wire.Error{Field: "header", Offset: len(frame), Err: wire.ErrShort}
	}
	kind := hexKind(frame)
	rec := new(record)
	var err error
	switch kind {
	case hexReport:
		err = c.hexReport(&m, rec, frame)
	case hexHeartbeat:
		c.findUnit(&m, frame, 11)
		m.Reply = c.hexBeat(rec, frame)
		return m, nil
	case hexAnswer:
		c.findUnit(&m, frame, 12)
		m.Result = &protocols.Result{Data: append([]byte(nil), frame...)}
		if serial := binary.BigEndian.Uint16(frame[len(frame)-15:]); serial != noSerial {
			m.Result.ID = uint32(serial)
		}
		return m, nil
	default:
		c.hexOther(rec.open(&m), &m, frame, kind)
	}
	if !hexSum(frame) {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	if c.sack && err == nil {
		m.Reply = appendCount(append(rec.reply[:0], "+SACK:"...), binary.BigEndian.Uint16(frame[len(frame)-6:]))
	}
	return m, err
}

// hexOther reads a frame whose layout is not known in full: what is plain of it, and all of it as bytes.
func (c *codec) hexOther(p *protocols.Position, m *protocols.Message, frame []byte, kind int) {
	name := hexNames[string(frame[1:4])]
	switch { // behind type, mask, length, and in some device type and versions: 1, 2 or 4 bytes of mask
	case kind == hexInfo:
		c.findUnit(m, frame, 11, 9)
	case name == "obd":
		c.findUnit(m, frame, 16)
	default:
		c.findUnit(m, frame, 14, 13, 12, 16)
	}
	p.Note("event", protocols.Text(name))
	p.Note("message_type", protocols.Int(int64(frame[4])))
	body := frame[5 : len(frame)-hexTail]
	p.Note("data", protocols.Bytes(body))
	switch {
	case kind == hexInfo:
		readHexInfo(p, frame)
	case name == "obd":
		findHexPlace(p, body)
	}
	if p.Time.IsZero() {
		p.Time = c.utc(hexMoment(frame[len(frame)-13:]))
	}
}

var hexNames = map[string]string{
	"INF": "info", "BNF": "info", "CRD": "crash_data", "BRD": "crash_data", "LGN": "login", "OBD": "obd",
}

// hexBeat is the answer to a heartbeat: device type and protocol version stand behind mask and length.
func (c *codec) hexBeat(rec *record, frame []byte) []byte {
	b := append(rec.reply[:0], "+SACK:GTHBD,"...)
	for _, v := range frame[6:9] {
		b = append(b, hexDigits[v>>4], hexDigits[v&15])
	}
	return appendCount(append(b, ','), binary.BigEndian.Uint16(frame[len(frame)-6:]))
}

const hexDigits = "0123456789ABCDEF"

// findUnit reads the IMEI of a frame. Where it may be at several places, it is the first with a right check digit and
// the first digits of the bodies that give out such numbers; a frame that has none is nobody's.
func (c *codec) findUnit(m *protocols.Message, frame []byte, places ...int) {
	var digits [15]byte
	for _, i := range places {
		if i+8 > len(frame)-hexTail || !hexIMEI(digits[:], frame[i:]) {
			continue
		}
		body := string(digits[:2])
		if len(places) == 1 || wire.LuhnFits(digits[:]) && (body == "86" || body == "35" || body == "01") {
			m.Device = same(&c.id, digits[:])
			return
		}
	}
}

// hexIMEI writes the 15 digits of an IMEI: seven bytes of two digits each, and one of one.
func hexIMEI(digits, b []byte) bool {
	for i := range 7 {
		if b[i] > 99 {
			return false
		}
		digits[2*i], digits[2*i+1] = '0'+b[i]/10, '0'+b[i]%10
	}
	digits[14] = '0' + b[7]
	return b[7] <= 9
}
