package queclink

import (
	"encoding/binary"
	"encoding/hex"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Where the parts of a frame of records are: 2B 00, length, flag of several packets (then their count and number),
// IMEI, device type, protocol and custom version, reserved bytes, records; at the end count, CRC-8 and $.
const (
	recLength   = 2
	recFlag     = 4
	recHead     = 19 // without the count of packets
	recTail     = 4
	recMinimum  = recHead + recTail
	recMaximum  = 4096 // the papers say 1440
	recSeveral  = 0x80
	recIMEI     = 5
	recordStart = 8 // length of a record's own head behind its length: time, count, id, event
)

// crc8Table is the byte-wise table of the CRC-8 of record frames: polynomial 0x31, init 0xFF, not reflected.
var crc8Table = func() (t [256]byte) {
	for i := range t {
		c := byte(i)
		for range 8 {
			if c&0x80 != 0 {
				c = c<<1 ^ 0x31
			} else {
				c <<= 1
			}
		}
		t[i] = c
	}
	return t
}()

func crc8(data []byte) byte {
	c := byte(0xFF)
	for _, b := range data {
		c = crc8Table[c^b]
	}
	return c
}

// decodeRecords reads a frame of records.
func (c *codec) decodeRecords(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	if len(frame) < recMinimum {
		return m, &wire.Error{Field: "frame length", Offset: len(frame), Err: wire.ErrShort}
	}
	imei := recIMEI
	if frame[recFlag]&recSeveral != 0 {
		imei += 2
	}
	var digits [16]byte
	if _, ok := wire.BCDNumber(frame[imei : imei+8]); !ok {
		return m, &wire.Error{Field: "imei", Offset: imei, Err: wire.ErrValue}
	}
	hex.Encode(digits[:], frame[imei:imei+8])
	who := digits[:]
	if who[0] == '0' {
		who = who[1:]
	}
	m.Device = same(&c.id, who)
	c.records = true
	tail := len(frame) - recTail
	rec := new(record)
	broken := crc8(frame[:len(frame)-2]) != frame[len(frame)-2]
	err := readRecords(&m, rec, frame, imei+13, tail)
	if broken {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	if c.sack {
		m.Reply = appendCount(append(rec.reply[:0], "+SACK:"...), binary.BigEndian.Uint16(frame[tail:]))
	}
	return m, err
}

// appendCount appends a count as four hexadecimal digits and $.
func appendCount(b []byte, count uint16) []byte {
	var h [2]byte
	binary.BigEndian.PutUint16(h[:], count)
	at := len(b)
	b = append(hex.AppendEncode(b, h[:]), '$')
	for i := at; i < len(b); i++ {
		if b[i] >= 'a' {
			b[i] -= 'a' - 'A'
		}
	}
	return b
}

// readRecords reads the reserved bytes at i and the records after them.
func readRecords(m *protocols.Message, rec *record, frame []byte, i, end int) error {
	i += 1 + int(frame[i])
	for n := 0; i < end; n++ {
		size, width := varied(frame[:end], i)
		if size < width+recordStart || i+size > end {
			return &wire.Error{Field: "record length", Offset: i, Err: wire.ErrValue}
		}
		var p *protocols.Position
		if n == 0 {
			p = rec.open(m)
		} else {
			m.Positions = append(m.Positions, protocols.Position{Attributes: make([]protocols.Attribute, 0, 8)})
			p = &m.Positions[len(m.Positions)-1]
		}
		readRecord(p, frame[i+width:i+size])
		if frame[0] == '-' {
			p.Note("buffered", protocols.Bool(true))
		}
		i += size
	}
	return nil
}

// varied reads a number of one byte, or of two of which the first has its high bit set; width is 0 past the end.
func varied(b []byte, i int) (v, width int) {
	switch {
	case i >= len(b):
		return 0, 0
	case b[i]&0x80 == 0:
		return int(b[i]), 1
	case i+1 >= len(b):
		return 0, 0
	}
	return int(b[i]&0x7F)<<8 | int(b[i+1]), 2
}

// readRecord reads a record behind its length: when it was made, its count, its id and event, and its elements.
func readRecord(p *protocols.Position, b []byte) {
	made := time.Unix(int64(binary.BigEndian.Uint32(b)), 0).UTC()
	id, event, i := int(b[6]), 7, recordStart
	if b[6]>>3 == 0x1F && len(b) > recordStart { // ids above F7 have two bytes
		id, event, i = int(b[6]&0x07)<<8|int(b[7]), 8, recordStart+1
	}
	p.Note("record", protocols.Int(int64(id)))
	if b[event] != 0 {
		p.Note("record_event", protocols.Int(int64(b[event])))
	}
	recordAlarm(p, id, b[event])
	for i < len(b) {
		element, w := varied(b, i)
		size, u := varied(b, i+w)
		from := i + w + u
		if w == 0 || u == 0 || from+size > len(b) {
			p.Note("rest", protocols.Bytes(b[i:]))
			break
		}
		readElement(p, element, b[from:from+size])
		i = from + size
	}
	if p.Time.IsZero() {
		p.Time = plausible(made)
	}
}

// plausible is t, or zero if no tracker can have meant it.
func plausible(t time.Time) time.Time {
	if t.Year() < 2000 || t.Year() > 2099 {
		return time.Time{}
	}
	return t
}

// recordAlarm says what a record warns of.
func recordAlarm(p *protocols.Position, id int, event byte) {
	switch {
	case id == 0x10:
		p.Alarms |= protocols.AlarmSOS
	case id == 0x13:
		p.Alarms |= protocols.AlarmTow
	case id == 0x20 && (event == 3 || event == 4):
		p.Alarms |= protocols.AlarmLowBattery
	case id == 0x75, id == 0x76:
		p.Alarms |= protocols.AlarmAccident
	}
}
