package upro

import "drover/protocols"

// sniff knows a message by its head, the digits of its id, and two letters of its keyword.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	if !opens(first) {
		return protocols.Match{}
	}
	more := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	n := atID
	for n < len(first) && first[n] >= '0' && first[n] <= '9' {
		n++
	}
	switch {
	case n-atID > maxID:
		return protocols.Match{}
	case n >= len(first):
		return more
	case first[n] != ',' || n == atID:
		return protocols.Match{}
	}
	for i := n + 1; i < n+3; i++ {
		switch {
		case i == len(first):
			return more
		case first[i] < 'A' || first[i] > 'Z':
			return protocols.Match{}
		}
	}
	if first[0] == '[' {
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{Level: protocols.LevelProof}
}
