package tk103

import (
	"bytes"

	"drover/protocols/wire"
)

// maxFrame is the most bytes of a message: a battery report of all cells, or a list of access points.
const maxFrame = 2048

// Split cuts from ( to ). Between two $ there is free text, which may hold a ) of its own. What is outside is skipped.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	start := bytes.IndexByte(data, '(')
	if start < 0 {
		return len(data), nil, nil
	}
	rest := data[start:]
	n := length(rest)
	switch {
	case n > 0:
		return start + n, rest[:n], nil
	case len(rest) >= maxFrame:
		return 0, nil, &wire.Error{Field: "end", Offset: maxFrame, Err: wire.ErrTooLong}
	case atEOF:
		return len(data), rest, nil
	}
	return start, nil, nil
}

// length is the length of the message that data starts with, 0 if its end is not there. Text without its second $ is
// none once as many bytes have come as a message has.
func length(data []byte) int {
	free := false
	for i := 1; i < min(len(data), maxFrame); i++ {
		switch data[i] {
		case '$':
			free = !free
		case ')':
			if !free {
				return i + 1
			}
		}
	}
	if len(data) >= maxFrame {
		return bytes.IndexByte(data[:maxFrame], ')') + 1
	}
	return 0
}
