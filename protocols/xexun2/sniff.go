package xexun2

import (
	"bytes"

	"drover/protocols"
)

// sniff knows a message by FAAF and an IMEI; the checksum of a whole one is proof.
func sniff(first []byte) protocols.Match {
	n := min(len(first), len(fence))
	if !bytes.Equal(first[:n], fence[:n]) {
		return protocols.Match{}
	}
	shortest := offBody + 2*len(fence)
	if len(first) < shortest {
		level := protocols.LevelPrefix
		if len(first) == 0 {
			level = protocols.LevelNone
		}
		return protocols.Match{Level: level, Need: shortest}
	}
	var c codec
	used, frame, err := c.Split(first, false)
	switch {
	case err != nil, used > 0 && frame == nil:
		return protocols.Match{}
	case frame == nil:
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	if bytes.Contains(frame, escape) { // the sum of what is escaped would cost an allocation
		return protocols.Match{Level: protocols.LevelShape}
	}
	data := inside(frame)
	for _, b := range data[offID : offSize-1] {
		if b>>4 > 9 || b&15 > 9 {
			return protocols.Match{}
		}
	}
	if proved(data) {
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
