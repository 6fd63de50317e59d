package ruptela

import (
	"encoding/binary"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// sniff knows a packet by its length, its IMEI and, once it is whole, its checksum. Before that the check digit of the
// IMEI and a known command make a shape, which no other family's binary packets have by chance.
func sniff(first []byte) protocols.Match {
	if len(first) < lengthSize {
		return protocols.Match{Need: lengthSize}
	}
	n := int(binary.BigEndian.Uint16(first))
	if n < minLength || n > maxLength || !imeiFits(first) {
		return protocols.Match{}
	}
	whole := lengthSize + n + crcSize
	if len(first) < headSize {
		return protocols.Match{Level: protocols.LevelPrefix, Need: headSize}
	}
	imei, kind := binary.BigEndian.Uint64(first[lengthSize:]), first[headSize-1]
	switch {
	case imei < minIMEI:
		return protocols.Match{}
	case len(first) >= whole && proved(first[:whole]):
		return protocols.Match{Level: protocols.LevelProof}
	case !known(kind) || !checkDigitFits(imei):
		if len(first) >= whole {
			return protocols.Match{}
		}
		return protocols.Match{Level: protocols.LevelPrefix, Need: whole}
	case len(first) >= whole:
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{Level: protocols.LevelShape, Need: whole}
}

// known is whether a tracker says that command.
func known(kind byte) bool {
	return kind >= kindRecords && kind <= kindSetIO || kind == kindDriverCard || kind == kindFiles || kind == kindExtended
}

// checkDigitFits is whether the last digit of an IMEI is its check digit.
func checkDigitFits(imei uint64) bool {
	var room [20]byte
	return wire.LuhnFits(strconv.AppendUint(room[:0], imei, 10))
}
