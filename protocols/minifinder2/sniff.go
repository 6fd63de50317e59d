package minifinder2

import (
	"encoding/binary"

	"drover/protocols"
)

// sniff knows a message by AB, its properties, a length within bounds and a command of the family; the checksum is
// proof, and keys that fill the length of a report are its shape.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: headSize + 1}
	case first[0] != start, len(first) > 1 && first[1]&0xE0 != 0:
		return protocols.Match{}
	case len(first) <= headSize:
		return protocols.Match{Level: protocols.LevelPrefix, Need: headSize + 1}
	}
	n := int(binary.LittleEndian.Uint16(first[2:]))
	command := first[headSize]
	switch {
	case n == 0 || n > maxBody, command == 0, command > cmdControl && command != cmdFirmware && command != cmdAnswer:
		return protocols.Match{}
	case len(first) < headSize+n:
		return protocols.Match{Level: protocols.LevelPrefix, Need: headSize + n}
	case proved(first[:headSize+n]):
		return protocols.Match{Level: protocols.LevelProof}
	case command == cmdData && whole(first[headSize+1:headSize+n]):
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{}
}

// whole is whether keys follow each other to the end.
func whole(keys []byte) bool {
	for len(keys) > 0 {
		_, _, rest, ok := key(keys)
		if !ok {
			return false
		}
		keys = rest
	}
	return true
}
