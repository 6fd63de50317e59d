package wialon

import "drover/protocols"

// sniff knows a line by its type between two #, with the id of a device before it over UDP.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	if first[0] == packed {
		return sniffPacked(first)
	}
	more := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	i := 0
	for i < len(first) && first[i] != '#' {
		if i >= maxID || !isPrefix(first[i]) {
			return protocols.Match{}
		}
		i++
	}
	start := i + 1
	for i = start; i < len(first) && first[i] != '#'; i++ {
		if i-start >= maxKind || first[i] < 'A' || first[i] > 'Z' {
			return protocols.Match{}
		}
	}
	switch {
	case i >= len(first):
		return more
	case !isKind(first[start:i]):
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

// isPrefix is whether a character can stand in an id and a version before the first #.
func isPrefix(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' ||
		c == '.' || c == ';' || c == '_' || c == '-'
}

// maxKind is the most letters of a type.
const maxKind = 2

// isKind is whether a tracker says that type.
func isKind(kind []byte) bool {
	switch string(kind) {
	case "L", "D", "SD", "B", "P", "M", "I", "IT", "T":
		return true
	}
	return false
}

// sniffPacked knows compressed lines by the head of a zlib stream.
func sniffPacked(first []byte) protocols.Match {
	switch {
	case len(first) < packedHead+2:
		return protocols.Match{Level: protocols.LevelPrefix, Need: packedHead + 2}
	case first[packedHead] != 0x78 || (int(first[packedHead])<<8|int(first[packedHead+1]))%31 != 0:
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
