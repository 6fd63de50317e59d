package totem

import (
	"bytes"

	"drover/protocols"
)

// minDevice is the least digits of an identity that is believed.
const minDevice = 6

// sniff knows a first message by its length, the digits of its IMEI and the bar behind them; the checksum is proof.
// Other families open with $$ as well, but have a comma there.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	head, length, ok := header(first)
	if !ok {
		return protocols.Match{}
	}
	more := protocols.Match{Level: protocols.LevelPrefix, Need: max(length, len(first)+1)}
	if head == 0 {
		return more
	}
	rest := first[head:]
	if head == 6 {
		if len(rest) < 2 {
			return more
		}
		for _, c := range rest[:2] {
			if (c < '0' || c > '9') && (c < 'A' || c > 'F') {
				return protocols.Match{}
			}
		}
		rest = rest[2:]
	}
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	switch {
	case n > maxDevice || n < len(rest) && (n < minDevice || rest[n] != '|'):
		return protocols.Match{}
	case n == len(rest):
		return more
	}
	if end := bytes.IndexByte(first, '\n'); end < 0 && len(first) < length {
		return protocols.Match{Level: protocols.LevelShape, Need: length}
	}
	if summed(first[:min(length, len(first))], head == 6) {
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
