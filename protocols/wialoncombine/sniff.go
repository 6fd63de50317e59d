package wialoncombine

import (
	"bytes"

	"drover/protocols"
)

// maxLogin is the most data of a login: version, flags, and two texts.
const maxLogin = 128

// sniff knows a packet by its checksum; a login has a version and flags that few bytes can be by chance.
func sniff(first []byte) protocols.Match {
	p, more, ok := open(first)
	switch {
	case !ok:
		return protocols.Match{}
	case more:
		return protocols.Match{Level: prefixOf(first), Need: len(first) + 1}
	case p.kind == kindKeepAlive:
		return protocols.Match{Level: protocols.LevelPrefix}
	case p.end-p.start > maxData || p.kind == kindLogin && p.end-p.start > maxLogin:
		return protocols.Match{}
	case len(first) >= p.whole():
		if p.proved(first) {
			return protocols.Match{Level: protocols.LevelProof}
		}
		if p.kind == kindLogin && loginFits(first[p.start:p.end]) {
			return protocols.Match{Level: protocols.LevelShape}
		}
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelPrefix, Need: p.whole()}
}

func prefixOf(first []byte) protocols.Level {
	if len(first) == 0 {
		return protocols.LevelNone
	}
	return protocols.LevelPrefix
}

// loginFits is whether data is a login from end to end: version, flags, and the two texts or numbers that they
// announce.
func loginFits(data []byte) bool {
	n := 1
	if len(data) > 0 && data[0]&0x80 != 0 {
		n = 2
	}
	if n >= len(data) || data[n]>>4 == 0 {
		return false
	}
	flags := data[n]
	n++
	for _, kind := range [...]byte{flags >> 4, flags & 15} {
		size := identitySize(kind, data[n:])
		if size < 0 || size > len(data)-n {
			return false
		}
		n += size
	}
	return n == len(data)
}

// identitySize is how many bytes an id or a password takes at the start of data; -1 if there is none of that kind.
func identitySize(kind byte, data []byte) int {
	switch kind {
	case 0:
		return 0
	case 1, 2, 3:
		return 1 << kind
	case 4:
		if end := bytes.IndexByte(data, 0); end >= 0 {
			return end + 1
		}
	}
	return -1
}
