package wialon

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxLine  = 1 << 16 // bytes of a line; a black box may hold hundreds of messages
	maxBlock = 1 << 17 // bytes of a block after a line; the papers ask for 50 kB at most

	packed     = 0xFF // starts compressed lines: two bytes of length, low byte first, and a zlib stream
	packedHead = 3
)

// Split cuts at line ends. The lines I and T say how many bytes follow them, which belong to the frame.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	start := 0
	for start < len(data) && (data[start] == '\r' || data[start] == '\n') {
		start++
	}
	if start > 0 || len(data) == 0 {
		return start, nil, nil
	}
	if data[0] == packed {
		return cutPacked(data)
	}
	end := bytes.IndexByte(data[:min(len(data), maxLine)], '\n') + 1
	switch {
	case end == 0 && len(data) >= maxLine:
		return 0, nil, &wire.Error{Field: "line", Offset: maxLine, Err: wire.ErrTooLong}
	case end == 0 && !atEOF:
		return 0, nil, nil
	case end == 0:
		end = len(data)
	}
	block := blockLength(data[:end])
	switch {
	case block > maxBlock:
		return 0, nil, &wire.Error{Field: "block", Offset: end, Err: wire.ErrTooLong}
	case len(data)-end < block && !atEOF:
		return 0, nil, nil
	}
	end = min(len(data), end+block)
	return end, data[:end], nil
}

func cutPacked(data []byte) (int, []byte, error) {
	if len(data) < packedHead {
		return 0, nil, nil
	}
	n := packedHead + (int(data[1]) | int(data[2])<<8)
	if len(data) < n {
		return 0, nil, nil
	}
	return n, data[:n], nil
}

// blockLength is how many bytes follow a line: the first field of I, the second of T.
func blockLength(data []byte) int {
	l := open(data)
	field := 0
	switch string(l.kind) {
	case "I":
	case "T":
		field = 1
	default:
		return 0
	}
	n, ok := whole(l.field(field))
	if !ok {
		return 0
	}
	return n
}
