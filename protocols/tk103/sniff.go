package tk103

import "drover/protocols"

// sniff knows ( and 11, 12 or 15 digits before a command of B, a letter and two digits, or before a comma and such a
// command or one of the comma dialect. Fifteen digits at once before a command may be a TopflyTech's too.
func sniff(first []byte) protocols.Match {
	skip := 0
	for skip < min(len(first), 4) && (first[skip] == '\r' || first[skip] == '\n') {
		skip++
	}
	if skip == len(first) {
		return protocols.Match{Need: skip + 1}
	}
	more := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	if first[skip] != '(' {
		return protocols.Match{}
	}
	body := first[skip+1:]
	n := 0
	for n < len(body) && body[n] >= '0' && body[n] <= '9' {
		n++
	}
	switch {
	case n == len(body) && n <= maxID:
		return more
	case n != 11 && n != 12 && n != maxID:
		return protocols.Match{}
	}
	level := protocols.LevelProof
	comma := body[n] == ','
	if comma {
		n++
	} else if n == maxID {
		level = protocols.LevelShape
	}
	for i := range 4 {
		switch {
		case n+i == len(body):
			return more
		case !fits(body[n], body[n+i], i, comma):
			return protocols.Match{}
		}
	}
	return protocols.Match{Level: level}
}

// fits is whether a command that starts with that letter has that character there: BP05; with commas also ZC20, DW3B.
func fits(first, c byte, at int, comma bool) bool {
	digit := c >= '0' && c <= '9'
	switch {
	case at == 0:
		return c == 'B' || comma && (c == 'Z' || c == 'D')
	case at == 1 && first == 'Z':
		return c == 'C'
	case at == 1 && first == 'D':
		return c == 'W'
	case at == 1:
		return c >= 'A' && c <= 'Z'
	case first == 'D':
		return digit || c >= 'A' && c <= 'F'
	}
	return digit
}
