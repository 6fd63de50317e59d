package atrack

import (
	"bytes"
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// infoPrefix opens the line that tells of a unit by itself.
var infoPrefix = []byte("$INFO=")

// sniff knows a packet by its checksum or by its markers.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: headLength}
	}
	switch first[0] {
	case '@':
		return sniffPacket(first)
	case 0xFE:
		return sniffKeepAlive(first)
	case '$':
		return sniffInfo(first)
	}
	return sniffForeign(first)
}

func sniffPacket(first []byte) protocols.Match {
	switch {
	case len(first) < 3:
		if len(first) == 2 && (first[1] < 'A' || first[1] > 'Z') {
			return protocols.Match{}
		}
		return protocols.Match{Level: protocols.LevelPrefix, Need: headLength}
	case first[1] < 'A' || first[1] > 'Z':
		return protocols.Match{}
	case isText(first):
		return sniffText(first)
	case len(first) < headLength:
		return protocols.Match{Level: protocols.LevelPrefix, Need: headLength}
	}
	n := 6 + int(binary.BigEndian.Uint16(first[4:]))
	id := binary.BigEndian.Uint64(first[8:])
	switch {
	case n < headLength || n > maxFrame || id == 0 || id >= 1e16:
		return protocols.Match{}
	case first[1] != 'P' && first[1] != 'R':
		return sniffForeign(first)
	case len(first) < n:
		return protocols.Match{Level: protocols.LevelShape, Need: n}
	case wire.CRC16ARC(first[4:n]) == binary.BigEndian.Uint16(first[2:]):
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// sniffText follows prefix, checksum, length, sequence and number.
func sniffText(first []byte) protocols.Match {
	field, start := 0, 3
	for i := start; i < min(len(first), 48); i++ {
		c := first[i]
		switch {
		case c == ',' && i == start:
			return protocols.Match{}
		case c == ',':
			field, start = field+1, i+1
			if field < 4 {
				continue
			}
			if first[1] == 'P' {
				return protocols.Match{Level: protocols.LevelProof}
			}
			return protocols.Match{Level: protocols.LevelShape}
		case field == 0 && !isHex(c), field > 0 && (c < '0' || c > '9'):
			return protocols.Match{}
		}
	}
	if len(first) >= 48 {
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
}

func sniffKeepAlive(first []byte) protocols.Match {
	switch {
	case len(first) > 1 && first[1] != 0x02, len(first) > 2 && first[2] != 0, len(first) > 3 && first[3] > 0x23:
		return protocols.Match{} // a number of at most sixteen digits is less than 0023_86F2...
	case len(first) < keepAliveLength:
		return protocols.Match{Level: protocols.LevelPrefix, Need: keepAliveLength}
	case binary.BigEndian.Uint64(first[2:]) == 0:
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

func sniffInfo(first []byte) protocols.Match {
	n := min(len(first), len(infoPrefix))
	if !bytes.Equal(first[:n], infoPrefix[:n]) {
		return protocols.Match{}
	}
	for i := n; i < len(first); i++ {
		switch c := first[i]; {
		case c == ',' && i >= n+8:
			return protocols.Match{Level: protocols.LevelShape}
		case c < '0' || c > '9' || i > n+16:
			return protocols.Match{}
		}
	}
	return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
}

// maxForeign is the longest first packet that is waited for where the prefix is not the vendor's, bytes.
const maxForeign = 2048

// sniffForeign knows a packet whose prefix was configured, by its checksum alone.
func sniffForeign(first []byte) protocols.Match {
	if len(first) < headLength {
		two, three := first[0] == 2, first[0] == 3 // as 0203 and 0301
		if len(first) > 1 {
			two, three = two && first[1] == 3, three && first[1] == 1
		}
		if two || three {
			return protocols.Match{Level: protocols.LevelPrefix, Need: headLength}
		}
		return protocols.Match{}
	}
	if !sensible(first) {
		return protocols.Match{}
	}
	n := 6 + int(binary.BigEndian.Uint16(first[4:]))
	switch {
	case n > maxForeign:
		return protocols.Match{}
	case len(first) < n:
		return protocols.Match{Level: protocols.LevelPrefix, Need: n}
	case wire.CRC16ARC(first[4:n]) == binary.BigEndian.Uint16(first[2:]):
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{}
}
