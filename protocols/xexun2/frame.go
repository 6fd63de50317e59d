package xexun2

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

// The parts of a message, without its two FAAF.
const (
	idSize   = 8
	offIndex = 2
	offID    = 4
	offSize  = 12
	offSum   = 14
	offBody  = 16

	maxBody  = 0x3FF // the length has ten bits
	maxFrame = 4096
	maxNoise = 4096 // bytes that are no message before the conversation is given up
)

var (
	fence   = []byte{0xFA, 0xAF}
	escape  = []byte{0xFB, 0xBF}
	fenced  = []byte{0xFB, 0xBF, 1}
	escaped = []byte{0xFB, 0xBF, 2}
)

// Split cuts from one FAAF to the next. Two that follow each other are the end of one message and the start of the
// next, of which the first was lost.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if skip := noise(data, atEOF); skip > 0 {
		return c.pass(skip)
	}
	if len(data) < 2*len(fence) {
		return 0, nil, nil
	}
	i := bytes.Index(data[len(fence):], fence)
	switch {
	case i == 0:
		return c.pass(len(fence))
	case i > 0 && i < offBody: // too short for a message: this was an end
		return c.pass(len(fence) + i)
	case i > 0:
		c.noise = 0
		n := i + 2*len(fence)
		return n, data[:n], nil
	case len(data) >= maxFrame:
		return 0, nil, &wire.Error{Field: "end", Offset: maxFrame, Err: wire.ErrTooLong}
	case atEOF:
		return c.pass(len(data))
	}
	return 0, nil, nil
}

func (c *codec) pass(n int) (int, []byte, error) {
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "flag", Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

// noise is how many bytes stand before the first FAAF.
func noise(data []byte, atEOF bool) int {
	if i := bytes.Index(data, fence); i >= 0 {
		return i
	}
	if n := len(data); n > 0 && data[n-1] == fence[0] && !atEOF {
		return n - 1
	}
	return len(data)
}

// inside gives what is between the two FAAF of a message, without escapes.
func inside(data []byte) []byte {
	data = bytes.TrimSuffix(bytes.TrimPrefix(data, fence), fence)
	if !bytes.Contains(data, escape) {
		return data
	}
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		switch rest := data[i:]; {
		case bytes.HasPrefix(rest, fenced):
			out = append(out, fence...)
			i += len(fenced) - 1
		case bytes.HasPrefix(rest, escaped):
			out = append(out, escape...)
			i += len(escaped) - 1
		default:
			out = append(out, data[i])
		}
	}
	return out
}

// checksum is the complement of the sum of the bytes.
func checksum(body []byte) uint16 {
	var sum uint16
	for _, b := range body {
		sum += uint16(b)
	}
	return ^sum
}

// proved is whether what was inside a message has its length and checksum right.
func proved(data []byte) bool {
	return len(data) >= offBody && int(binary.BigEndian.Uint16(data[offSize:])&maxBody) == len(data)-offBody &&
		binary.BigEndian.Uint16(data[offSum:]) == checksum(data[offBody:])
}

// appendFrame writes a message with its escapes.
func appendFrame(b []byte, kind, index uint16, id [idSize]byte, body []byte) []byte {
	var head [offBody]byte
	be := binary.BigEndian
	be.PutUint16(head[:], kind)
	be.PutUint16(head[offIndex:], index)
	copy(head[offID:], id[:])
	be.PutUint16(head[offSize:], uint16(len(body)))
	be.PutUint16(head[offSum:], checksum(body))
	b = append(b, fence...)
	from := len(b)
	b = append(append(b, head[:]...), body...)
	if plain := b[from:]; bytes.Contains(plain, fence) || bytes.Contains(plain, escape) {
		plain = bytes.ReplaceAll(plain, escape, escaped)
		b = append(b[:from], bytes.ReplaceAll(plain, fence, fenced)...)
	}
	return append(b, fence...)
}

// idOf writes an IMEI as an identity.
func idOf(digits string) (id [idSize]byte) {
	for i := 0; i < len(digits) && i < 2*idSize; i++ {
		d := digits[i] - '0'
		if d > 9 {
			d = 0
		}
		id[i/2] |= d << (4 * (1 - i%2))
	}
	return id
}
