package minifinder2

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	start    = 0xAB
	headSize = 8
	wantsAck = 1 << 4 // of the properties

	maxBody  = 8192 // the longest known has 1,400 bytes
	maxNoise = 4096 // bytes that are no message before the conversation is given up
)

// Split cuts at the announced length; at the end a report may be cut short.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	skip := bytes.IndexByte(data, start)
	switch {
	case skip < 0:
		return c.pass(len(data))
	case skip > 0:
		return c.pass(skip)
	case len(data) < headSize && atEOF:
		return c.pass(1)
	case len(data) < headSize:
		return 0, nil, nil
	}
	n := int(binary.LittleEndian.Uint16(data[2:]))
	switch {
	case n > maxBody:
		return 0, nil, &wire.Error{Field: "length", Offset: 2, Err: wire.ErrTooLong}
	case n == 0:
		return c.pass(1)
	case len(data) < headSize+n && atEOF && len(data) > headSize+1 && data[headSize] == cmdData:
		return len(data), data, nil // cut, but its whole keys can be read
	case len(data) < headSize+n && atEOF:
		return c.pass(1)
	case len(data) < headSize+n:
		return 0, nil, nil
	}
	c.noise = 0
	return headSize + n, data[:headSize+n], nil
}

func (c *codec) pass(n int) (int, []byte, error) {
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

// proved is whether a whole message has its checksum right.
func proved(data []byte) bool {
	return len(data) > headSize && wire.CRC16XModem(data[headSize:]) == binary.LittleEndian.Uint16(data[4:])
}

// open starts a message with a body that is to follow; seal ends it.
func open(b []byte, properties byte, index uint16, command byte) []byte {
	b = append(b, start, properties, 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint16(b, index)
	return append(b, command)
}

// seal writes length and checksum of the message that starts at from.
func seal(b []byte, from int) []byte {
	body := b[from+headSize:]
	binary.LittleEndian.PutUint16(b[from+2:], uint16(len(body)))
	binary.LittleEndian.PutUint16(b[from+4:], wire.CRC16XModem(body))
	return b
}
