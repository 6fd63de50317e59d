package suntech

import "drover/protocols"

// sniff knows a legacy report by its header, a universal one by its three letters and the digits after them, and
// binary ones by length, digits of the id and, packed, the end mark.
func sniff(first []byte) protocols.Match {
	skip := 0
	for skip < min(len(first), 4) && (first[skip] == '\r' || first[skip] == '\n') {
		skip++
	}
	if skip == len(first) {
		return protocols.Match{Need: skip + 1}
	}
	m := sniffStart(first[skip:])
	if m.Need > 0 {
		m.Need += skip
	}
	return m
}

func sniffStart(first []byte) protocols.Match {
	switch first[0] {
	case startZip:
		return sniffZip(first)
	case 0x81, 0x82:
		return sniffBinary(first)
	}
	more := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	n := 0
	for n < len(first) && n < 9 && (first[n] >= 'A' && first[n] <= 'Z' || first[n] >= '0' && first[n] <= '9') {
		n++
	}
	switch {
	case n == len(first):
		if possible(first) {
			return more
		}
		return protocols.Match{}
	case first[n] != ';':
		return protocols.Match{}
	case n == 3:
		return sniffUniversal(first)
	case isLegacy(first[:n]):
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{}
}

// possible is whether a header may go on from these letters and digits.
func possible(b []byte) bool {
	if len(b) < 4 {
		return b[0] >= 'A' && b[0] <= 'Z'
	}
	digits := 0
	for i, c := range b {
		switch isDigit := c >= '0' && c <= '9'; {
		case i == 0 && c != 'S', i == 1 && c != 'T' && c != 'A', i > 1 && i < 5 && !isDigit, i > 5 && isDigit:
			return false
		case isDigit:
			digits++
		}
	}
	return digits <= 4
}

// isLegacy is ST or SA, three or four digits, and, but for the ST9xx, three letters.
func isLegacy(b []byte) bool {
	if len(b) < 5 || !possible(b) {
		return false
	}
	return len(b) == 5 && b[2] == '9' || len(b) >= 8
}

// universals are the reports that a universal tracker may open with.
const universals = "STT ALT UEX ALV BLE CRR TRV RES CMD BSA BDA SNB EVT EMG HTE STE DAT GTR NTW"

func sniffUniversal(first []byte) protocols.Match {
	known := false
	for i := 0; i+3 <= len(universals); i += 4 {
		known = known || universals[i:i+3] == string(first[:3])
	}
	n := 4
	for n < len(first) && first[n] >= '0' && first[n] <= '9' {
		n++
	}
	digits := n - 4
	switch {
	case !known || digits > 10:
		return protocols.Match{}
	case n == len(first) && (digits < 6 || digits < 10 && string(first[:3]) != "ALV"):
		return protocols.Match{Level: protocols.LevelPrefix, Need: n + 1}
	case n == len(first):
		return protocols.Match{Level: protocols.LevelShape, Need: n + 1}
	case first[n] != ';' && first[n] != '\r' || digits < 6:
		return protocols.Match{}
	case string(first[:3]) == "EVT" || string(first[:3]) == "DAT":
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

func sniffZip(first []byte) protocols.Match {
	total := 4
	if len(first) >= 3 {
		total += int(first[1])<<8 | int(first[2])
	}
	switch {
	case len(first) < 3:
		if len(first) == 2 && first[1] > maxBinary>>8 {
			return protocols.Match{}
		}
		return protocols.Match{Level: protocols.LevelPrefix, Need: 4}
	case total < 30 || total > maxBinary, len(first) > 3 && first[3]>>4 != 1, !bcd(first, 4, 9):
		return protocols.Match{}
	case len(first) < total:
		return protocols.Match{Level: protocols.LevelPrefix, Need: total}
	case first[total-1] != endZip:
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

func sniffBinary(first []byte) protocols.Match {
	total := 3
	if len(first) >= 3 {
		total += int(first[1])<<8 | int(first[2])
	}
	switch {
	case len(first) < 3:
		if len(first) == 2 && first[1] > maxBinary>>8 {
			return protocols.Match{}
		}
		return protocols.Match{Level: protocols.LevelPrefix, Need: 3}
	case total < 40 || total > maxBinary, !bcd(first, 3, 8):
		return protocols.Match{}
	case len(first) < total:
		return protocols.Match{Level: protocols.LevelPrefix, Need: total}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// bcd is whether the bytes from i up to j, as far as they are there, are two digits each.
func bcd(data []byte, i, j int) bool {
	for ; i < min(j, len(data)); i++ {
		if data[i]>>4 > 9 || data[i]&15 > 9 {
			return false
		}
	}
	return true
}
