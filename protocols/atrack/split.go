package atrack

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	keepAliveLength = 12
	headLength      = 16    // prefix, checksum, length, sequence, unit's number
	maxFrame        = 16384 // the longest packet taken, bytes: a part of a photo with its envelope
	maxLine         = 2048  // the longest answer to a command, bytes
	maxNoise        = 4096  // what may lie between two frames, bytes, before the conversation is given up
)

func isKeepAlive(data []byte) bool { return len(data) >= 2 && data[0] == 0xFE && data[1] == 0x02 }

// isText is whether a packet is written in text: the checksum behind its comma has hexadecimal digits, where a binary
// packet whose checksum begins like a comma has the length.
func isText(data []byte) bool {
	return len(data) > 4 && data[2] == ',' && (data[4] == ',' || isHex(data[4]))
}

// nextPacket is how another text packet begins behind the line that ends this one.
var nextPacket = []byte("\r\n@P,")

// Split cuts keep-alives at their length, lines at their end, and packets at the announced length. A packet's prefix
// can be configured: another one than @P or @R is taken where length and unit's number make sense behind it.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	n, err := length(data, atEOF)
	switch {
	case err != nil:
		return 0, nil, err
	case n < 0:
		if c.noise++; c.noise > maxNoise {
			return 0, nil, &wire.Error{Field: "prefix", Offset: 0, Err: wire.ErrUnknown}
		}
		return 1, nil, nil
	case n == 0 || n > len(data):
		if !atEOF {
			return 0, nil, nil
		}
		n = len(data)
	}
	c.noise = 0
	return n, data[:n], nil
}

// length is that of the frame at the start of data; 0 if more bytes are needed to tell, negative if there is none.
func length(data []byte, atEOF bool) (int, error) {
	switch {
	case data[0] == '$':
		return lineLength(data), nil
	case data[0] == '\r' || data[0] == '\n':
		return -1, nil
	case len(data) < 3, len(data) < 5 && data[2] == ',':
		return short(data, atEOF), nil
	case isKeepAlive(data):
		return keepAliveLength, nil
	case isText(data):
		return textLength(data, atEOF)
	case data[0] == '@' && data[1] >= 'A' && data[1] <= 'Z':
		if len(data) < 6 {
			return short(data, atEOF), nil
		}
		n := 6 + int(binary.BigEndian.Uint16(data[4:]))
		if n > maxFrame {
			return 0, &wire.Error{Field: "length", Offset: 4, Err: wire.ErrTooLong}
		}
		return max(n, headLength), nil
	case len(data) < headLength:
		return short(data, atEOF), nil
	case !sensible(data):
		return -1, nil
	}
	return 6 + int(binary.BigEndian.Uint16(data[4:])), nil
}

// short says that more bytes are needed, or that there is no frame if none will come.
func short(data []byte, atEOF bool) int {
	if atEOF && data[0] != '@' && data[0] != 0xFE {
		return -1
	}
	return 0
}

// sensible is whether length and unit's number can be those of a packet with a prefix of its own.
func sensible(data []byte) bool {
	n := int(binary.BigEndian.Uint16(data[4:]))
	id := binary.BigEndian.Uint64(data[8:])
	return n >= headLength-6 && n <= maxFrame-6 && id >= 1e13 && id < 1e16
}

func lineLength(data []byte) int {
	i := bytes.IndexByte(data[:min(len(data), maxLine)], '\n')
	switch {
	case i >= 0:
		return i + 1
	case len(data) >= maxLine:
		return -1
	}
	return 0
}

// textLength finds the end of a text packet: prefix, checksum, length, and as many bytes from the comma behind the
// length on. Some firmwares do not count the last line feed.
func textLength(data []byte, atEOF bool) (int, error) {
	i, n := 3, 0
	for ; i < len(data) && data[i] != ','; i++ {
		if !isHex(data[i]) || i > 8 {
			return -1, nil
		}
	}
	start := i + 1
	for i = start; i < len(data) && data[i] != ','; i++ {
		if data[i] < '0' || data[i] > '9' || i-start > 4 {
			return -1, nil
		}
		n = n*10 + int(data[i]-'0')
	}
	if i >= len(data) {
		return 0, nil
	}
	if n > maxFrame {
		return 0, &wire.Error{Field: "length", Offset: start, Err: wire.ErrTooLong}
	}
	end := i + n
	if j := bytes.Index(data[:min(len(data), end)], nextPacket); j >= 0 {
		return j + 2, nil
	}
	switch {
	case len(data) > end && data[end] == '\n':
		return end + 1, nil
	case len(data) == end && data[end-1] == '\r' && !atEOF:
		return 0, nil
	}
	return end, nil
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }
