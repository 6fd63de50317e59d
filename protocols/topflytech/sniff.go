package topflytech

import (
	"encoding/binary"

	"drover/protocols"
)

// sniff knows a frame by its line, its length and the BCD of the IMEI, and text by its digits. The proof is a frame
// that is as long as it says.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: headLength}
	case first[0] == '(':
		return sniffText(first)
	case !plausible(first):
		return protocols.Match{}
	case len(first) < headLength:
		return protocols.Match{Level: protocols.LevelPrefix, Need: headLength}
	case first[7]>>4 > 1 || first[2] == 0: // the IMEI's padding is 0
		return protocols.Match{}
	}
	n := int(binary.BigEndian.Uint16(first[3:]))
	switch {
	case len(first) < n:
		return protocols.Match{Level: protocols.LevelShape, Need: n}
	case first[7]>>4 != 0, len(first) > n && !isLine(first[n]):
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

func sniffText(first []byte) protocols.Match {
	n := textLength(first)
	switch {
	case n < 0:
		return protocols.Match{}
	case len(first) < 18:
		return protocols.Match{Level: protocols.LevelPrefix, Need: 18}
	case n == 0:
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	if at := fixAt(first[:n]); at == 0 {
		return protocols.Match{Level: protocols.LevelPrefix}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
