package queclink

import (
	"bytes"

	"drover/protocols/wire"
)

// maxText is the most bytes of a text. GTALL, all settings, has some thousands.
const maxText = 8192

// Split cuts texts at their $ (or NUL), HEX frames at their CR LF where length or CRC say so, and frames of records at
// their length. What starts none of them is skipped.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	start := 0
	for start < len(data) && data[start] != '+' && data[start] != '-' {
		start++
	}
	if start > 0 || len(data) == 0 {
		return start, nil, nil
	}
	switch {
	case len(data) < 5 && !atEOF:
		return 0, nil, nil
	case len(data) > 1 && data[1] == 0:
		return cutRecords(data, atEOF)
	case hexKind(data) != hexNone:
		return cutHex(data, atEOF)
	case data[0] == '+' && len(data) > 1 && data[1] >= 'A' && data[1] <= 'Z':
		return cutText(data, atEOF)
	}
	return 1, nil, nil
}

// cutText cuts at the $, or before the head of the next text if it was lost. What came over a serial port may have a $
// in it: there, the $ is the one behind a comma and the four digits of the count.
func cutText(data []byte, atEOF bool) (int, []byte, error) {
	serial := bytes.HasPrefix(data[min(len(data), 1):], []byte("RESP:GTDAT,")) ||
		bytes.HasPrefix(data[min(len(data), 1):], []byte("BUFF:GTDAT,")) ||
		bytes.HasPrefix(data[min(len(data), 1):], []byte("RESP:GTDTT,")) ||
		bytes.HasPrefix(data[min(len(data), 1):], []byte("BUFF:GTDTT,"))
	for i := 1; i < min(len(data), maxText); i++ {
		switch b := data[i]; {
		case b == '$' && (!serial || isCount(data[i-5:i])), b == 0:
			return i + 1, data[:i+1], nil
		case b == '+':
			opens, known := opensText(data[i:])
			if opens {
				return i, data[:i], nil
			}
			if !known && !atEOF {
				return 0, nil, nil
			}
		}
	}
	switch {
	case len(data) >= maxText:
		return 0, nil, &wire.Error{Field: "text", Offset: maxText, Err: wire.ErrTooLong}
	case atEOF:
		return len(data), data, nil
	}
	return 0, nil, nil
}

// isCount is whether b is a comma and four hexadecimal digits.
func isCount(b []byte) bool {
	_, ok := hexadecimal(b[1:])
	return b[0] == ',' && ok
}

// opensText is whether data starts a report or an answer; known is false while more bytes could change that.
func opensText(data []byte) (opens, known bool) {
	for _, head := range [...]string{"+RESP:GT", "+BUFF:GT", "+ACK:GT"} {
		n := min(len(head), len(data))
		if string(data[:n]) == head[:n] {
			return n == len(head), n == len(head)
		}
	}
	return false, true
}

// cutRecords cuts at the length that the frame announces.
func cutRecords(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) < recLength+2 {
		return len(data), nil, nil // atEOF: Split waits for five bytes before
	}
	n := int(data[recLength])<<8 | int(data[recLength+1])
	switch {
	case n > recMaximum:
		return 0, nil, &wire.Error{Field: "frame length", Offset: recLength, Err: wire.ErrTooLong}
	case n < recMinimum:
		return 1, nil, nil
	case len(data) < n && atEOF:
		return len(data), data, nil
	case len(data) < n:
		return 0, nil, nil
	case data[n-1] != '$':
		return 1, nil, nil
	}
	return n, data[:n], nil
}

// cutHex cuts behind a CR LF: the one at the announced length, or an earlier or later one before which the CRC is
// right, because a mask can leave out the length.
func cutHex(data []byte, atEOF bool) (int, []byte, error) {
	announced := 0
	if at, width := hexLength(hexKind(data)); width > 0 && len(data) >= at+width {
		for _, b := range data[at : at+width] {
			announced = announced<<8 | int(b)
		}
	}
	for i := hexMinimum; i <= min(len(data), hexMaximum); i++ {
		if data[i-2] == '\r' && data[i-1] == '\n' && (i == announced || hexSum(data[:i])) {
			return i, data[:i], nil
		}
	}
	switch {
	case len(data) >= hexMaximum:
		return 0, nil, &wire.Error{Field: "length", Offset: hexMaximum, Err: wire.ErrTooLong}
	case atEOF:
		return len(data), data, nil
	}
	return 0, nil, nil
}
