package jt808

import (
	"bytes"

	"drover/protocols/wire"
)

// shortest is the length of the shortest content of a frame: id, attributes, terminal, serial number, checksum.
const shortest = 2 + 2 + 6 + 1 + 1

// Split cuts at the delimiter that opened a frame. Two delimiters in a row are an end and a start. Text in parentheses
// between frames is a frame of its own. Once a frame was cut, its delimiter is the conversation's.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if skip := c.noise(data); skip > 0 {
		c.skipped += skip
		if c.skipped > maxNoise {
			return 0, nil, &wire.Error{Field: "delimiter", Offset: 0, Err: wire.ErrUnknown}
		}
		return skip, nil, nil
	}
	if data[0] == '(' {
		return c.splitSentence(data, atEOF)
	}
	end := bytes.IndexByte(data[1:], data[0]) + 1
	switch {
	case end == 0 && len(data) >= maxFrame:
		return 0, nil, &wire.Error{Field: "delimiter", Offset: len(data), Err: wire.ErrTooLong}
	case end == 0 && atEOF:
		return 0, nil, &wire.Error{Field: "delimiter", Offset: len(data), Err: wire.ErrShort}
	case end == 0:
		return 0, nil, nil
	case end > 0 && end <= shortest: // the first lost its end: the second is a start
		c.skipped += end
		return end, nil, nil
	case end >= maxFrame:
		return 0, nil, &wire.Error{Field: "delimiter", Offset: end, Err: wire.ErrTooLong}
	}
	c.mark, c.skipped = data[0], 0
	return end + 1, data[:end+1], nil
}

// splitSentence cuts a text in parentheses. What is no text is passed over.
func (c *codec) splitSentence(data []byte, atEOF bool) (int, []byte, error) {
	for i, b := range data[:min(len(data), maxSentence)] {
		switch {
		case b == ')':
			c.skipped = 0
			return i + 1, data[:i+1], nil
		case b < ' ' || b > '~' || b == mark:
			c.skipped++
			return 1, nil, nil
		}
	}
	if len(data) >= maxSentence {
		c.skipped++
		return 1, nil, nil
	}
	if atEOF {
		return 0, nil, &wire.Error{Field: "closing parenthesis", Offset: len(data), Err: wire.ErrShort}
	}
	return 0, nil, nil
}

// noise is how many bytes stand before the first that may start a frame.
func (c *codec) noise(data []byte) int {
	for i, b := range data {
		if b == '(' || b == c.mark || c.mark == 0 && (b == mark || b == otherMark) {
			return i
		}
	}
	return len(data)
}
