package meitrack

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// sniff knows a first message by its flag and length, the digits of its IMEI and its command; the checksum is proof.
// Other families open with $$ as well, but write no letter before the length, or none of these behind it.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	comma, announced, ok := header(first)
	if !ok || comma > 0 && (comma+announced > maxFrame || announced < 20) {
		return protocols.Match{}
	}
	if comma == 0 {
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	need := max(comma+announced, len(first)+1)
	rest := first[comma+1:]
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	switch {
	case n > 17 || n < len(rest) && (n < 10 || rest[n] != ','):
		return protocols.Match{}
	case len(rest) < n+4:
		return protocols.Match{Level: protocols.LevelPrefix, Need: need}
	case !isCommand(rest[n+1 : n+4]):
		return protocols.Match{}
	}
	f := frame{data: first[:min(len(first), comma+announced)]}
	if len(first) < comma+announced {
		if bytes.HasSuffix(first, terminator) {
			f.close()
		} else {
			f.spoilt = true
		}
	} else {
		f.close()
	}
	if !f.spoilt && wire.Digits(rest[:n]) {
		return protocols.Match{Level: protocols.LevelProof}
	}
	if len(first) >= comma+announced {
		need = 0
	}
	return protocols.Match{Level: protocols.LevelShape, Need: need}
}

// isCommand is whether a tracker may say it: a letter and two letters or digits.
func isCommand(c []byte) bool {
	if c[0] < 'A' || c[0] > 'F' {
		return false
	}
	for _, b := range c[1:] {
		if (b < '0' || b > '9') && (b < 'A' || b > 'F') {
			return false
		}
	}
	return true
}
