package teltonika

import (
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	keepAlive = 0xFF // alone between packets

	headerLength   = 8       // of a packet: four zeros and the length of the data
	checksumLength = 4       // of a packet: a CRC-16 in the low half
	datagramHeader = 5       // length, packet id, and a byte that is always 1
	maxData        = 1 << 16 // records are limited to 1,280 bytes a packet by most models, camera blocks are some 2,100

	minIdentity, maxIdentity = 8, 20 // digits; an IMEI has 15
)

// Split cuts logins, packets and datagrams. Keep-alive bytes are skipped; anything else fails at once.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	for advance < len(data) && data[advance] == keepAlive {
		advance++
	}
	if advance > 0 || len(data) == 0 {
		return advance, nil, nil
	}
	n, err := frameLength(data)
	if err != nil {
		return 0, nil, err
	}
	if n > 0 && n <= len(data) {
		return n, data[:n], nil
	}
	if atEOF {
		return len(data), data, nil // cut short; Decode gives what is whole
	}
	return 0, nil, nil
}

// frameLength gives the length of the frame that data starts with, 0 if more bytes are needed to tell.
func frameLength(data []byte) (int, error) {
	if len(data) < 2 {
		return 0, nil
	}
	n := int(binary.BigEndian.Uint16(data))
	if n == 0 {
		return packetLength(data)
	}
	if len(data) < datagramHeader {
		return 0, nil
	}
	if data[datagramHeader-1] == 1 {
		return 2 + n, nil
	}
	if n < minIdentity || n > maxIdentity {
		return 0, &wire.Error{Field: "preamble", Offset: 0, Err: wire.ErrUnknown}
	}
	if digits := data[2:min(2+n, len(data))]; !wire.Digits(digits) {
		return 0, &wire.Error{Field: "imei", Offset: 2, Err: wire.ErrValue}
	}
	return 2 + n, nil
}

func packetLength(data []byte) (int, error) {
	for i := 2; i < min(4, len(data)); i++ {
		if data[i] != 0 {
			return 0, &wire.Error{Field: "preamble", Offset: i, Err: wire.ErrUnknown}
		}
	}
	if len(data) < headerLength {
		return 0, nil
	}
	n := binary.BigEndian.Uint32(data[4:])
	if n > maxData {
		return 0, &wire.Error{Field: "data length", Offset: 4, Err: wire.ErrTooLong}
	}
	return headerLength + int(n) + checksumLength, nil
}
