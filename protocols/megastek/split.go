package megastek

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxFrame     = 2048 // the longest frame taken, bytes
	lengthDigits = 4    // of the length that may stand before a frame
)

// What a frame can start with, behind its length if it has one.
const (
	opensNew    = "$MGV"
	opensAnswer = "$GPRS,"
	opensOld    = "STX"
	opensStored = "LOGSTX"
)

// Split cuts frames at their exclamation mark (those that start with STX have none) or the end of their line, or
// before those at the length that some write in front, or where the next frame starts if its end was lost. What does
// not start a frame is skipped.
func (c *codec) Split(data []byte, atEOF bool) (advance int, piece []byte, err error) {
	start := 0
	for start < len(data) {
		opens, known := opensFrame(data[start:])
		if opens || !known && !atEOF {
			break
		}
		start++
	}
	if start > 0 || len(data) == 0 {
		return start, nil, nil
	}
	if opens, _ := opensFrame(data); !opens {
		return 0, nil, nil
	}
	whole, announced := data[:min(len(data), maxFrame)], false
	body := 0
	if data[0] >= '0' && data[0] <= '9' {
		n, _ := wire.Field(data[:lengthDigits]).Int64()
		body = lengthDigits
		if end := lengthDigits + int(n); end < maxFrame {
			announced = end <= len(whole)
			whole = whole[:min(end, len(whole))]
		}
	}
	if n := frameEnd(whole, body); n > 0 {
		return n, data[:n], nil
	}
	switch {
	case announced:
		return len(whole), whole, nil
	case len(data) >= maxFrame:
		return 0, nil, &wire.Error{Field: "frame", Offset: maxFrame, Err: wire.ErrTooLong}
	case atEOF:
		return len(data), data, nil
	}
	return 0, nil, nil
}

// frameEnd is where the frame that data starts with ends; 0 if that is not to be seen.
func frameEnd(data []byte, body int) int {
	mark := body < len(data) && data[body] == '$'
	for i := body + 1; i < len(data); i++ {
		switch {
		case data[i] == '\n', mark && data[i] == '!':
			return i + 1
		case data[i] == '$' && bytes.HasPrefix(data[i:], []byte(opensNew)):
			return i
		}
	}
	return 0
}

// opensFrame is whether a frame starts with data; known is false while bytes are missing to tell.
func opensFrame(data []byte) (opens, known bool) {
	if len(data) > 0 && data[0] >= '0' && data[0] <= '9' {
		for i := range lengthDigits {
			switch {
			case i >= len(data):
				return false, false
			case data[i] < '0' || data[i] > '9':
				return false, true
			}
		}
		data = data[lengthDigits:]
	}
	known = true
	for _, word := range [...]string{opensNew, opensAnswer, opensOld, opensStored} {
		n := min(len(data), len(word))
		if string(data[:n]) != word[:n] {
			continue
		}
		if n == len(word) {
			return true, true
		}
		known = false
	}
	return false, known
}
