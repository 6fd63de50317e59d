package arnavi

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	headerStart  = 0xFF
	packageStart = 0x5B
	packageEnd   = 0x5D

	headerBytes  = 10
	headerLonger = 18 // version 24 has a second number
	recordHead   = 7
	maxPackage   = 65536
	maxText      = 2048
	maxNoise     = 4096 // what may lie between two messages, bytes, before the conversation is given up
)

var textStart = []byte("$AV,")

// Split cuts headers by their version, packages where their records end, and texts at the end of the line. At the end a
// package may be cut short.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	var n int
	switch {
	case data[0] == headerStart:
		n = headerLength(data)
	case data[0] == packageStart:
		n = packageLength(data)
	case bytes.HasPrefix(data, textStart[:min(len(data), len(textStart))]):
		n = textLength(data, atEOF)
	default:
		n = -1
	}
	switch {
	case n < 0:
		return c.skip(data)
	case n > maxPackage || n == 0 && len(data) > maxPackage:
		return 0, nil, &wire.Error{Field: "package", Offset: 0, Err: wire.ErrTooLong}
	case n > 0 && n <= len(data):
		c.noise = 0
		return n, data[:n], nil
	case atEOF && data[0] == packageStart && len(data) > recordHead: // cut, but its whole records can be read
		return len(data), data, nil
	case atEOF:
		return 0, nil, &wire.Error{Field: "message", Offset: len(data), Err: wire.ErrShort}
	}
	return 0, nil, nil
}

// skip passes over what can not begin a message.
func (c *codec) skip(data []byte) (int, []byte, error) {
	n := 1
	for n < len(data) && data[n] != headerStart && data[n] != packageStart && data[n] != textStart[0] {
		n++
	}
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

// headerLength is 0 if more bytes are needed to tell, -1 if this is no header.
func headerLength(data []byte) int {
	switch {
	case len(data) < 2:
		return 0
	case data[1] == 0x24:
		return headerLonger
	case data[1] >= 0x22 && data[1] <= 0x25:
		return headerBytes
	}
	return -1
}

// packageLength walks over the records: type, length, time, content, sum.
func packageLength(data []byte) int {
	at := 2
	for at < len(data) {
		if data[at] == packageEnd {
			return at + 1
		}
		if data[at] > 0x0F {
			return -1
		}
		if len(data) < at+3 {
			return 0
		}
		at += recordHead + int(binary.LittleEndian.Uint16(data[at+1:])) + 1
		if at > maxPackage {
			return at
		}
	}
	return 0
}

// textLength is up to the end of the line. At the end a line may lack it.
func textLength(data []byte, atEOF bool) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1
	}
	if len(data) > maxText {
		return -1
	}
	if atEOF {
		return len(data)
	}
	return 0
}
