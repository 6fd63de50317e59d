package teltonika

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The codecs, as the first byte of a packet's data.
const (
	codec7  = 0x07 // GH3000: records of chosen fields
	codec8  = 0x08 // records
	codec8E = 0x8E // records with 16-bit element numbers and elements of variable length
	codec16 = 0x10 // records with 16-bit element numbers and a generation type
	codec12 = 0x0C // commands, answers, serial data, photos
	codec13 = 0x0D // serial data with its time
	codec14 = 0x0E // commands and answers with the IMEI
	codec15 = 0x0F // serial data with its time and the IMEI
)

// Decode reads a login, a packet or a datagram.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	r := wire.NewReader(frame)
	n := r.U16("length")
	switch {
	case r.Err() != nil:
		return protocols.Message{}, r.Err()
	case n == 0:
		return c.packet(frame)
	case len(frame) >= datagramHeader && frame[datagramHeader-1] == 1:
		return c.datagram(frame)
	}
	imei := r.Bytes("imei", int(n))
	if r.Err() != nil {
		return protocols.Message{}, r.Err()
	}
	if !wire.Digits(imei) {
		return protocols.Message{}, &wire.Error{Field: "imei", Offset: 2, Err: wire.ErrValue}
	}
	return protocols.Message{Device: c.speaker(imei), Reply: loginReplies[1:], Refusal: loginReplies[:1:1]}, nil
}

// speaker gives digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.device {
		c.device = string(digits)
	}
	return c.device
}

// packet reads what comes over TCP: four zeros, the data's length, the data, and their checksum.
func (c *codec) packet(frame []byte) (protocols.Message, error) {
	r := wire.NewReader(frame)
	if r.U32("preamble") != 0 {
		return protocols.Message{}, &wire.Error{Field: "preamble", Offset: 0, Err: wire.ErrUnknown}
	}
	n := r.U32("data length")
	if r.Err() != nil {
		return protocols.Message{}, r.Err()
	}
	end := min(len(frame), headerLength+int(min(n, maxData)))
	sound := len(frame) >= end+checksumLength &&
		binary.BigEndian.Uint32(frame[end:]) == uint32(wire.CRC16ARC(frame[headerLength:end]))
	m, count, err := c.data(frame[:end], headerLength)
	switch {
	case err != nil:
		return m, err
	case len(frame) < end+checksumLength:
		return m, &wire.Error{Field: "crc", Offset: end, Err: wire.ErrShort}
	case !sound && len(m.Positions) == 0:
		return m, &wire.Error{Field: "crc", Offset: end, Err: wire.ErrChecksum}
	case !sound:
		for i := range m.Positions {
			p := &m.Positions[i]
			p.Attributes = append(p.Attributes, protocols.Attr("checksum_ok", protocols.Bool(false)))
		}
	}
	if count > 0 {
		m.Reply = countReply(count)
	}
	return m, nil
}

// datagram reads what comes over UDP: a packet's data after a header that says who speaks, and no checksum.
func (c *codec) datagram(frame []byte) (protocols.Message, error) {
	r := wire.NewReader(frame)
	r.Skip("length", 2)
	id := r.U16("packet id")
	r.Skip("packet type", 1)
	avl := r.U8("avl packet id")
	n := r.U16("imei length")
	at := r.Offset()
	imei := r.Bytes("imei", int(n))
	if r.Err() != nil {
		return protocols.Message{}, r.Err()
	}
	if !wire.Digits(imei) || n < minIdentity || n > maxIdentity {
		return protocols.Message{}, &wire.Error{Field: "imei", Offset: at, Err: wire.ErrValue}
	}
	m, count, err := c.data(frame, r.Offset())
	m.Device = c.speaker(imei)
	if err == nil && count > 0 {
		m.Reply = []byte{0, 5, byte(id >> 8), byte(id), 1, avl, byte(count)}
	}
	return m, err
}

// data reads a packet's data, which start at the given byte of the frame. It gives how many records to acknowledge.
func (c *codec) data(frame []byte, start int) (protocols.Message, int, error) {
	r := wire.NewReader(frame)
	r.Skip("header", start)
	kind := r.U8("codec id")
	if r.Err() != nil {
		return protocols.Message{}, 0, r.Err()
	}
	switch kind {
	case codec7, codec8, codec8E, codec16:
		return c.records(r, kind)
	case codec12, codec13, codec14, codec15:
		m, err := c.messages(&r, kind)
		return m, 0, err
	}
	return protocols.Message{}, 0, &wire.Error{Field: "codec id", Offset: start, Err: wire.ErrUnknown}
}

// records reads the number of records, the records, and their number again.
func (c *codec) records(r wire.Reader, kind byte) (protocols.Message, int, error) {
	count := int(r.U8("number of data 1"))
	first := c.newRecords(r, kind)
	positions := first.read(count)
	err := first.finish(count)
	if err != nil && kind != codec7 {
		wide := c.newRecords(r, kind)
		wide.wide = true
		if again := wide.read(count); wide.finish(count) == nil {
			positions, err = again, nil
		}
	}
	if err != nil {
		count = 0
	}
	if n := len(positions); n > 0 {
		c.attributes = len(positions[n-1].Attributes)
	}
	return protocols.Message{Positions: positions}, count, err
}

// loginReplies are the refusal and the welcome.
var loginReplies = [...]byte{0, 1}

// countReplies holds the answer to each number of records, four bytes each.
var countReplies = func() (b [256 * 4]byte) {
	for i := range 256 {
		b[4*i+3] = byte(i)
	}
	return b
}()

// countReply is the number of records taken, which may be kept but not written to.
func countReply(n int) []byte { return countReplies[4*n : 4*n+4 : 4*n+4] }
