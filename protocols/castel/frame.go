package castel

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	idSize   = 20
	tailSize = 4  // CRC, CR, LF
	minFrame = 30 // an MPIP frame without data

	maxFrame = 4096
	maxNoise = 4096 // bytes that are no frame before the conversation is given up
)

var ending = []byte("\r\n")

// Split cuts at the announced length where CR LF stands there, a datagram at its end if CR LF stands there only. A head
// without is passed over.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if skip := noise(data, atEOF); skip > 0 {
		return c.pass(skip)
	}
	if len(data) < 4 {
		return 0, nil, nil
	}
	n := int(binary.LittleEndian.Uint16(data[2:]))
	switch {
	case n > maxFrame:
		return 0, nil, &wire.Error{Field: "length", Offset: 2, Err: wire.ErrTooLong}
	case n < minFrame:
		return c.pass(2)
	case len(data) < n && !atEOF:
		return 0, nil, nil
	case len(data) >= n && bytes.Equal(data[n-2:n], ending):
	case atEOF && len(data) >= minFrame && bytes.HasSuffix(data, ending): // a datagram whose length is false
		n = len(data)
	default:
		return c.pass(2)
	}
	c.noise = 0
	return n, data[:n], nil
}

func (c *codec) pass(n int) (int, []byte, error) {
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

func isHead(b byte) bool { return b == '@' || b == '$' }

// noise is how many bytes stand before the first @@ or $$.
func noise(data []byte, atEOF bool) int {
	for i := range max(len(data)-1, 0) {
		if isHead(data[i]) && data[i+1] == data[i] {
			return i
		}
	}
	if n := len(data); n > 0 && isHead(data[n-1]) && !atEOF {
		return n - 1
	}
	return len(data)
}

// frame is one frame's parts.
type frame struct {
	version int
	id      []byte
	kind    uint16
	body    []byte
	start   int // of body
}

// open takes a frame apart.
func open(data []byte) (f frame, err error) {
	start := 4
	f.version = noVersion
	switch {
	case len(data) < minFrame:
		return f, &wire.Error{Field: "frame", Offset: len(data), Err: wire.ErrShort}
	case !isHead(data[0]) || data[1] != data[0]:
		return f, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	case data[0] == '@' && len(data) == minFrame:
		return f, &wire.Error{Field: "frame", Offset: len(data), Err: wire.ErrShort}
	case data[0] == '@':
		f.version = int(data[start])
		start++
	}
	f.id = data[start : start+idSize]
	f.kind = binary.BigEndian.Uint16(data[start+idSize:])
	f.start = start + idSize + 2
	f.body = data[f.start : len(data)-tailSize]
	return f, nil
}

// proved is whether data is one frame with its checksum right.
func proved(data []byte) bool {
	n := len(data)
	return n >= minFrame && wire.CRC16X25(data[:n-tailSize]) == binary.LittleEndian.Uint16(data[n-tailSize:])
}

// appendFrame writes a frame; one without a version starts as head says and has none.
func appendFrame(b []byte, head byte, version int, id [idSize]byte, kind uint16, body []byte) []byte {
	from := len(b)
	n := minFrame + len(body)
	if version != noVersion {
		n++
	}
	b = append(b, head, head)
	b = binary.LittleEndian.AppendUint16(b, uint16(n))
	if version != noVersion {
		b = append(b, byte(version))
	}
	b = append(b, id[:]...)
	b = binary.BigEndian.AppendUint16(b, kind)
	b = append(b, body...)
	b = binary.LittleEndian.AppendUint16(b, wire.CRC16X25(b[from:]))
	return append(b, ending...)
}

// nameOf gives an identity's letters and digits before its zeros or blanks; nil if it is none.
func nameOf(id []byte) []byte {
	id = bytes.TrimRight(id, " ")
	n := bytes.IndexByte(id, 0)
	if n < 0 {
		n = len(id)
	}
	for i, c := range id {
		if i < n && (c <= ' ' || c > '~') || i >= n && c != 0 {
			return nil
		}
	}
	return id[:n:n]
}
