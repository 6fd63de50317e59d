package gosafe

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// sniff knows a text by *GS, two digits, a comma and an IMEI, which nobody else starts with; a binary message by its
// checksum, which another family's messages have too: that is shape only.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: imeiAt + 16}
	case first[0] == fence:
		return sniffBinary(first)
	case first[0] != '*':
		return protocols.Match{}
	}
	for i := range min(len(first), imeiAt) {
		digit := first[i] >= '0' && first[i] <= '9'
		if i < versionAt && first[i] != opening[i] || (i == 3 || i == 4) && !digit || i == 5 && first[i] != ',' {
			return protocols.Match{}
		}
	}
	if len(first) < imeiAt {
		return protocols.Match{Level: protocols.LevelPrefix, Need: imeiAt + 16}
	}
	end := bytes.IndexAny(first[imeiAt:], ",#")
	switch imei := first[imeiAt:]; {
	case end < 0 && len(imei) <= maxIMEI && (len(imei) == 0 || wire.Digits(imei)):
		return protocols.Match{Level: protocols.LevelPrefix, Need: imeiAt + 16}
	case end < 10 || end > maxIMEI || !wire.Digits(imei[:end]):
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

func sniffBinary(first []byte) protocols.Match {
	more := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	end := bytes.IndexByte(first[1:], fence) + 1
	switch {
	case end == 0 && len(first) < maxSniffed:
		return more
	case end < headSize || end >= maxSniffed:
		return protocols.Match{}
	}
	var room [maxSniffed]byte
	data := plain(first[:end+1], room[:0])
	if proved(data) && fits(data[1], data[headSize-1:len(data)-2]) {
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{}
}

// fits is whether the lengths in a message's data fill it, by its type. Ulbotech's messages have the same fences and
// checksum, but not those.
func fits(kind byte, body []byte) bool {
	switch kind & typeMask {
	case typeHeartbeat:
		return len(body) == 0
	case typeMixed:
		for len(body) > 3 {
			n := int(body[0])<<8 | int(body[1])
			if n < 1 || n > len(body)-2 || !fitsReport(body[2], body[3:2+n]) {
				return false
			}
			body = body[2+n:]
		}
		return len(body) == 0
	}
	return fitsReport(kind, body)
}

// fitsReport is whether the elements of a report's mask fill it.
func fitsReport(kind byte, body []byte) bool {
	head := 6 // time and mask
	if kind&typeEvent != 0 {
		head++
	}
	if len(body) < head {
		return false
	}
	mask := uint16(body[head-2])<<8 | uint16(body[head-1])
	body = body[head:]
	for ; mask != 0; mask >>= 1 {
		if mask&1 == 0 {
			continue
		}
		if len(body) == 0 || len(body) < 1+int(body[0]) {
			return false
		}
		body = body[1+int(body[0]):]
	}
	return len(body) == 0
}

// maxSniffed is the longest binary message that can be the first.
const maxSniffed = 1024
