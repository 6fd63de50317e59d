package gosafe

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	fence    = 0xF8 // before and behind a binary message
	escape   = 0x1B // the byte behind it is the real one xor this
	headSize = 10   // of a binary message: F8, version, type, IMEI
	tailSize = 3    // CRC, F8

	maxText   = 16384
	maxBinary = 4096
	maxNoise  = 4096 // bytes that are no message before the conversation is given up
)

// Split cuts a text from * to # and a binary message from one F8 to the next.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	skip := 0
	for skip < len(data) && data[skip] != '*' && data[skip] != fence {
		skip++
	}
	switch {
	case len(data) == 0:
		return 0, nil, nil
	case skip > 0:
		return c.pass(skip)
	case data[0] == '*':
		return c.cutText(data, atEOF)
	}
	return c.cutBinary(data, atEOF)
}

func (c *codec) pass(n int) (int, []byte, error) {
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

func (c *codec) cut(data []byte, n int) (int, []byte, error) {
	c.noise = 0
	return n, data[:n], nil
}

const opening = "*GS"

func (c *codec) cutText(data []byte, atEOF bool) (int, []byte, error) {
	n := min(len(data), len(opening))
	if string(data[:n]) != opening[:n] {
		return c.pass(1)
	}
	reach := data[:min(len(data), maxText)]
	end := bytes.IndexByte(reach, '#')
	if next := bytes.Index(reach[1:], []byte(opening)); next >= 0 && (end < 0 || next < end) {
		return c.cut(data, 1+next) // the # was lost
	}
	switch {
	case end >= 0:
		return c.cut(data, end+1)
	case len(data) >= maxText:
		return 0, nil, &wire.Error{Field: "end", Offset: maxText, Err: wire.ErrTooLong}
	case atEOF:
		return c.cut(data, len(data))
	}
	return 0, nil, nil
}

func (c *codec) cutBinary(data []byte, atEOF bool) (int, []byte, error) {
	i := bytes.IndexByte(data[1:], fence) + 1
	switch {
	case i > 0 && i < headSize: // too short: this F8 was an end
		return c.pass(i)
	case i > 0:
		return c.cut(data, i+1)
	case len(data) >= maxBinary:
		return 0, nil, &wire.Error{Field: "end", Offset: maxBinary, Err: wire.ErrTooLong}
	case atEOF && len(data) >= headSize+2: // the last F8 was lost
		return c.cut(data, len(data))
	case atEOF:
		return c.pass(len(data))
	}
	return 0, nil, nil
}

// plain copies what is between the two F8 into room, without escapes. The last one may be lost.
func plain(frame, room []byte) []byte {
	frame = bytes.TrimSuffix(frame[1:], []byte{fence})
	for i := 0; i < len(frame); i++ {
		b := frame[i]
		if b == escape && i+1 < len(frame) {
			i++
			b = frame[i] ^ escape
		}
		room = append(room, b)
	}
	return room
}

// proved is whether what was between the F8 has its checksum right.
func proved(data []byte) bool {
	n := len(data) - 2
	return n >= headSize-1 && wire.CRC16XModem(data[:n]) == uint16(data[n])<<8|uint16(data[n+1])
}
