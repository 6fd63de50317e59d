package its

import "drover/protocols"

// sniff knows a sentence by its word, its IMEI and its place. The proof is a whole one with one of the checksums that
// are known.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: minSentence}
	case first[0] != '$':
		return protocols.Match{}
	}
	n, whole := end(first)
	for _, c := range first[:n] {
		if c < ' ' && c != '\r' && c != '\n' || c > '~' {
			return protocols.Match{}
		}
	}
	var s sentence
	s.cut(first[:n])
	known, open := s.isWord(whole)
	switch {
	case !open:
		return protocols.Match{}
	case !whole && len(first) >= maxSentence:
		return protocols.Match{}
	case !whole:
		return protocols.Match{Level: s.level(known), Need: len(first) + 1}
	case s.imei >= 0 && s.place > s.imei && s.proved():
		return protocols.Match{Level: protocols.LevelProof}
	case known && isHeartbeat(s.word()):
		return protocols.Match{Level: protocols.LevelShape}
	}
	level := s.level(known)
	if level == protocols.LevelPrefix && !known {
		return protocols.Match{}
	}
	return protocols.Match{Level: level}
}

// level is shape where a word of the family comes with an IMEI, or a maker's own with one behind L or H.
func (s *sentence) level(known bool) protocols.Level {
	if s.imei < 0 || s.imei+1 >= s.n {
		return protocols.LevelPrefix
	}
	b := s.at(s.imei - 1)
	if known || len(b) == 1 && (b[0] == 'L' || b[0] == 'H') && s.imei >= 5 {
		return protocols.LevelShape
	}
	return protocols.LevelPrefix
}

// words are those that open a sentence of the family.
var words = [...]string{
	"NRM", "Header", "RLP", "LGN", "HBT", "EPB", "HLM", "HMP", "HLP", "CP", "C", "01", "02", "03", "04", "05", "NMP",
	"EMR", "HEA", "PVT", "ALT", "Health", "LOGIN", "AIS140", "FUL", "OTA", "BTH",
}

// isWord is whether the sentence's word is one of the family's, and whether it still can be, or be a maker's own. A
// sentence without a word has it in the second field.
func (s *sentence) isWord(whole bool) (known, open bool) {
	w := s.at(0)[1:]
	complete := s.n > 1 || whole
	if len(w) == 0 && complete {
		w, complete = s.at(1), s.n > 2 || whole
	}
	for _, k := range words {
		if string(w) == k {
			return complete, true
		}
		if !complete && len(w) < len(k) && k[:len(w)] == string(w) {
			open = true
		}
	}
	return false, open || isMaker(w) && !isNMEA(w)
}

// isMaker is whether w can be a maker's own word: at most ten letters and digits, of which the first is a letter.
func isMaker(w []byte) bool {
	for i, c := range w {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return len(w) <= 10
}

// isNMEA is whether w is a receiver's word, with which many other families' sentences open.
func isNMEA(w []byte) bool { return len(w) >= 5 && w[0] == 'G' && (w[1] == 'P' || w[1] == 'N') }
