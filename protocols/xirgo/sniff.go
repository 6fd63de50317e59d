package xirgo

import "drover/protocols"

// pattern is what a sentence starts with behind its identity: D stands for a digit. The date may begin with the month.
const (
	pattern  = ",DDDD,DDDD/DD/DD,DD:DD:DD,"
	american = ",DDDD,DD/DD/DDDD,DD:DD:DD,"
	maxID    = 20
	minID    = 5
)

// sniff knows a first message by identity, event, date and time (proof).
func sniff(first []byte) protocols.Match {
	for i := range min(len(opening), len(first)) {
		if first[i] != opening[i] {
			return protocols.Match{}
		}
	}
	if len(first) <= len(opening) {
		level := protocols.LevelPrefix
		if len(first) == 0 {
			level = protocols.LevelNone
		}
		return protocols.Match{Level: level, Need: len(opening) + 1}
	}
	id := first[len(opening):]
	n := 0
	for n < len(id) && n <= maxID && id[n] >= '0' && id[n] <= '9' {
		n++
	}
	switch {
	case n > maxID || n < len(id) && n < minID:
		return protocols.Match{}
	case n == len(id):
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	rest := id[n:]
	fits := max(matches(rest, pattern), matches(rest, american))
	switch {
	case fits == len(pattern):
		return protocols.Match{Level: protocols.LevelProof}
	case fits == len(rest):
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + len(pattern) - fits}
	case fits > len(",DDDD"):
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{}
}

// matches is how many bytes of b fit the pattern.
func matches(b []byte, pattern string) int {
	for i := range len(pattern) {
		if i == len(b) {
			return i
		}
		digit := b[i] >= '0' && b[i] <= '9'
		if pattern[i] == 'D' && !digit || pattern[i] != 'D' && b[i] != pattern[i] {
			return i
		}
	}
	return len(pattern)
}
