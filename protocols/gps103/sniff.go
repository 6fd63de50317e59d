package gps103

import "drover/protocols"

// sniff knows a login and a message by their opening and the digits after it, and a heartbeat by its digits and end,
// which other families' trackers may send too.
func sniff(first []byte) protocols.Match {
	skip := 0
	for skip < min(len(first), maxSkip) && (first[skip] == '\r' || first[skip] == '\n' || first[skip] == ';') {
		skip++
	}
	if skip == len(first) {
		return protocols.Match{Need: skip + 1}
	}
	m := sniffStart(first[skip:])
	if m.Need > 0 {
		m.Need += skip
	}
	return m
}

// maxSkip is how many ends of nothing may go before the first message.
const maxSkip = 8

func sniffStart(first []byte) protocols.Match {
	n := digitsOf(first)
	switch {
	case n == 0:
		return sniffMessage(first)
	case n > maxID:
		return protocols.Match{}
	case n == len(first):
		return protocols.Match{Level: protocols.LevelPrefix, Need: max(16, n+1)}
	case n != imeiDigits:
		return protocols.Match{}
	case first[n] == ';' && goesOn(first[n+1:]):
		return protocols.Match{Level: protocols.LevelShape}
	}
	m := sniffMessage(first[n:])
	if m.Need > 0 {
		m.Need += n
	}
	return m
}

const imeiDigits = 15

// goesOn is whether the family may say that after a heartbeat.
func goesOn(rest []byte) bool {
	return len(rest) == 0 || isEnd(rest[0]) || sniffStart(rest).Level > protocols.LevelNone
}

func sniffMessage(first []byte) protocols.Match {
	prefix := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	head := opening
	if first[0] == '#' {
		head = login
	}
	for i := range len(head) {
		if i == len(first) {
			return prefix
		}
		if first[i] != head[i] {
			return protocols.Match{}
		}
	}
	id := first[len(head):]
	n := digitsOf(id)
	switch {
	case n > maxID:
		return protocols.Match{}
	case n == len(id):
		return prefix
	case id[n] == ',' && n >= minID:
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{}
}
