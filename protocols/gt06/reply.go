package gt06

import (
	"encoding/binary"
	"time"

	"drover/protocols/wire"
)

// reply appends what the tracker waits for. A frame that could not be read is answered as well, since the tracker
// would send the same bytes again for ever.
func (c *codec) reply(d *decoder, b []byte, at time.Time) []byte {
	if d.bare && (d.kind == kindWiFi17 || d.kind == kindWiFi69) {
		b = append(b, 0x78, 0x78, 0, d.kind)
		b = append(b, d.data[4:10]...)
		return append(b, terminator...)
	}
	switch d.kind {
	case kindTime:
		at = at.UTC()
		now := [6]byte{byte(at.Year() - 2000), byte(at.Month()), byte(at.Day()),
			byte(at.Hour()), byte(at.Minute()), byte(at.Second())}
		return appendFrame(b, kindTime, now[:], d.serial)
	case kindAddressRequest:
		return appendLong(b, kindAddress, []byte("\x0B\x00\x00\x00\x00NA&&NA&&0##"), d.serial)
	case kindPhotoInfo:
		return c.photoRequest(b)
	case kindModules:
		return appendFrame(b, d.kind, nil, d.serial)
	case kindCommand, kindInfo, kindX1, kindOBD, kindSerial, kindString21:
		return nil
	}
	if !d.long {
		return appendFrame(b, d.kind, nil, d.serial)
	}
	if d.kind == kindStatus36 {
		return c.photoRequest(b)
	}
	return appendLong(b, d.kind, nil, d.serial)
}

// appendFrame appends a frame of at most 250 bytes of content.
func appendFrame(b []byte, kind byte, content []byte, serial uint16) []byte {
	from := len(b)
	b = append(b, 0x78, 0x78, byte(len(content)+5), kind)
	return seal(append(b, content...), from, serial)
}

// appendLong appends a 7979 frame.
func appendLong(b []byte, kind byte, content []byte, serial uint16) []byte {
	from := len(b)
	b = append(b, 0x79, 0x79)
	b = binary.BigEndian.AppendUint16(b, uint16(len(content)+5))
	b = append(b, kind)
	return seal(append(b, content...), from, serial)
}

// seal ends the frame that starts at from.
func seal(b []byte, from int, serial uint16) []byte {
	b = binary.BigEndian.AppendUint16(b, serial)
	b = binary.BigEndian.AppendUint16(b, wire.CRC16X25(b[from+2:]))
	return append(b, terminator...)
}
