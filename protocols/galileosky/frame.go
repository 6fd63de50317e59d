package galileosky

import (
	"encoding/binary"

	"drover/protocols/wire"
)

// The packets by their first byte.
const (
	headTags       = 0x01
	headConfirm    = 0x02
	headGarmin     = 0x06
	headPhoto      = 0x07
	headCompressed = 0x08
)

const (
	lengthMask = 0x7FFF // the highest bit of the length says that the archive has more
	maxPacket  = lengthMask + 5
	maxNoise   = 4096 // what may lie between two packets, bytes, before the conversation is given up
)

// Split cuts at the announced length; at the end a packet of tags may be cut short. Packets that came through Iridium
// have that network's envelope.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if !starts(data[0]) {
		n := 1
		for n < len(data) && !starts(data[n]) {
			n++
		}
		if c.noise += n; c.noise > maxNoise {
			return 0, nil, &wire.Error{Field: "header", Offset: 0, Err: wire.ErrUnknown}
		}
		return n, nil, nil
	}
	n := packetLength(data)
	if n > 0 && n <= len(data) {
		c.noise = 0
		return n, data[:n], nil
	}
	switch {
	case !atEOF:
		return 0, nil, nil
	case n > 0 && data[0] == headTags: // cut, but its whole tags can be read
		return len(data), data, nil
	}
	return 0, nil, &wire.Error{Field: "length", Offset: len(data), Err: wire.ErrShort}
}

func starts(b byte) bool {
	return b == headTags || b == headGarmin || b == headPhoto || b == headCompressed
}

// packetLength is 0 if more bytes are needed to tell.
func packetLength(data []byte) int {
	if len(data) < 6 {
		return 0
	}
	if iridium(data) {
		return 3 + int(binary.BigEndian.Uint16(data[1:]))
	}
	return 3 + int(binary.LittleEndian.Uint16(data[1:])&lengthMask) + 2
}

// iridium is whether data begins with the envelope of Iridium's direct transport: revision 1, length, and the header as
// the first element, 28 bytes. As tags this would be a hardware version 0 and a tag that there is not.
func iridium(data []byte) bool {
	return len(data) >= 6 && data[0] == 1 && data[3] == 1 && data[4] == 0 && data[5] == 0x1C &&
		binary.BigEndian.Uint16(data[1:]) >= 3+0x1C
}

// sum is the checksum that a packet's bytes should have; ok says that it has.
func sum(packet []byte) (crc uint16, ok bool) {
	n := len(packet) - 2
	crc = wire.CRC16Modbus(packet[:n])
	return crc, crc == binary.LittleEndian.Uint16(packet[n:])
}

// seal ends a packet that starts at from: its length is filled in, its checksum is appended.
func seal(b []byte, from int) []byte {
	binary.LittleEndian.PutUint16(b[from+1:], uint16(len(b)-from-3))
	return binary.LittleEndian.AppendUint16(b, wire.CRC16Modbus(b[from:]))
}
