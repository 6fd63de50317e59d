package galileosky

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// sniff takes a packet whose checksum is right as proved. Other families start with 01 too, so that a part of a packet
// must begin with the tags that packets begin with.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: 6}
	case !starts(first[0]) || first[0] == headGarmin:
		return protocols.Match{}
	case len(first) < 6:
		return protocols.Match{Level: protocols.LevelPrefix, Need: 6}
	case iridium(first):
		return sniffIridium(first)
	case first[0] == headTags && !opening(first[3]):
		return protocols.Match{}
	}
	n := packetLength(first)
	switch {
	case n < 6 || first[0] != headTags && n > 2048:
		return protocols.Match{}
	case len(first) < n:
		return protocols.Match{Level: protocols.LevelPrefix, Need: n}
	}
	body := first[3 : n-2]
	if _, ok := sum(first[:n]); ok {
		if first[0] == headTags && !telling(body) {
			return protocols.Match{Level: protocols.LevelShape}
		}
		return protocols.Match{Level: protocols.LevelProof}
	}
	if first[0] == headTags && len(body) > 12 && readable(body) == len(body) {
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{}
}

// telling is whether a packet has more than an IMEI and a time, with which another family's greetings are made in the
// same way.
func telling(body []byte) bool {
	for at := 0; at < len(body); {
		n := valueSize(body[at], body[at+1:])
		if n < 0 {
			return false
		}
		if t := body[at]; t != 0x03 && t != 0x20 {
			return true
		}
		at += 1 + n
	}
	return false
}

// opening is whether packets begin with this tag.
func opening(t byte) bool {
	switch t {
	case 0x01, 0x02, 0x03, 0x04, 0x10, 0x20, 0x30:
		return true
	}
	return false
}

// sniffIridium: an IMEI in the header, and elements that fill the envelope.
func sniffIridium(first []byte) protocols.Match {
	n := 3 + int(binary.BigEndian.Uint16(first[1:]))
	if len(first) < n {
		return protocols.Match{Level: protocols.LevelPrefix, Need: n}
	}
	at := 3
	for at+3 <= n {
		at += 3 + int(binary.BigEndian.Uint16(first[at+1:]))
	}
	if at != n || n < 34 || !wire.Digits(first[10:25]) {
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
