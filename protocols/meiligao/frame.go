package meiligao

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

// The parts of a frame.
const (
	idSize   = 7
	offID    = 4
	offKind  = 11
	offBody  = 13
	tailSize = 4 // CRC, CR, LF
	minFrame = offBody + tailSize

	maxFrame = 4096 // the longest known, photo blocks, have about 1,100 bytes
	maxNoise = 4096 // bytes that are no frame before the conversation is given up
)

var ending = []byte("\r\n")

// Split cuts at the announced length where CR LF stands there, else where a CR LF ends what the checksum proves.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if skip := noise(data, atEOF); skip > 0 {
		if c.noise += skip; c.noise > maxNoise {
			return 0, nil, &wire.Error{Field: "head", Err: wire.ErrUnknown}
		}
		return skip, nil, nil
	}
	if len(data) < offID {
		return 0, nil, nil
	}
	n := int(binary.BigEndian.Uint16(data[2:]))
	switch {
	case n > maxFrame:
		return 0, nil, &wire.Error{Field: "length", Offset: 2, Err: wire.ErrTooLong}
	case n >= minFrame && len(data) < n && !atEOF:
		return 0, nil, nil
	case n < minFrame || len(data) < n || !bytes.Equal(data[n-2:n], ending):
		n = c.search(data, atEOF)
	}
	switch {
	case n < 0:
		c.noise += 2
		return 2, nil, nil
	case n > 0:
		c.noise = 0
		return n, data[:n], nil
	}
	return 0, nil, nil
}

// noise is how many bytes stand before the first $$, of more $ the last two: no length starts with one.
func noise(data []byte, atEOF bool) int {
	if i := bytes.Index(data, []byte("$$")); i >= 0 {
		for i+2 < len(data) && data[i+2] == '$' {
			i++
		}
		return i
	}
	if n := len(data); n > 0 && data[n-1] == '$' && !atEOF {
		return n - 1
	}
	return len(data)
}

// search finds the end of a frame whose length is not said or false: the first CR LF up to which the checksum is
// right; the first of all in a frame of text, which has no CR LF inside. 0: more bytes are needed. -1: there is none.
func (c *codec) search(data []byte, atEOF bool) int {
	reach := data[:min(len(data), maxFrame)]
	first := 0
	for from := min(minFrame-2, len(reach)); ; {
		i := bytes.Index(reach[from:], ending)
		if i < 0 {
			break
		}
		from += i + 2
		if proved(reach[:from]) {
			return from
		}
		if first == 0 {
			first = from
		}
		if from-i-2 == minFrame-2 && isText(reach) {
			break
		}
	}
	switch {
	case first > 0 && (atEOF || isText(reach)):
		return first
	case atEOF || len(data) >= maxFrame:
		return -1
	}
	return 0
}

// isText is whether a frame's data is all text, apart from an alarm's code.
func isText(data []byte) bool {
	if len(data) < offBody {
		return false
	}
	switch binary.BigEndian.Uint16(data[offKind:]) {
	case cmdPosition, cmdAlarm, cmdOBD, cmdTrip, cmdFaults:
		return true
	}
	return false
}

// proved is whether data is one frame with its checksum right.
func proved(data []byte) bool {
	n := len(data)
	return n >= minFrame && wire.CRC16CCITTFalse(data[:n-tailSize]) == binary.BigEndian.Uint16(data[n-tailSize:])
}

// appendFrame writes a frame; head is $$ or @@.
func appendFrame(b []byte, head string, id [idSize]byte, kind uint16, body []byte) []byte {
	from := len(b)
	b = append(b, head...)
	b = binary.BigEndian.AppendUint16(b, uint16(minFrame+len(body)))
	b = append(b, id[:]...)
	b = binary.BigEndian.AppendUint16(b, kind)
	b = append(b, body...)
	b = binary.BigEndian.AppendUint16(b, wire.CRC16CCITTFalse(b[from:]))
	return append(b, ending...)
}

// digitsOf gives the digits of an identity: BCD up to the first F; false if it is none.
func digitsOf(id []byte, room []byte) ([]byte, bool) {
	filled := false
	for _, c := range id {
		for _, d := range [2]byte{c >> 4, c & 15} {
			switch {
			case d == 15:
				filled = true
			case d > 9 || filled:
				return nil, false
			default:
				room = append(room, '0'+d)
			}
		}
	}
	return room, len(room) > 0
}

// idOf writes digits, at most 14, as an identity.
func idOf(digits string) (id [idSize]byte) {
	for i := range id {
		id[i] = 0xFF
	}
	for i := 0; i < len(digits) && i < 2*idSize; i++ {
		d := digits[i] - '0'
		if d > 9 {
			d = 0
		}
		if i%2 == 0 {
			id[i/2] = d<<4 | 15
		} else {
			id[i/2] = id[i/2]&0xF0 | d
		}
	}
	return id
}
