package meiligao

import (
	"bytes"
	"encoding/binary"

	"drover/protocols"
)

// sniff knows a frame by $$, a length, BCD digits filled up with F and a command of the family; the checksum is proof.
func sniff(first []byte) protocols.Match {
	for i := range min(len(first), 2) {
		if first[i] != '$' {
			return protocols.Match{}
		}
	}
	switch {
	case len(first) == 0:
		return protocols.Match{Need: minFrame}
	case len(first) >= offID && binary.BigEndian.Uint16(first[2:]) > maxFrame, !likeID(first):
		return protocols.Match{}
	case len(first) < offBody:
		return protocols.Match{Level: protocols.LevelPrefix, Need: minFrame}
	case !isKnown(binary.BigEndian.Uint16(first[offKind:])):
		return protocols.Match{}
	}
	n := int(binary.BigEndian.Uint16(first[2:]))
	if n < minFrame {
		c := codec{}
		n = c.search(first, false)
	}
	switch {
	case n <= 0 && len(first) >= maxFrame, n > 0 && n <= len(first) && !bytes.Equal(first[n-2:n], ending):
		return protocols.Match{}
	case n <= 0 || n > len(first):
		level := protocols.LevelPrefix
		if len(first) >= minFrame && bytes.HasSuffix(first, ending) { // whole but for its length, which may be false
			level = protocols.LevelShape
		}
		return protocols.Match{Level: level, Need: max(n, len(first)+1)}
	case proved(first[:n]):
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// likeID is whether the identity, as far as it is there, is BCD digits and then F.
func likeID(first []byte) bool {
	filled := false
	for i := offID; i < min(len(first), offKind); i++ {
		for _, d := range [2]byte{first[i] >> 4, first[i] & 15} {
			if d != 15 && (d > 9 || filled) {
				return false
			}
			filled = filled || d == 15
		}
	}
	return true
}

// isKnown is whether a tracker may say that first.
func isKnown(kind uint16) bool {
	switch kind {
	case cmdHeartbeat, cmdServer, cmdPhotoStart, cmdPhotoEnd, cmdLogin, cmdRetransmit, cmdLogged, cmdOBD, cmdTrip,
		cmdFaults, cmdPosition, cmdCards, cmdPhotoPlace, cmdPhoto, cmdAlarm, 0xAA00:
		return true
	}
	return kind>>8 == 0x41 || kind>>8 == 0x49
}
