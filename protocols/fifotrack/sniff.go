package fifotrack

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// sniff knows a first message by its length, the digits of its IMEI, and its number; the checksum is proof. Other
// families open with $$ as well: what follows there is a letter, or more digits than a length has.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	comma, announced, ok := header(first, '$')
	if !ok || comma > 0 && (comma+announced > maxFrame || announced < 20) {
		return protocols.Match{}
	}
	if comma == 0 {
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	end := comma + announced + tail
	more := protocols.Match{Level: protocols.LevelPrefix, Need: max(end, len(first)+1)}
	rest := first[comma+1:]
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	switch {
	case n > 17 || n < len(rest) && (n < 10 || rest[n] != ','):
		return protocols.Match{}
	case n >= len(rest)-1:
		return more
	}
	rest = rest[n+1:]
	for n = 0; n < len(rest) && rest[n] != ','; n++ {
		if _, ok := wire.Field(rest[n : n+1]).Hex(); !ok || n >= maxNumber {
			return protocols.Match{}
		}
	}
	switch {
	case n == len(rest):
		return more
	case n == 0:
		return protocols.Match{}
	case len(first) < end:
		return protocols.Match{Level: protocols.LevelShape, Need: end}
	}
	if f, err := open(first[:end], '$'); err == nil && !f.spoilt {
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
