package egts

import (
	"encoding/binary"

	"drover/protocols/wire"
)

// Packet types.
const (
	packetResponse = 0
	packetData     = 1
	packetSigned   = 2
)

// Services.
const (
	serviceAuth     = 1
	serviceTeledata = 2
	serviceCommands = 4
)

// Result codes.
const (
	resultOK          = 0
	resultUnsupported = 128
	resultBadForm     = 132
	resultBadData     = 138
	resultDenied      = 151
)

const (
	shortHeader = 11
	routeHeader = 16   // with addresses and time to live
	maxNoise    = 4096 // what may lie between two packets, bytes, before the conversation is given up
)

// header gives the length of the packet that data begins with: 0 if more bytes are needed to tell, -1 if no packet
// begins so.
func header(data []byte) int {
	switch {
	case len(data) == 0:
		return 0
	case data[0] != 1:
		return -1
	case len(data) < 4:
		return 0
	case data[3] != shortHeader && data[3] != routeHeader:
		return -1
	case len(data) < int(data[3]):
		return 0
	}
	n := int(data[3])
	if wire.CRC8NRSC5(data[:n-1]) != data[n-1] || data[9] > packetSigned {
		return -1
	}
	if body := int(binary.LittleEndian.Uint16(data[5:])); body > 0 {
		n += body + 2
	}
	return n
}

// Split cuts at the announced length of packets whose header's checksum is right. At the end a packet may be cut short.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	n := header(data)
	if n < 0 {
		skip := 1
		for skip < len(data) && header(data[skip:]) < 0 {
			skip++
		}
		if c.noise += skip; c.noise > maxNoise {
			return 0, nil, &wire.Error{Field: "header", Offset: 0, Err: wire.ErrUnknown}
		}
		return skip, nil, nil
	}
	if n > 0 && n <= len(data) {
		c.noise = 0
		return n, data[:n], nil
	}
	if atEOF && n > 0 { // cut, but its whole subrecords can be read
		return len(data), data, nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, &wire.Error{Field: "frame data length", Offset: len(data), Err: wire.ErrShort}
	}
	return 0, nil, nil
}

// appendPacket appends a packet with room for its data, which close fills in.
func (c *codec) appendPacket(b []byte, kind byte) []byte {
	b = append(b, 1, 0, 0, shortHeader, 0, 0, 0)
	b = binary.LittleEndian.AppendUint16(b, c.packet)
	c.packet++
	return append(b, kind, 0)
}

// closePacket ends the packet that starts at from.
func closePacket(b []byte, from int) []byte {
	body := b[from+shortHeader:]
	binary.LittleEndian.PutUint16(b[from+5:], uint16(len(body)))
	b[from+shortHeader-1] = wire.CRC8NRSC5(b[from : from+shortHeader-1])
	return binary.LittleEndian.AppendUint16(b, wire.CRC16CCITTFalse(body))
}

// appendRecord appends the head of a record of a service; closeRecord fills in its length.
func (c *codec) appendRecord(b []byte, service byte) []byte {
	b = append(b, 0, 0)
	b = binary.LittleEndian.AppendUint16(b, c.record)
	c.record++
	return append(b, 0, service, service)
}

const recordHead = 7

// closeRecord ends the record that starts at from.
func closeRecord(b []byte, from int) []byte {
	binary.LittleEndian.PutUint16(b[from:], uint16(len(b)-from-recordHead))
	return b
}

// appendPart appends a subrecord.
func appendPart(b []byte, kind byte, content ...byte) []byte {
	b = append(b, kind, byte(len(content)), byte(len(content)>>8))
	return append(b, content...)
}
