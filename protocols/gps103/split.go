package gps103

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	login   = "##,imei:"
	opening = "imei:"

	minID = 10 // digits of an id
	maxID = 17

	maxFrame = 8192 // bytes: a photo's part in hexadecimal
)

// ends are the bytes that end a message.
const ends = ";*\r\n"

// Split cuts at a semicolon, an asterisk (the dialect that reports in columns of its own) or a line's end.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	for advance < len(data) && (isEnd(data[advance]) || data[advance] == ' ' || data[advance] == 0) {
		advance++
	}
	rest := data[advance:]
	if len(rest) == 0 {
		return advance, nil, nil
	}
	end := bytes.IndexAny(rest[:min(len(rest), maxFrame)], ends)
	switch {
	case end >= 0:
		return advance + end + 1, rest[:end], nil
	case len(rest) >= maxFrame:
		return 0, nil, &wire.Error{Field: "end", Offset: maxFrame, Err: wire.ErrTooLong}
	case atEOF:
		return len(data), rest, nil
	}
	return advance, nil, nil
}

func isEnd(b byte) bool { return b == ';' || b == '*' || b == '\r' || b == '\n' }
