package castel

import (
	"bytes"
	"encoding/binary"

	"drover/protocols"
)

// sniff knows a frame by @@ or $$, a length of which CR LF is the end, and an identity of letters and digits; the
// checksum is proof.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: minFrame}
	}
	if !isHead(first[0]) || len(first) > 1 && first[1] != first[0] {
		return protocols.Match{}
	}
	if len(first) < 4 {
		return protocols.Match{Level: protocols.LevelPrefix, Need: minFrame}
	}
	n, start := int(binary.LittleEndian.Uint16(first[2:])), 4
	if first[0] == '@' {
		start++
	}
	id := first[min(start, len(first)):min(start+idSize, len(first))]
	switch {
	case n < minFrame || n > maxFrame, !startsName(id):
		return protocols.Match{}
	case len(first) < n:
		return protocols.Match{Level: protocols.LevelPrefix, Need: n}
	case !bytes.Equal(first[n-2:n], ending), len(nameOf(id)) == 0:
		return protocols.Match{}
	case proved(first[:n]):
		return protocols.Match{Level: protocols.LevelProof}
	case first[0] == '$':
		return protocols.Match{Level: protocols.LevelPrefix}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// startsName is whether b can be the start of an identity: letters, digits and dashes, then zeros.
func startsName(b []byte) bool {
	for i, c := range b {
		word := c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '-' || c == '_'
		if !word && (c != 0 || i == 0) || word && i > 0 && b[i-1] == 0 {
			return false
		}
	}
	return true
}
