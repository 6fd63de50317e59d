package egts

import "drover/protocols"

// sniff takes a header whose checksum is right as proved.
func sniff(first []byte) protocols.Match {
	switch n := header(first); {
	case n < 0:
		return protocols.Match{}
	case n > 0:
		return protocols.Match{Level: protocols.LevelProof}
	case len(first) == 0:
		return protocols.Match{Need: shortHeader}
	case len(first) < 4:
		return protocols.Match{Level: protocols.LevelPrefix, Need: shortHeader}
	}
	return protocols.Match{Level: protocols.LevelPrefix, Need: int(first[3])}
}
