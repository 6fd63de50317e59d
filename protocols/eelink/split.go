package eelink

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

const (
	packageHead = 7    // 6767, kind, size, sequence
	udpHead     = 14   // EL, size, checksum, IMEI
	maxFrame    = 8192 // the longest package or datagram taken, bytes
	maxPackages = 64   // so many packages are read of a datagram
	maxNoise    = 4096 // what may lie between two frames, bytes, before the conversation is given up
)

func isPackage(data []byte) bool { return len(data) >= 2 && data[0] == 0x67 && data[1] == 0x67 }

func isWrapped(data []byte) bool { return len(data) >= 2 && data[0] == 'E' && data[1] == 'L' }

// announced is the length of the frame at the start of data; 0 if more bytes are needed, negative if there is none.
func announced(data []byte) int {
	switch {
	case len(data) < 2 && (data[0] == 0x67 || data[0] == 'E'):
		return 0
	case isPackage(data):
		if len(data) < 5 {
			return 0
		}
		n := 5 + int(binary.BigEndian.Uint16(data[3:]))
		if n < packageHead || n > maxFrame || !isKind(data[2]) {
			return -1
		}
		return n
	case isWrapped(data):
		for i := 6; i < min(len(data), udpHead); i++ {
			if data[i]>>4 > 9 || data[i]&15 > 9 {
				return -1
			}
		}
		if len(data) < 4 {
			return 0
		}
		if n := 4 + int(binary.BigEndian.Uint16(data[2:])); n >= udpHead+packageHead && n <= maxFrame {
			return n
		}
	}
	return -1
}

// isKind is whether a package can be of that kind.
func isKind(kind byte) bool {
	return kind >= 1 && kind <= 0x2F || kind == kindCommand || kind == kindBroadcast
}

// Split cuts at the announced length. What does not open a package or a datagram is passed over.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	skip := 0
	for skip < len(data) && announced(data[skip:]) < 0 {
		skip++
	}
	if skip > 0 {
		if c.noise += skip; c.noise > maxNoise {
			return 0, nil, &wire.Error{Field: "head", Offset: 0, Err: wire.ErrUnknown}
		}
		return skip, nil, nil
	}
	n := announced(data)
	if n == 0 || n > len(data) {
		if !atEOF {
			return 0, nil, nil
		}
		n = len(data)
	}
	c.noise = 0
	return n, data[:n], nil
}

// sum is the checksum of a datagram: it turns left by a bit before each byte is added.
func sum(data []byte) uint16 {
	var s uint16
	for _, b := range data {
		s = (s<<1 | s>>15) + uint16(b)
	}
	return s
}

// sniff knows a datagram by its checksum, and a package that fills the message by its length.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: packageHead}
	case announced(first) < 0:
		return protocols.Match{}
	case len(first) < packageHead:
		return protocols.Match{Level: protocols.LevelPrefix, Need: packageHead}
	}
	n := announced(first)
	wrapped := isWrapped(first)
	switch {
	case len(first) < n && wrapped:
		return protocols.Match{Level: protocols.LevelPrefix, Need: n}
	case len(first) < n:
		return protocols.Match{Level: protocols.LevelShape, Need: n}
	case wrapped && binary.BigEndian.Uint16(first[4:]) == sum(first[6:n]):
		return protocols.Match{Level: protocols.LevelProof}
	case wrapped && !isPackage(first[udpHead:]):
		return protocols.Match{}
	case wrapped, len(first) > n && !isPackage(first[n:]):
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{Level: protocols.LevelProof}
}
