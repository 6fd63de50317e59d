package jt600

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	startRecord = '$'
	startText   = '('
	endText     = ')'

	maxText   = 1024 // bytes of a text
	maxRecord = 1024 // bytes of a message's records
	minRecord = 27   // bytes of the shortest record

	shortHead = 9  // $, id of five bytes, kind, length; a number of one byte follows the records
	longHead  = 10 // $, id of five bytes, version, kind, length; the number is within the length
)

// layout is how long a binary message is, and where its records start.
type layout struct {
	head, total int
}

// layoutOf tells the two forms apart: of the two places where the length may be, only the right one holds a number that
// is no more than a message's. more says that bytes are missing to tell.
func layoutOf(data []byte) (l layout, ok, more bool) {
	if !bcd(data, 1, 6) {
		return l, false, false
	}
	if len(data) < longHead {
		return l, false, true
	}
	if n := int(data[7])<<8 | int(data[8]); n >= minRecord && n <= maxRecord {
		return layout{head: shortHead, total: shortHead + n + 1}, true, false
	}
	if n := int(data[8])<<8 | int(data[9]); n >= minRecord && n <= maxRecord {
		return layout{head: longHead, total: longHead + n}, true, false
	}
	return l, false, false
}

// Split cuts text at its closing parenthesis and binary by its length; what is neither is skipped.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	for advance < len(data) {
		rest := data[advance:]
		n := 0
		switch rest[0] {
		case startText:
			n = bytes.IndexByte(rest[:min(len(rest), maxText)], endText) + 1
			if n == 0 && len(rest) >= maxText {
				return 0, nil, &wire.Error{Field: "end", Offset: maxText, Err: wire.ErrTooLong}
			}
		case startRecord:
			l, ok, more := layoutOf(rest)
			if !ok && !more {
				advance++
				continue
			}
			if ok && len(rest) >= l.total {
				n = l.total
			}
		default:
			advance++
			continue
		}
		switch {
		case n > 0:
			return advance + n, rest[:n], nil
		case atEOF:
			return len(data), rest, nil
		}
		return advance, nil, nil
	}
	return advance, nil, nil
}

// bcd is whether the bytes from i up to j, as far as they are there, are two digits each.
func bcd(data []byte, i, j int) bool {
	for ; i < min(j, len(data)); i++ {
		if data[i]>>4 > 9 || data[i]&15 > 9 {
			return false
		}
	}
	return true
}
