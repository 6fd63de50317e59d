package jt600

import (
	"bytes"

	"drover/protocols"
)

// sniff knows a text by its ten digits and the comma after them, and a binary message by its length and by the digits
// of date, time and place.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	switch first[0] {
	case startText:
		return sniffText(first)
	case startRecord:
		return sniffRecord(first)
	}
	return protocols.Match{}
}

// idDigits are those of an id.
const idDigits = 10

func sniffText(first []byte) protocols.Match {
	n := 1
	for n < len(first) && first[n] >= '0' && first[n] <= '9' {
		n++
	}
	switch {
	case n-1 > idDigits:
		return protocols.Match{}
	case n == len(first):
		return protocols.Match{Level: protocols.LevelPrefix, Need: n + 1}
	case n-1 != idDigits || first[n] != ',':
		return protocols.Match{}
	}
	end := bytes.IndexByte(first, endText)
	switch {
	case end > n:
		return protocols.Match{Level: protocols.LevelProof}
	case len(first) >= maxText:
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelShape, Need: len(first) + 1}
}

func sniffRecord(first []byte) protocols.Match {
	l, ok, more := layoutOf(first)
	switch {
	case more:
		return protocols.Match{Level: protocols.LevelPrefix, Need: longHead}
	case !ok || !plausible(first[l.head:]):
		return protocols.Match{}
	case len(first) < l.total:
		return protocols.Match{Level: protocols.LevelPrefix, Need: l.total}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// plausible is whether a record, as far as it is there, has digits in date, time and place, and a day and an hour.
func plausible(b []byte) bool {
	limits := [...]byte{0x31, 0x12, 0x99, 0x23, 0x59, 0x59, 0x90, 0x59, 0x99, 0x99, 0x18}
	for i := range min(len(b), len(limits)) {
		if b[i]&15 > 9 || b[i] > limits[i] {
			return false
		}
	}
	return true
}
