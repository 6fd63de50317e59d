package h02

import "drover/protocols"

// sniff knows a sentence by its two letters, the digits of its id and its type, and a record by its BCD.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	switch first[0] {
	case '*':
		return sniffSentence(first)
	case '$':
		return sniffRecord(first)
	}
	return protocols.Match{}
}

func sniffSentence(first []byte) protocols.Match {
	more := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	opens, known := opensSentence(first)
	if !known {
		return more
	}
	i := 4
	for i < len(first) && first[i] >= '0' && first[i] <= '9' {
		i++
	}
	if !opens || i-4 > maxID || i < len(first) && first[i] != ',' {
		return protocols.Match{}
	}
	start := i + 1
	for i = start; i < len(first) && first[i] != ',' && first[i] != '#'; i++ {
		if !isAlphanumeric(first[i]) || i-start >= 5 {
			return protocols.Match{}
		}
	}
	switch {
	case i >= len(first):
		return more
	case !isReport(first[start:i]):
		return protocols.Match{}
	}
	for ; i < min(len(first), maxSentence); i++ {
		if first[i] == '#' {
			return protocols.Match{Level: protocols.LevelProof}
		}
	}
	if len(first) >= maxSentence {
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelShape, Need: len(first) + 1}
}

// isReport is whether a tracker of the family opens a conversation with that type of sentence.
func isReport(kind []byte) bool {
	switch string(kind) {
	case "NBR", "LINK", "HTBT", "BASE", "BS", "XT", "SMS", "ICCID", "ALRM", "BC":
		return true
	}
	return len(kind) >= 2 && kind[0] == 'V'
}

func sniffRecord(first []byte) protocols.Match {
	switch {
	case !fits(first, shortID) && !fits(first, longID):
		return protocols.Match{}
	case len(first) < shortRecord:
		return protocols.Match{Level: protocols.LevelPrefix, Need: shortRecord}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
