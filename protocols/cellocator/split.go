package cellocator

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// The types of messages from a unit.
const (
	kindStatus      = 0
	kindProgramming = 3
	kindAck         = 4 // from the server
	kindSerialLog   = 7
	kindSerial      = 8
	kindModular     = 9
	kindModules     = 11
)

const (
	headLength    = 12   // code, type, unit, communication control, numerator
	statusLength  = 70   // of types 0 and 7
	programLength = 31   // of type 3
	ackLength     = 28   // of the server's answer
	commandLength = 25   // of a command
	maxFrame      = 4096 // the longest message taken, bytes
	maxNoise      = 4096 // what may lie between two messages, bytes, before the conversation is given up
)

// isCode is whether data, as far as it goes, starts with MCGP or MCPG.
func isCode(data []byte) bool {
	const p, g = 'P', 'G'
	switch {
	case data[0] != 'M', len(data) > 1 && data[1] != 'C', len(data) > 2 && data[2] != p && data[2] != g:
		return false
	case len(data) > 3:
		return data[3] == p && data[2] == g || data[3] == g && data[2] == p
	}
	return true
}

// announced is the length of the message at the start of data; 0 if more bytes are needed, negative if there is none.
func announced(data []byte) int {
	switch {
	case !isCode(data):
		return -1
	case len(data) < 5:
		return 0
	}
	switch data[4] {
	case kindStatus, kindSerialLog:
		return statusLength
	case kindProgramming:
		return programLength
	case kindSerial:
		if len(data) < 18 {
			return 0
		}
		return 19 + int(binary.LittleEndian.Uint16(data[16:]))
	case kindModular:
		if len(data) < 14 {
			return 0
		}
		return 15 + int(data[13])
	case kindModules:
		if len(data) < 15 {
			return 0
		}
		return 16 + int(binary.LittleEndian.Uint16(data[13:]))
	}
	return -1
}

// Split cuts at the length that the type has or that the message announces. What opens no message is passed over.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	skip := 0
	for skip < len(data) && announced(data[skip:]) < 0 {
		skip++
	}
	if skip > 0 {
		if c.noise += skip; c.noise > maxNoise {
			return 0, nil, &wire.Error{Field: "system code", Offset: 0, Err: wire.ErrUnknown}
		}
		return skip, nil, nil
	}
	n := announced(data)
	if n > maxFrame {
		return 0, nil, &wire.Error{Field: "length", Offset: 13, Err: wire.ErrTooLong}
	}
	if n == 0 || n > len(data) {
		if !atEOF {
			return 0, nil, nil
		}
		n = len(data)
	}
	c.noise = 0
	return n, data[:n], nil
}

// sniff knows the code that no other family has, with a type of this one behind it.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: 5}
	case announced(first) < 0:
		return protocols.Match{}
	case len(first) < 5:
		return protocols.Match{Level: protocols.LevelPrefix, Need: 5}
	}
	return protocols.Match{Level: protocols.LevelProof}
}
