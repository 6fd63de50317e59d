package navtelecom

import (
	"bytes"

	"drover/protocols"
)

// sniff knows the preamble, which nobody else uses. A FLEX message never comes first on a connection; one that was
// captured alone has the right shape if its checksum is right.
func sniff(first []byte) protocols.Match {
	n := min(len(first), len(preamble))
	switch {
	case n == 0:
		return protocols.Match{Need: len(preamble)}
	case bytes.Equal(first[:n], preamble[:n]) && n == len(preamble):
		return protocols.Match{Level: protocols.LevelProof}
	case bytes.Equal(first[:n], preamble[:n]):
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(preamble)}
	case first[0] == ping:
		return protocols.Match{Need: len(first) + 1}
	case first[0] != '~':
		return protocols.Match{}
	case n == 1:
		return protocols.Match{Need: 2}
	}
	return sniffFlex(first)
}

func sniffFlex(first []byte) protocols.Match {
	switch first[1] {
	case 'A', 'T', 'C', 'E', 'X':
	default:
		return protocols.Match{}
	}
	if len(first) > maxLone {
		return protocols.Match{}
	}
	if len(first) < 16 || !whole(first) {
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	return protocols.Match{Level: protocols.LevelShape, Need: len(first) + 1}
}
