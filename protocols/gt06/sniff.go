package gt06

import "drover/protocols"

// sniff knows a first message by its checksum (proof), or by its length and stop bytes (shape). A login that is cut
// short after the IMEI may be the Topin family's, whose login it equals: prefix.
func sniff(first []byte) protocols.Match {
	if len(first) < 2 {
		if len(first) == 1 && first[0] != 0x78 && first[0] != 0x79 {
			return protocols.Match{}
		}
		return protocols.Match{Level: prefixOf(first), Need: 2}
	}
	if first[0] != first[1] || first[0] != 0x78 && first[0] != 0x79 {
		return protocols.Match{}
	}
	head, announced, ok := header(first)
	if !ok || len(first) <= head {
		return protocols.Match{Level: protocols.LevelPrefix, Need: 5}
	}
	need := head + announced + 2
	if need > maxFrame {
		return protocols.Match{}
	}
	c := codec{}
	n, frame, err := c.Split(first, false)
	if err != nil || n == 0 || frame == nil {
		return protocols.Match{Level: protocols.LevelPrefix, Need: max(need, len(first)+1)}
	}
	switch f, err := open(frame); {
	case err != nil, f.kind == kindLogin && f.bare:
		return protocols.Match{Level: protocols.LevelPrefix}
	case f.bare || f.spoilt:
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

func prefixOf(first []byte) protocols.Level {
	if len(first) == 0 {
		return protocols.LevelNone
	}
	return protocols.LevelPrefix
}
