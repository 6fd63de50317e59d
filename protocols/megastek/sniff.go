package megastek

import (
	"bytes"

	"drover/protocols"
)

// sniff knows a first message by $MGV and a version, which no other family has, or by STX with an identity and a
// sentence behind it.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	opens, known := opensFrame(first)
	switch {
	case !known:
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	case !opens:
		return protocols.Match{}
	}
	body := first
	if body[0] != '$' && body[0] != 'S' && body[0] != 'L' {
		body = body[lengthDigits:]
	}
	if bytes.HasPrefix(body, []byte("$M")) {
		return sniffNew(first, body[len(opensNew):])
	}
	if bytes.HasPrefix(body, []byte(opensAnswer)) {
		return protocols.Match{Level: protocols.LevelPrefix}
	}
	body = bytes.TrimPrefix(body, []byte("LOG"))[len(opensOld):]
	for i, c := range body[:min(len(body), maxHead)] {
		switch {
		case c == '$':
			return sniffSentence(first, body[i:])
		case i < fixedWidth && c != ',' && c != ' ' && !isIdentity(body[i:i+1]):
			return protocols.Match{}
		}
	}
	if len(body) >= maxHead {
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
}

// maxHead is the most bytes between STX and the sentence.
const maxHead = 24

func sniffSentence(first, sentence []byte) protocols.Match {
	const name = "$GPRMC,"
	n := min(len(sentence), len(name))
	switch {
	case string(sentence[:n]) != name[:n]:
		return protocols.Match{}
	case n < len(name):
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + len(name) - n}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

// sniffNew looks for three digits and a comma.
func sniffNew(first, version []byte) protocols.Match {
	for i := range 4 {
		switch {
		case i >= len(version):
			return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 4 - i}
		case i < 3 && (version[i] < '0' || version[i] > '9'), i == 3 && version[i] != ',':
			return protocols.Match{}
		}
	}
	return protocols.Match{Level: protocols.LevelProof}
}
