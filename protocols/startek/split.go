package startek

import (
	"bytes"

	"drover/protocols/wire"
)

// Split cuts frames where their announced length says, if CR and LF are there; otherwise after the first CR and LF, or
// before the && of the next frame if those were lost. What does not start a frame is skipped.
func (c *codec) Split(data []byte, atEOF bool) (advance int, piece []byte, err error) {
	start := bytes.Index(data, []byte("&&"))
	if start != 0 {
		return noise(data, start, atEOF), nil, nil
	}
	comma, announced, ok := header(data, '&')
	if !ok {
		return 1, nil, nil
	}
	end := comma + announced + tail
	switch {
	case end > maxFrame:
		return 0, nil, &wire.Error{Field: "length", Offset: 3, Err: wire.ErrTooLong}
	case comma > 0 && len(data) >= end:
		if bytes.HasSuffix(data[:end], terminator) {
			return end, data[:end], nil
		}
		if n := lineEnd(data, comma); n > 0 {
			return n, data[:n], nil
		}
	}
	switch {
	case len(data) > maxFrame:
		return 2, nil, nil
	case atEOF:
		return len(data), data, nil
	}
	return 0, nil, nil
}

// lineEnd is where the frame that data starts with ends if its length lies; 0 if that is not to be seen yet.
func lineEnd(data []byte, from int) int {
	for i := from; i < len(data); i++ {
		switch {
		case data[i] == '\n' && data[i-1] == '\r':
			return i + 1
		case data[i] == '&' && data[i-1] == '&':
			return i - 1
		}
	}
	return 0
}

// noise is how much of data, in which a frame starts at start, to pass over.
func noise(data []byte, start int, atEOF bool) int {
	n := len(data)
	switch {
	case start > 0:
		return start
	case n > 0 && data[n-1] == '&' && !atEOF:
		return n - 1
	}
	return n
}
