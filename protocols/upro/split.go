package upro

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxID    = 20   // digits of an id
	maxFrame = 2048 // bytes of a message
)

// ends is the end of a message that opens with * or [.
func ends(open byte) byte {
	if open == '[' {
		return ']'
	}
	return '#'
}

// opens is whether data starts with * or [, two capitals, 20 and a flag.
func opens(data []byte) bool {
	for i := range min(len(data), atID) {
		if !fits(data[i], i) {
			return false
		}
	}
	return true
}

// fits is whether that byte may stand there in the head.
func fits(b byte, at int) bool {
	switch at {
	case 0:
		return b == '*' || b == '['
	case atMaker, atMaker + 1:
		return b >= 'A' && b <= 'Z'
	case 3:
		return b == '2'
	case 4:
		return b == '0'
	}
	return b == '0' || b == '1'
}

// Split cuts at the end that belongs to a message's opening; what does not open one is skipped.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	for advance < len(data) && !opens(data[advance:]) {
		advance++
	}
	rest := data[advance:]
	if len(rest) == 0 {
		return advance, nil, nil
	}
	end := bytes.IndexByte(rest[:min(len(rest), maxFrame)], ends(rest[0]))
	switch {
	case end >= 0:
		return advance + end + 1, rest[:end+1], nil
	case len(rest) >= maxFrame:
		return 0, nil, &wire.Error{Field: "end", Offset: maxFrame, Err: wire.ErrTooLong}
	case atEOF:
		return len(data), rest, nil
	}
	return advance, nil, nil
}
