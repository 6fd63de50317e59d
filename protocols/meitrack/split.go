package meitrack

import (
	"bytes"

	"drover/protocols/wire"
)

// Split cuts frames. A binary one ends where its announced length says, if CR and LF are there; a text, and a binary
// one whose length lies, ends with the first asterisk, two hexadecimal digits, CR and LF. A text whose end was lost
// ends before the next $$. What does not start a frame is skipped.
func (c *codec) Split(data []byte, atEOF bool) (advance int, piece []byte, err error) {
	start := bytes.Index(data, []byte("$$"))
	if start != 0 {
		return noise(data, start, atEOF), nil, nil
	}
	comma, announced, ok := header(data)
	switch {
	case !ok:
		return 1, nil, nil
	case comma > 0 && comma+announced > maxFrame:
		return 0, nil, &wire.Error{Field: "length", Offset: 3, Err: wire.ErrTooLong}
	}
	n, known := 0, false
	if comma > 0 {
		n, known = length(data, comma, comma+announced)
	}
	switch {
	case known:
		return n, data[:n], nil
	case len(data) > maxFrame:
		return 2, nil, nil
	case atEOF:
		return len(data), data, nil
	}
	return 0, nil, nil
}

// noise is how much of data, in which a frame starts at start, to pass over.
func noise(data []byte, start int, atEOF bool) int {
	n := len(data)
	switch {
	case start > 0:
		return start
	case n > 0 && data[n-1] == '$' && !atEOF:
		return n - 1
	}
	return n
}

// length gives the length of the frame that data starts with; known is false while bytes are missing.
func length(data []byte, comma, announced int) (n int, known bool) {
	binary, known := isBinary(data[comma+1:])
	if !known {
		return 0, false
	}
	if binary {
		if len(data) < announced {
			return 0, false
		}
		if bytes.HasSuffix(data[:announced], terminator) {
			return announced, true
		}
	}
	data = data[:min(len(data), maxFrame)]
	for i := comma + 1; i < len(data); i++ {
		switch {
		case data[i] == '\n' && data[i-1] == '\r':
			if _, ok := summed(data[:i-1]); ok {
				return i + 1, true
			}
		case data[i] == '$' && data[i-1] == '$' && !binary:
			return i - 1, true
		}
	}
	return 0, false
}

// isBinary is whether the command behind the identity that data starts with carries bytes.
func isBinary(data []byte) (binary, known bool) {
	n := bytes.IndexByte(data[:min(len(data), maxDevice+1)], ',')
	switch {
	case n < 0:
		return false, len(data) > maxDevice
	case len(data) < n+4:
		return false, false
	}
	switch string(data[n+1 : n+4]) {
	case "CCC", "CCE", "D00":
		return true, true
	}
	return false, true
}
