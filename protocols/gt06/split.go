package gt06

import (
	"bytes"

	"drover/protocols/wire"
)

// Split cuts the stream at the announced length where 0D0A stands there. Where it does not, the length is false and
// the frame ends where its checksum proves it, where its dialect puts the end, or at the first 0D0A.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if skip := noise(data, atEOF); skip > 0 {
		c.noise += skip
		if c.noise > maxNoise {
			return 0, nil, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
		}
		return skip, nil, nil
	}
	head, announced, ok := header(data)
	if !ok || len(data) <= head {
		return c.wait(data, atEOF)
	}
	if head+announced+2 > maxFrame {
		return 0, nil, &wire.Error{Field: "length", Offset: 2, Err: wire.ErrTooLong}
	}
	end := head + announced + 2
	if announced < 5 || !endsAt(data, end) {
		end = c.search(data, end, atEOF)
	}
	switch {
	case end == 0:
		return c.wait(data, atEOF)
	case end < 0: // no end within reach: pass the false start over
		c.noise += 2
		return 2, nil, nil
	}
	c.noise, c.started = 0, true
	return end, data[:end], nil
}

// wait asks for more bytes, or fails if there are no more.
func (c *codec) wait(data []byte, atEOF bool) (int, []byte, error) {
	if atEOF {
		return 0, nil, &wire.Error{Field: "stop", Offset: len(data), Err: wire.ErrShort}
	}
	return 0, nil, nil
}

// noise gives how many bytes stand before the first start of a frame.
func noise(data []byte, atEOF bool) int {
	for i := range len(data) - 1 {
		if data[i] == data[i+1] && (data[i] == 0x78 || data[i] == 0x79) {
			return i
		}
	}
	last := data[len(data)-1]
	if !atEOF && (last == 0x78 || last == 0x79) {
		return len(data) - 1
	}
	return len(data)
}

// search finds the end of a frame that does not end where it announced. 0 asks for more bytes; -1 says that there is
// no end within reach.
//
// A tracker says nothing more before its first message is answered. So a first message which ends with 0D0A is taken
// as it stands, however long it claims to be.
func (c *codec) search(data []byte, announced int, atEOF bool) int {
	reach := data[:min(len(data), maxFalse)]
	first := 0
	for from, tries := min(4, len(reach)), 0; tries < maxTries; tries++ {
		i := bytes.Index(reach[from:], terminator)
		if i < 0 {
			break
		}
		from += i + len(terminator)
		if first == 0 {
			first = from
		}
		if proved(data[:from]) {
			return from
		}
	}
	head, _, _ := header(data)
	if kind := data[head]; head == 3 && (kind == kindWiFi17 || kind == kindWiFi69) && len(data) >= announced {
		if n, more := wifiLength(data); n > 0 || more && len(data) < maxFalse && !atEOF {
			return n
		}
	}
	waiting := !c.started && bytes.HasSuffix(data, terminator) || atEOF
	switch {
	case len(data) <= announced && !waiting:
		return 0
	case head == 3 && endsAt(data, announced+1):
		return announced + 1
	case first > 0:
		return first
	case len(data) < maxFalse:
		return 0
	}
	return -1
}

func endsAt(data []byte, end int) bool {
	return end >= 2 && len(data) >= end && data[end-2] == 0x0D && data[end-1] == 0x0A
}
