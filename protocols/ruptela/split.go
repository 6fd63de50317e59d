package ruptela

import (
	"encoding/binary"

	"drover/protocols/wire"
)

// Split cuts at the announced length. Nothing marks the start of a packet, so a length or IMEI that can not be ends the
// conversation.
// A packet that was cut is given at the end, for what is whole in it.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	if len(data) < lengthSize {
		return 0, nil, nil
	}
	n := int(binary.BigEndian.Uint16(data))
	switch {
	case n > maxLength:
		return 0, nil, &wire.Error{Field: "packet length", Offset: 0, Err: wire.ErrTooLong}
	case n < minLength:
		return 0, nil, &wire.Error{Field: "packet length", Offset: 0, Err: wire.ErrShort}
	case !imeiFits(data):
		return 0, nil, &wire.Error{Field: "imei", Offset: lengthSize, Err: wire.ErrValue}
	case len(data) < lengthSize+n+crcSize && atEOF && len(data) >= headSize:
		return len(data), data, nil
	case len(data) < lengthSize+n+crcSize:
		return 0, nil, nil
	}
	n += lengthSize + crcSize
	return n, data[:n], nil
}

// imeiFits is whether the IMEI, as far as it has come, can be a number of 15 digits: 10^15 is 00038D7EA4C68000.
func imeiFits(data []byte) bool {
	for i, limit := range [...]byte{0x00, 0x03} {
		at := lengthSize + i
		if at < len(data) && data[at] > limit {
			return false
		}
	}
	const end = headSize - 1
	return len(data) < end || binary.BigEndian.Uint64(data[lengthSize:]) < maxIMEI
}
