package teltonika

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// Sizes after which a first message is told from others.
const (
	loginLength = 17 // two bytes and an IMEI
	codecAt     = headerLength
	wakeBytes   = 4    // keep-alives before a login that are still believed
	maxDatagram = 2048 // no tracker sends as much
)

// sniff knows a login by its IMEI, a datagram by its length and IMEI, and a packet by its checksum.
func sniff(first []byte) protocols.Match {
	skipped := 0
	for skipped < len(first) && first[skipped] == keepAlive {
		skipped++
	}
	if skipped > wakeBytes {
		return protocols.Match{}
	}
	m := sniffFrame(first[skipped:])
	if m.Need > 0 {
		m.Need += skipped
	}
	return m
}

func sniffFrame(b []byte) protocols.Match {
	if len(b) < 2 {
		if len(b) == 1 && b[0] > maxDatagram>>8 {
			return protocols.Match{}
		}
		return protocols.Match{Need: datagramHeader}
	}
	n := int(binary.BigEndian.Uint16(b))
	switch {
	case n == 0:
		return sniffPacket(b)
	case n == loginLength-2 && (len(b) < datagramHeader || b[datagramHeader-1] != 1):
		return sniffLogin(b)
	case n > maxDatagram:
		return protocols.Match{}
	case len(b) < datagramHeader:
		return protocols.Match{Need: datagramHeader}
	case b[datagramHeader-1] == 1:
		return sniffDatagram(b, n)
	}
	return protocols.Match{}
}

func sniffLogin(b []byte) protocols.Match {
	if digits := b[2:min(loginLength, len(b))]; len(digits) > 0 && !wire.Digits(digits) {
		return protocols.Match{}
	}
	if len(b) < loginLength {
		return protocols.Match{Level: protocols.LevelPrefix, Need: loginLength}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

func sniffDatagram(b []byte, n int) protocols.Match {
	const identityAt, fixed = datagramHeader + 1, datagramHeader + 3
	if n < fixed+loginLength-4 {
		return protocols.Match{}
	}
	if len(b) < fixed+loginLength-2 {
		return protocols.Match{Need: fixed + loginLength - 2}
	}
	if binary.BigEndian.Uint16(b[identityAt:]) != loginLength-2 || !wire.Digits(b[fixed:fixed+loginLength-2]) {
		return protocols.Match{}
	}
	if len(b) < n+2 {
		return protocols.Match{Level: protocols.LevelShape, Need: n + 2}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

func sniffPacket(b []byte) protocols.Match {
	for _, zero := range b[:min(4, len(b))] {
		if zero != 0 {
			return protocols.Match{}
		}
	}
	if len(b) <= codecAt {
		return protocols.Match{Need: codecAt + 1}
	}
	switch b[codecAt] {
	case codec7, codec8, codec8E, codec16, codec12, codec13, codec14, codec15:
	default:
		return protocols.Match{}
	}
	total, err := packetLength(b)
	switch {
	case err != nil:
		return protocols.Match{}
	case len(b) < total:
		return protocols.Match{Level: protocols.LevelPrefix, Need: total}
	}
	end := total - checksumLength
	if binary.BigEndian.Uint32(b[end:]) != uint32(wire.CRC16ARC(b[headerLength:end])) {
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{Level: protocols.LevelProof}
}
