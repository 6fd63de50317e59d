package suntech

import (
	"bytes"
	"math/bits"

	"drover/protocols/wire"
)

const (
	startZip = 0x02
	endZip   = 0x03

	maxText   = 4096 // bytes of a text report
	maxBinary = 2048 // bytes of a binary or packed one
	maxSerial = 1024 // bytes of data from the serial port
)

// isBinary is whether a universal tracker's binary report starts with that byte; only status (81) and alert (82) are
// known, the next ones are passed through.
func isBinary(b byte) bool { return b >= 0x81 && b <= 0x8F }

// Split cuts text at its carriage return, unless that is within data from a serial port, and binary by its length.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	for advance < len(data) && (data[advance] == '\r' || data[advance] == '\n' || data[advance] == ' ') {
		advance++
	}
	rest := data[advance:]
	if len(rest) == 0 {
		return advance, nil, nil
	}
	var n, end int // the frame's bytes, and those with its end
	if rest[0] == startZip || isBinary(rest[0]) {
		n, err = binaryLength(rest, atEOF)
		end = n
	} else {
		n, end = textLength(rest)
		if n == 0 && len(rest) >= maxText {
			err = &wire.Error{Field: "end", Offset: maxText, Err: wire.ErrTooLong}
		}
	}
	switch {
	case err != nil:
		return 0, nil, err
	case n > 0:
		return advance + end, rest[:n], nil
	case atEOF:
		return len(data), rest, nil
	}
	return advance, nil, nil
}

// binaryLength is the length of a binary or packed report, 0 if more bytes are needed to tell or to have it.
func binaryLength(data []byte, atEOF bool) (int, error) {
	if len(data) < 3 {
		return 0, nil
	}
	n := 3 + int(data[1])<<8 + int(data[2])
	if n > maxBinary {
		return 0, &wire.Error{Field: "length", Offset: 1, Err: wire.ErrTooLong}
	}
	if data[0] == startZip && (len(data) > n && data[n] == endZip || len(data) <= n && !atEOF) {
		n++ // the end mark is not counted
	}
	if len(data) < n {
		return 0, nil
	}
	return n, nil
}

// textLength is the length of a text report without and with its end; 0 if it is not whole.
func textLength(data []byte) (n, end int) {
	reach := data[:min(len(data), maxText)]
	i := bytes.IndexByte(reach, '\r')
	if i < 0 {
		return 0, 0
	}
	if _, to, ok := serial(reach); ok && to > i {
		if to >= len(reach) {
			return 0, 0
		}
		next := bytes.IndexByte(reach[to:], '\r')
		if next < 0 {
			return 0, 0
		}
		i = to + next
	}
	return i, i + 1
}

// serial is where the serial port's data lies in a report that carries such, as far as the report is there.
func serial(data []byte) (from, to int, ok bool) {
	header := bytes.IndexByte(data[:min(len(data), 12)], ';')
	if header < 3 || string(data[header-3:header]) != "UEX" {
		return 0, 0, false
	}
	var s wire.Columns
	s.Cut(data, ';')
	at := 0
	if header == 3 {
		mask, known := s.At(2).Hex()
		if !known || len(s.At(2)) < 6 {
			return 0, 0, false
		}
		at = 3 + bits.OnesCount64(mask&(1<<19-1)&^1)
	} else if i, found := findPlace(&s, findDate(&s)); found {
		at = i + 9
	}
	n, known := s.At(at).Int()
	if at == 0 || !known || n < 0 || n > maxSerial || s.Len() <= at+1 {
		return 0, 0, false
	}
	from = s.Offset(at + 1)
	return from, from + escapedLength(data[from:], n), true
}

// escapedLength is how many bytes n bytes take where 01 10 stands for 00 and 01 11 for 01.
func escapedLength(data []byte, n int) int {
	i := 0
	for ; n > 0; n-- {
		if i+1 < len(data) && data[i] == 1 && (data[i+1] == 0x10 || data[i+1] == 0x11) {
			i++
		}
		i++
	}
	return i
}
