package navtelecom

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	headBytes = 16    // of an NTCB header
	maskBytes = 32    // of the field mask of FLEX 3.0
	maxBody   = 16384 // of an NTCB message, bytes; the paper has packets of 1.3 kB
	maxFlex   = 65551 // a FLEX message, bytes
	maxLone   = 4096  // a FLEX message whose fields are not known, bytes
	maxNoise  = 4096  // what may lie between two messages, bytes, before the conversation is given up
	ping      = 0x7F  // keeps the connection, alone in a message
)

var preamble = []byte("@NTC")

// head is an NTCB message's header and whether its checksums are right.
type head struct {
	receiver, sender uint32
	length           int
	spoilt           bool
}

// readHead reads 16 bytes.
func readHead(b []byte) head {
	return head{
		receiver: binary.LittleEndian.Uint32(b[4:]),
		sender:   binary.LittleEndian.Uint32(b[8:]),
		length:   int(binary.LittleEndian.Uint16(b[12:])),
		spoilt:   wire.Xor(b[:15]) != b[15],
	}
}

// appendNTCB appends header and body.
func appendNTCB[T ~string | ~[]byte](b []byte, receiver, sender uint32, body T) []byte {
	from := len(b)
	b = append(b, preamble...)
	b = binary.LittleEndian.AppendUint32(b, receiver)
	b = binary.LittleEndian.AppendUint32(b, sender)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(body)))
	var x byte
	for i := range len(body) {
		x ^= body[i]
	}
	b = append(b, x)
	b = append(b, wire.Xor(b[from:from+15]))
	return append(b, body...)
}

// appendFlex appends a FLEX message: ~, its letter, content, CRC-8.
func appendFlex(b []byte, letter byte, content ...byte) []byte {
	from := len(b)
	b = append(b, '~', letter)
	b = append(b, content...)
	return append(b, wire.CRC8NRSC5(b[from:]))
}

// whole is whether a FLEX message's checksum is right.
func whole(b []byte) bool { return len(b) > 3 && wire.CRC8NRSC5(b[:len(b)-1]) == b[len(b)-1] }

// Split cuts at the announced length of NTCB messages and by the agreed fields of FLEX messages.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	var n int
	var err error
	switch {
	case data[0] == ping:
		n = 1
	case data[0] == '@' && bytes.HasPrefix(data, preamble[:min(4, len(data))]):
		n, err = ntcbLength(data)
	case data[0] == '~' && (len(data) < 2 || data[1] >= 'A' && data[1] <= 'Z'):
		n, err = c.flexLength(data, atEOF)
	default:
		return c.skip(data)
	}
	switch {
	case err != nil:
		return 0, nil, err
	case n > 0 && n <= len(data):
		c.noise = 0
		return n, data[:n], nil
	case atEOF && n > 0: // cut, but what is whole can be read
		return len(data), data, nil
	case atEOF:
		return 0, nil, &wire.Error{Field: "length", Offset: len(data), Err: wire.ErrShort}
	}
	return 0, nil, nil
}

// skip passes over what can not begin a message.
func (c *codec) skip(data []byte) (int, []byte, error) {
	n := 1
	for n < len(data) && data[n] != '@' && data[n] != '~' {
		n++
	}
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "preamble", Offset: 0, Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

// ntcbLength gives the message's length, 0 if more bytes are needed to tell.
func ntcbLength(data []byte) (int, error) {
	if len(data) < headBytes {
		return 0, nil
	}
	h := readHead(data)
	if h.length > maxBody {
		return 0, &wire.Error{Field: "data length", Offset: 12, Err: wire.ErrTooLong}
	}
	return headBytes + h.length, nil
}

// flexLength gives the message's length, 0 if more bytes are needed to tell.
func (c *codec) flexLength(data []byte, atEOF bool) (int, error) {
	if len(data) < 3 {
		return 0, nil
	}
	switch data[1] {
	case 'A', 'T', 'C':
		if c.plan.size == 0 {
			return loneLength(data, atEOF)
		}
	case 'E':
		return extrasLength(data, 3, int(data[2]))
	case 'X':
		return extrasLength(data, 6, 1)
	default:
		return serviceLength(data)
	}
	n := telemetryLength(data[1], int(data[2]), c.plan.size)
	if n > maxFlex {
		return 0, &wire.Error{Field: "count", Offset: 2, Err: wire.ErrTooLong}
	}
	return n, nil
}

func telemetryLength(letter byte, count, size int) int {
	switch letter {
	case 'A':
		return 3 + count*size + 1
	case 'T':
		return 6 + size + 1
	}
	return 2 + size + 1
}

// extrasLength sums up count additional records, each of which starts with its length.
func extrasLength(data []byte, at, count int) (int, error) {
	for range count {
		if len(data) < at+2 {
			return 0, nil
		}
		at += 2 + int(binary.LittleEndian.Uint16(data[at:]))
		if at > maxFlex {
			return 0, &wire.Error{Field: "record length", Offset: at, Err: wire.ErrTooLong}
		}
	}
	return at + 1, nil
}

// serviceLength is of the messages that answer a command or bring a block of data. The end of a kind without a length
// is the first byte that is the checksum of those before it.
func serviceLength(data []byte) (int, error) {
	switch data[1] {
	case 'R', 'M':
		return 5, nil
	case 'F', 'U', 'L', 'S':
		return 6, nil
	case 'N':
		return 9, nil
	case 'D':
		return blockLength(data)
	}
	crc := wire.CRC8NRSC5(data[:3])
	for i := 3; i < len(data); i++ {
		if data[i] == crc {
			return i + 1, nil
		}
		if i >= maxLone {
			return 0, &wire.Error{Field: "CRC8", Offset: i, Err: wire.ErrTooLong}
		}
		crc = wire.CRC8NRSC5More(crc, data[i:i+1])
	}
	return 0, nil
}

// blockLength: a camera's blocks (module 80) have a time that the tachograph's have not.
func blockLength(data []byte) (int, error) {
	at := 8
	if data[2] == 0x80 {
		at = 12
	}
	if len(data) < at+2 {
		return 0, nil
	}
	n := int(binary.LittleEndian.Uint16(data[at:]))
	if n > maxLone {
		return 0, &wire.Error{Field: "data size", Offset: at, Err: wire.ErrTooLong}
	}
	return at + 2 + n + 1, nil
}

// loneLength finds the end of telemetry whose fields were not agreed on: where the checksum fits and the next message,
// or nothing, follows. Whether nothing follows is known only at the end.
func loneLength(data []byte, atEOF bool) (int, error) {
	if !atEOF {
		if len(data) > maxLone {
			return 0, &wire.Error{Field: "record", Offset: 2, Err: wire.ErrTooLong}
		}
		return 0, nil
	}
	start := telemetryLength(data[1], 0, 0) - 1
	count := 1
	if data[1] == 'A' {
		count = int(data[2])
	}
	if len(data) <= start {
		return 0, nil
	}
	crc := wire.CRC8NRSC5(data[:start])
	for i := start; i < len(data) && i <= maxLone; i++ {
		fits := count > 0 && (i-start)%count == 0 || i == start
		if fits && data[i] == crc && (i+1 == len(data) || begins(data[i+1:])) {
			return i + 1, nil
		}
		crc = wire.CRC8NRSC5More(crc, data[i:i+1])
	}
	return len(data), nil
}

// begins is whether a message may start so.
func begins(data []byte) bool {
	return data[0] == ping || bytes.HasPrefix(data, preamble) ||
		len(data) > 1 && data[0] == '~' && data[1] >= 'A' && data[1] <= 'Z'
}
