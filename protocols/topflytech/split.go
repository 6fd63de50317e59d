package topflytech

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	headLength = 15   // line, type, length, serial number, IMEI
	maxFrame   = 4096 // the longest frame taken, bytes
	maxText    = 256  // the longest text frame, bytes
	maxNoise   = 4096 // what may lie between two frames, bytes, before the conversation is given up
)

// isLine is whether a frame can open with that byte.
func isLine(b byte) bool { return b == lineOld || b == linePlus || b == lineOBD || b == lineAsset }

// plausible is whether data, as far as it goes, opens a frame: line, length and the digits of the IMEI.
func plausible(data []byte) bool {
	switch {
	case !isLine(data[0]), len(data) > 1 && data[1] != data[0]:
		return false
	case len(data) >= 5:
		if n := binary.BigEndian.Uint16(data[3:]); n < headLength || n > maxFrame {
			return false
		}
	}
	for i := 7; i < min(len(data), headLength); i++ {
		if data[i]>>4 > 9 || data[i]&15 > 9 {
			return false
		}
	}
	return true
}

// Split cuts at the announced length. What does not open a frame is passed over, as are digests behind frames.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if data[0] == '(' {
		if n := textLength(data); n >= 0 {
			return c.take(data, n, atEOF)
		}
		return c.skip(1)
	}
	skip := 0
	for skip < len(data) && data[skip] != '(' && !plausible(data[skip:]) {
		skip++
	}
	switch {
	case skip > 0:
		return c.skip(skip)
	case len(data) < 5:
		return c.take(data, 0, atEOF)
	}
	return c.take(data, int(binary.BigEndian.Uint16(data[3:])), atEOF)
}

func (c *codec) skip(n int) (int, []byte, error) {
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "header", Offset: 0, Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

// take gives n bytes, or asks for more; n is 0 if it is not known yet.
func (c *codec) take(data []byte, n int, atEOF bool) (int, []byte, error) {
	if n == 0 || n > len(data) {
		if !atEOF {
			return 0, nil, nil
		}
		n = len(data)
	}
	c.noise = 0
	return n, data[:n], nil
}

// textLength is that of a text frame: 0 if more bytes are needed, negative if it is none.
func textLength(data []byte) int {
	for i := 1; i < min(len(data), 18); i++ {
		switch c := data[i]; {
		case i < 16 && (c < '0' || c > '9'), i == 16 && c != 'B', i == 17 && c != 'P':
			return -1
		}
	}
	i := bytes.IndexByte(data[:min(len(data), maxText)], ')')
	switch {
	case i >= 0:
		return i + 1
	case len(data) >= maxText:
		return -1
	}
	return 0
}
