package taip

import (
	"bytes"

	"drover/protocols"
)

// sniff knows a report by its kind: its position's columns are the marker.
func sniff(first []byte) protocols.Match {
	at := 0
	for at < len(first) && (first[at] == '\r' || first[at] == '\n') {
		at++
	}
	rest := first[at:]
	more := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	switch {
	case len(rest) == 0:
		return protocols.Match{Need: len(first) + 1}
	case rest[0] != '>':
		return protocols.Match{}
	case len(rest) > 1 && rest[1] != 'R':
		return protocols.Match{}
	}
	for _, c := range rest[min(len(rest), 2):min(len(rest), 4)] {
		if c < 'A' || c > 'Z' {
			return protocols.Match{}
		}
	}
	end := bytes.IndexByte(rest, '<')
	switch {
	case end < 0 && len(rest) >= maxSentence:
		return protocols.Match{}
	case len(rest) < 4:
		return more
	case !isReport(rest[2:4]):
		if end < 0 {
			return more
		}
		return protocols.Match{Level: protocols.LevelShape}
	case end < 0:
		return protocols.Match{Level: protocols.LevelShape, Need: len(first) + 1}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

// isReport is whether the columns of a kind are known.
func isReport(kind []byte) bool {
	switch string(kind) {
	case "EV", "PV", "LN", "AL", "GP", "CQ", "CV", "BR", "PI", "US", "UV":
		return true
	}
	return false
}
