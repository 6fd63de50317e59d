package xirgo

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxSentence = 1024 // the longest sentence taken, bytes
	maxNoise    = 4096 // what may lie between two sentences before the conversation is given up
)

var (
	opening = []byte("$$")
	closing = []byte("##")
)

// Split cuts at ##, and an answer to a command at the end of its line. The last sentence needs no ##.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if skip := noise(data, atEOF); skip > 0 {
		if c.skipped += skip; c.skipped > maxNoise {
			return 0, nil, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
		}
		return skip, nil, nil
	}
	end, used := cut(data)
	switch {
	case used > maxSentence || used == 0 && len(data) > maxSentence:
		return 0, nil, &wire.Error{Field: "stop", Offset: maxSentence, Err: wire.ErrTooLong}
	case used > 0:
	case !atEOF:
		return 0, nil, nil
	default:
		end, used = len(data), len(data)
	}
	c.skipped = 0
	return used, data[:end], nil
}

// cut is where the sentence at the front ends, and how many bytes it takes with what ends it; 0 if it does not end.
func cut(data []byte) (end, used int) {
	if data[0] == '$' {
		if len(data) < len(opening) {
			return 0, 0
		}
		if i := bytes.Index(data[len(opening):], closing); i >= 0 {
			used = len(opening) + i + len(closing)
		}
		return used, used
	}
	for i, b := range data {
		switch {
		case b == '\r' || b == '\n':
			return i, i + 1
		case b == '$' && bytes.HasPrefix(data[i:], opening):
			return i, i
		}
	}
	return 0, 0
}

// noise is how many bytes stand before the first sentence or answer.
func noise(data []byte, atEOF bool) int {
	for i, b := range data {
		rest := data[i:]
		if len(rest) > 2 && rest[2] == '$' { // of $$$ the last two are the start
			continue
		}
		if b == '$' && (bytes.HasPrefix(rest, opening) || len(rest) == 1 && !atEOF) {
			return i
		}
		if b == '+' && (bytes.HasPrefix(rest, answer) || len(rest) < len(answer) && bytes.HasPrefix(answer, rest) && !atEOF) {
			return i
		}
	}
	return len(data)
}

// answer is how commands and their answers start.
var answer = []byte("+XT:")
