package arnavi

import (
	"bytes"
	"encoding/binary"

	"drover/protocols"
)

// sniff takes a header with an IMEI of 15 digits as proved, another one as shape. A text is told by its marker and its
// version. A package never comes first on a connection; one that was captured alone has the right shape.
func sniff(first []byte) protocols.Match {
	n := len(first)
	switch {
	case n == 0:
		return protocols.Match{Need: headerBytes}
	case first[0] == headerStart:
		return sniffHeader(first)
	case first[0] == packageStart:
		return sniffPackage(first)
	case bytes.HasPrefix(first, textStart[:min(n, len(textStart))]):
		if n < 6 {
			return protocols.Match{Level: protocols.LevelPrefix, Need: 6}
		}
		if first[4] == 'V' && first[5] >= '1' && first[5] <= '9' {
			return protocols.Match{Level: protocols.LevelProof}
		}
	}
	return protocols.Match{}
}

func sniffHeader(first []byte) protocols.Match {
	switch n := headerLength(first); {
	case n < 0:
		return protocols.Match{}
	case n == 0 || len(first) < n:
		return protocols.Match{Level: protocols.LevelPrefix, Need: max(n, headerBytes)}
	}
	if id := binary.LittleEndian.Uint64(first[2:]); id >= 1e14 && id < 1e15 {
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// sniffPackage: records of a known type that fill the package; the first has whole tags.
func sniffPackage(first []byte) protocols.Match {
	if len(first) < 3 {
		return protocols.Match{Need: 5}
	}
	switch first[2] {
	case 1, 3, 4, 6:
	default:
		return protocols.Match{}
	}
	n := packageLength(first)
	switch {
	case n < 0 || n > maxPackage:
		return protocols.Match{}
	case n == 0 || n > len(first):
		return protocols.Match{Level: protocols.LevelPrefix, Need: max(n, len(first)+1)}
	case first[2] == 1 && binary.LittleEndian.Uint16(first[3:])%tagBytes != 0:
		return protocols.Match{Level: protocols.LevelPrefix}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
