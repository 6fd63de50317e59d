package queclink

import "drover/protocols"

// sniff knows a text by its head, version and id, and the binary forms by their checksum.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: 1}
	case first[0] != '+' && first[0] != '-':
		return protocols.Match{}
	case len(first) < 5:
		return prefix(first)
	case first[1] == 0:
		return sniffRecords(first)
	case hexKind(first) != hexNone:
		return sniffHex(first)
	}
	opens, known := opensText(first)
	switch {
	case opens:
		return sniffText(first)
	case !known:
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	}
	return protocols.Match{}
}

// prefix judges fewer than five bytes.
func prefix(first []byte) protocols.Match {
	more := protocols.Match{Level: protocols.LevelPrefix, Need: 5}
	if len(first) == 1 || first[1] == 0 {
		return more
	}
	if first[0] == '+' {
		for _, head := range [...]string{
			"RESP", "BUFF", "ACK", "RSP", "BSP", "EVT", "BVT", "INF", "BNF", "HBD", "CRD", "BRD", "LGN", "OBD",
		} {
			if n := min(len(first)-1, len(head)); string(first[1:1+n]) == head[:n] {
				return more
			}
		}
	}
	return protocols.Match{}
}

// sniffText wants version and id behind the head. The oldest form, which has no version, is another family's too.
func sniffText(first []byte) protocols.Match {
	field, start := 0, 0
	for i := 8; i < min(len(first), 64); i++ {
		if first[i] != ',' {
			continue
		}
		part := first[start:i]
		switch field++; field {
		case 2:
			if !isVersion(part) {
				if len(part) == 15 && digits(part) && first[len(first)-1] != 0 {
					return protocols.Match{Level: protocols.LevelShape}
				}
				return protocols.Match{Level: protocols.LevelPrefix}
			}
		case 3:
			if isID(part) {
				return protocols.Match{Level: protocols.LevelProof}
			}
			return protocols.Match{Level: protocols.LevelPrefix}
		}
		start = i + 1
	}
	if len(first) >= 64 {
		return protocols.Match{Level: protocols.LevelPrefix}
	}
	return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
}

// isVersion is whether b is a device type of two to six characters and a version of four hexadecimal digits.
func isVersion(b []byte) bool {
	if len(b) < 6 || len(b) > 10 {
		return false
	}
	for _, c := range b[:len(b)-4] {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	_, ok := hexadecimal(b[len(b)-4:])
	return ok
}

// sniffHex wants a whole frame with a right CRC.
func sniffHex(first []byte) protocols.Match {
	n, frame, err := cutHex(first, false)
	switch {
	case err != nil:
		return protocols.Match{}
	case n == 0:
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	case hexSum(frame):
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// sniffRecords wants a length and an IMEI, and for more a whole frame with a right CRC. The GL601 and its kin, device
// types C000 and up, may be told apart as a family of their own.
func sniffRecords(first []byte) protocols.Match {
	n := int(first[recLength])<<8 | int(first[recLength+1])
	if n < recMinimum || n > recMaximum || first[recFlag]&^byte(recSeveral) != 0 {
		return protocols.Match{}
	}
	if len(first) < n {
		return protocols.Match{Level: protocols.LevelPrefix, Need: n}
	}
	if first[n-1] != '$' {
		return protocols.Match{}
	}
	if crc8(first[:n-2]) == first[n-2] && first[recIMEI+8] < 0xC0 {
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
