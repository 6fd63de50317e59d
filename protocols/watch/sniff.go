package watch

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// sniff knows a message by its head: two letters or digits, an id of digits and a length; a ] where that length ends
// is proof.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: maxHead}
	}
	h, answer := readHead(first)
	switch {
	case answer == headNone, h.id != nil && (!wire.Digits(h.id) || len(h.id) < 5):
		return protocols.Match{}
	case answer == headShort:
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	switch end := h.size + h.length; {
	case len(first) > h.size && !isLetter(first[h.size]):
		return protocols.Match{}
	case len(first) <= end:
		return protocols.Match{Level: protocols.LevelShape, Need: end + 1}
	case first[end] == ']':
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
