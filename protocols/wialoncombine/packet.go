package wialoncombine

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

// The types of packets.
const (
	kindLogin = iota
	kindData
	kindKeepAlive
)

// The codes of the server's answers.
const (
	taken       = 0
	notWelcome  = 1
	notReadable = 3
	spoilt      = 4
)

const (
	crcSize   = 2
	aliveSize = 5       // head, type and number: a keep-alive has no more
	maxData   = 1 << 17 // bytes of data; pictures come in blocks of 50 kB
	maxNoise  = 4096    // bytes between packets before the conversation is given up
	maxLine   = 1024    // bytes of a line of text
)

// packet is what a packet says before its data is read.
type packet struct {
	kind  int
	seq   uint16
	start int // where the data starts
	end   int // where it ends
}

// open reads the head of a packet; more says that bytes are missing to tell, ok that it is one so far.
func open(data []byte) (p packet, more, ok bool) {
	for i := range min(2, len(data)) {
		if data[i] != '$' {
			return p, false, false
		}
	}
	if len(data) < 3 {
		return p, true, true
	}
	p.kind = int(data[2])
	if p.kind > kindKeepAlive {
		return p, false, false
	}
	if len(data) < aliveSize {
		return p, true, true
	}
	p.seq = binary.BigEndian.Uint16(data[3:])
	p.start, p.end = aliveSize, aliveSize
	if p.kind == kindKeepAlive {
		return p, false, true
	}
	if len(data) < p.start+2 {
		return p, true, true
	}
	n := int(binary.BigEndian.Uint16(data[p.start:]))
	p.start += 2
	if n&0x8000 != 0 {
		if len(data) < p.start+2 {
			return p, true, true
		}
		n = n&0x7FFF<<16 | int(binary.BigEndian.Uint16(data[p.start:]))
		p.start += 2
	}
	p.end = p.start + n
	return p, false, true
}

// whole is how many bytes the packet has.
func (p *packet) whole() int {
	if p.kind == kindKeepAlive {
		return aliveSize
	}
	return p.end + crcSize
}

// proved is whether the checksum of a whole packet is right; a keep-alive has none.
func (p *packet) proved(frame []byte) bool {
	return p.kind == kindKeepAlive || wire.CRC16ARC(frame[:p.end]) == binary.BigEndian.Uint16(frame[p.end:])
}

// Split cuts packets at their length, and lines of text, which start with #. What is neither is skipped, as is what
// some firmwares append to a keep-alive. At the end a data packet may be cut short.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	start := 0
	for start < len(data) && data[start] != '$' && data[start] != '#' {
		start++
	}
	if start > 0 || len(data) == 0 {
		return c.skip(start)
	}
	if data[0] == '#' {
		return c.cutLine(data, atEOF)
	}
	p, more, ok := open(data)
	switch {
	case !ok, more && atEOF:
		return c.skip(1)
	case more:
		return 0, nil, nil
	case p.end-p.start > maxData:
		return 0, nil, &wire.Error{Field: "len", Offset: aliveSize, Err: wire.ErrTooLong}
	case len(data) < p.whole() && atEOF && p.kind == kindData && len(data) > p.start:
		return len(data), data, nil
	case len(data) < p.whole():
		return 0, nil, nil
	}
	c.noise = 0
	return p.whole(), data[:p.whole()], nil
}

// skip passes over bytes that are no packet.
func (c *codec) skip(n int) (int, []byte, error) {
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "head", Offset: 0, Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

func (c *codec) cutLine(data []byte, atEOF bool) (int, []byte, error) {
	end := bytes.IndexByte(data[:min(len(data), maxLine)], '\n') + 1
	switch {
	case end > 0:
		c.noise = 0
		return end, data[:end], nil
	case len(data) >= maxLine || atEOF:
		return c.skip(1)
	}
	return 0, nil, nil
}
