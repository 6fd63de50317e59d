package ruptela

import (
	"encoding/binary"

	"drover/protocols"
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
	case !known(kind) || !luhn(imei):
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

// luhn is whether the last digit of an IMEI is its check digit.
func luhn(imei uint64) bool {
	sum := uint64(0)
	for i := 0; imei > 0; i++ {
		d := imei % 10
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
		imei /= 10
	}
	return sum%10 == 0
}
