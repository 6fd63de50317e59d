package bce

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

// Kinds of blocks.
const (
	blockTimed      = 0xA0
	blockStack      = 0xA5
	blockOutput     = 0x41 // the server's
	blockOutputDone = 0xC1
	blockConfirm    = 0x19 // the server's
)

const (
	idBytes  = 8
	maxFrame = 16384
)

var greeting = []byte("#BCE#\r\n")

// Split passes the greeting over and cuts frames at their sum. At the end a frame may be cut short.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	switch n := min(len(data), len(greeting)); {
	case len(data) == 0:
		return 0, nil, nil
	case bytes.Equal(data[:n], greeting[:n]):
		if n == len(greeting) {
			return n, nil, nil
		}
		return wait(data, atEOF)
	}
	n, err := length(data, atEOF)
	switch {
	case err != nil:
		return 0, nil, err
	case n > 0 && n <= len(data):
		return n, data[:n], nil
	case atEOF && len(data) > idBytes+4: // cut, but its whole records can be read
		return len(data), data, nil
	}
	return wait(data, atEOF)
}

func wait(data []byte, atEOF bool) (int, []byte, error) {
	if atEOF {
		return 0, nil, &wire.Error{Field: "block length", Offset: len(data), Err: wire.ErrShort}
	}
	return 0, nil, nil
}

// plausible is whether a number can be an IMEI.
func plausible(id uint64) bool { return id >= 1e13 && id < 1e16 }

// length gives the frame's length, 0 if more bytes are needed to tell. After each block stands either the sum of all
// before it, which ends the frame, or the length of another block.
func length(data []byte, atEOF bool) (int, error) {
	if len(data) < idBytes+2 {
		return 0, nil
	}
	if !plausible(binary.LittleEndian.Uint64(data)) {
		return 0, &wire.Error{Field: "IMEI", Offset: 0, Err: wire.ErrValue}
	}
	end := idBytes
	for {
		if len(data) < end+2 {
			return 0, nil
		}
		n := int(binary.LittleEndian.Uint16(data[end:]))
		if n < 1 || end+2+n >= maxFrame {
			return 0, &wire.Error{Field: "block length", Offset: end, Err: wire.ErrTooLong}
		}
		end += 2 + n
		switch {
		case len(data) <= end:
			return 0, nil
		case wire.Sum8(data[:end]) == data[end]:
			return end + 1, nil
		case len(data) < end+3 && !atEOF:
			return 0, nil
		case len(data) < end+3 || !known(data[end+2]):
			return end + 1, nil // the sum is wrong
		}
	}
}

// known is whether trackers send blocks of that kind.
func known(kind byte) bool { return kind >= 0xA0 && kind <= 0xCF }

// appendFrame appends a frame of one block.
func appendFrame(b []byte, id uint64, block ...byte) []byte {
	from := len(b)
	b = binary.LittleEndian.AppendUint64(b, id)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(block)))
	b = append(b, block...)
	return append(b, wire.Sum8(b[from:]))
}
