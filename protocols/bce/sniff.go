package bce

import (
	"bytes"
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// sniff knows the greeting, which nobody else sends. A frame without it, as later in a conversation, has the right
// shape if its IMEI, its block and its sum fit.
func sniff(first []byte) protocols.Match {
	n := min(len(first), 5)
	switch {
	case n == 0:
		return protocols.Match{Need: 5}
	case bytes.Equal(first[:n], greeting[:n]) && n == 5:
		return protocols.Match{Level: protocols.LevelProof}
	case bytes.Equal(first[:n], greeting[:n]):
		return protocols.Match{Level: protocols.LevelPrefix, Need: 5}
	case len(first) < idBytes+3:
		if len(first) >= idBytes && !likely(first) {
			return protocols.Match{}
		}
		return protocols.Match{Need: idBytes + 3}
	case !likely(first) || !known(first[idBytes+2]):
		return protocols.Match{}
	}
	end, err := length(first, true)
	switch {
	case err != nil:
		return protocols.Match{}
	case end == 0 || end > len(first):
		n := int(binary.LittleEndian.Uint16(first[idBytes:]))
		return protocols.Match{Level: protocols.LevelPrefix, Need: max(idBytes+2+n+1, len(first)+1)}
	case wire.Sum8(first[:end-1]) != first[end-1]:
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// likely is whether an IMEI of 15 digits stands first.
func likely(first []byte) bool {
	id := binary.LittleEndian.Uint64(first)
	return id >= 1e14 && id < 1e15
}
