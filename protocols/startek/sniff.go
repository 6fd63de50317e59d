package startek

import (
	"bytes"

	"drover/protocols"
)

// sniff knows a first message by its flag and length and the digits of its IMEI; the checksum is proof.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	comma, announced, ok := header(first, '&')
	if !ok || comma > 0 && (comma+announced > maxFrame || announced < 16) {
		return protocols.Match{}
	}
	if comma == 0 {
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	end := comma + announced + tail
	rest := first[comma+1:]
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	switch {
	case n > 17 || n < len(rest) && (n < 10 || rest[n] != ','):
		return protocols.Match{}
	case n == len(rest):
		return protocols.Match{Level: protocols.LevelPrefix, Need: max(end, len(first)+1)}
	case len(first) < end:
		return protocols.Match{Level: protocols.LevelShape, Need: end}
	}
	if whole := first[:end]; bytes.HasSuffix(whole, terminator) && summed(whole) {
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
