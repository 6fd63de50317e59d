package h02

import "drover/protocols/wire"

// The lengths of a binary record.
const (
	shortRecord    = 32 // 5-byte id; the SinoTrack paper's "standard mode record"
	longRecord     = 42 // 8-byte id
	extendedRecord = 45 // 5-byte id; signal, satellites and cell follow the status
	voltageRecord  = 47 // extendedRecord with the vehicle's voltage before the record number
)

// maxSentence is the most bytes of a sentence; the longest known, neighbour cells and replies, stay below 600.
const maxSentence = 1024

// Split cuts sentences at their # and records at their length, which their own bytes tell:
//
//   - The id is 5 or 8 bytes long: the one whose time, date, latitude and longitude are BCD and in range.
//   - A record with a 5-byte id has 32 bytes if byte 30 is the reserved 00 and byte 31, the record number, can not be
//     the signal level 1–31 of a longer record, or byte 16, the battery that only the longer ones carry, is 00.
//   - Otherwise the byte after the 32nd decides: does a sentence or record start there? If so, this conversation's
//     records have 32 bytes, and no later one waits.
//   - Else it has 45 bytes, or 47 if byte 44 can be the high byte of a voltage and nothing starts at byte 45.
//
// So a cut never depends on how the stream was chopped. What does not start a sentence or record is skipped; bytes of a
// longer record that this did not expect are such noise, and cost no position.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	start := 0
	for start < len(data) && !isHead(data[start]) {
		start++
	}
	if start > 0 || len(data) == 0 {
		return start, nil, nil
	}
	if data[0] == '*' {
		return cutSentence(data, atEOF)
	}
	return c.cutRecord(data, atEOF)
}

func isHead(b byte) bool { return b == '*' || b == '$' || b == 'X' }

// cutSentence cuts at the #, or before the head of the next sentence if the # was lost.
func cutSentence(data []byte, atEOF bool) (int, []byte, error) {
	opens, known := opensSentence(data)
	switch {
	case known && !opens, !known && atEOF:
		return 1, nil, nil
	case !known:
		return 0, nil, nil
	}
	for i := 4; i < min(len(data), maxSentence); i++ {
		switch data[i] {
		case '#':
			return i + 1, data[:i+1], nil
		case '*':
			opens, known := opensSentence(data[i:])
			if opens {
				return i, data[:i], nil
			}
			if !known && !atEOF {
				return 0, nil, nil
			}
		}
	}
	if len(data) >= maxSentence {
		return 0, nil, &wire.Error{Field: "sentence", Offset: maxSentence, Err: wire.ErrTooLong}
	}
	if atEOF {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// opensSentence is whether data starts with *, two letters or digits, and a comma; known is false while more bytes
// could still change the answer.
func opensSentence(data []byte) (opens, known bool) {
	for i := 1; i < 4; i++ {
		switch {
		case i >= len(data):
			return false, false
		case i < 3 && !isAlphanumeric(data[i]), i == 3 && data[i] != ',':
			return false, true
		}
	}
	return true, true
}

func isAlphanumeric(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

func (c *codec) cutRecord(data []byte, atEOF bool) (int, []byte, error) {
	n := c.recordLength(data, atEOF)
	if n == 0 && atEOF && (fits(data, shortID) && len(data) >= 1+shortID+offTail || len(data) >= 1+longID+offTail) {
		n = len(data) // its end was lost, but nothing that a position is made of
	}
	switch {
	case n < 0, n == 0 && atEOF:
		return 1, nil, nil
	case n == 0:
		return 0, nil, nil
	}
	return n, data[:n], nil
}

// recordLength is the length of the record that data starts with: 0 if more bytes are needed, negative if it is none.
func (c *codec) recordLength(data []byte, atEOF bool) int {
	short := fits(data, shortID)
	switch {
	case !short && (data[0] != '$' || !fits(data, longID)):
		return -1
	case len(data) < shortRecord:
		return 0
	case !short:
		return available(data, longRecord)
	case data[0] == 'X' || c.short || surelyShort(data):
		return shortRecord
	}
	starts, known := startsMessage(data[shortRecord:])
	switch {
	case starts:
		c.short = true
		return shortRecord
	case atEOF && len(data) < extendedRecord:
		return shortRecord
	case !known || len(data) < extendedRecord:
		return 0
	case data[extendedRecord-1] > maxVoltage/256:
		return extendedRecord
	}
	starts, known = startsMessage(data[extendedRecord:])
	switch {
	case starts, atEOF && len(data) < voltageRecord:
		return extendedRecord
	case !known:
		return 0
	}
	return available(data, voltageRecord)
}

// maxVoltage is the highest voltage that a record is believed to carry, in 0.1 V.
const maxVoltage = 511

// available is n, or 0 if data has not as many bytes yet.
func available(data []byte, n int) int {
	if len(data) < n {
		return 0
	}
	return n
}

// surelyShort is whether 32 bytes are all of a record with a 5-byte id.
func surelyShort(data []byte) bool {
	signal := data[31] >= 1 && data[31] <= 31
	return data[30] == 0 && (data[16] == 0 || !signal)
}

// startsMessage is whether a sentence or record can start with data; known is false until two bytes say so.
func startsMessage(data []byte) (starts, known bool) {
	switch {
	case len(data) == 0:
		return false, false
	case !isHead(data[0]):
		return false, true
	case len(data) == 1:
		return false, false
	case data[0] == '*':
		return isAlphanumeric(data[1]), true
	}
	return isBCD(data[1]), true
}

// The lengths of a record's id.
const (
	shortID = 5
	longID  = 8
)

// fits is whether data, as far as it goes, is a record whose id has that many bytes: its fields are BCD and in range.
// Field by field it is head, id, hhmmss, ddmmyy, latitude ddmmmmmm, one byte, longitude dddmmmmmm and flags, speed and
// course of three digits each.
func fits(data []byte, id int) bool {
	for i := 1; i < len(data) && i < id+18; i++ {
		b := data[i]
		ok := true
		switch i - id {
		case 1: // hour
			ok = isBCD(b) && b <= 0x23
		case 2, 3: // minute, second
			ok = isBCD(b) && b <= 0x59
		case 4: // day
			ok = isBCD(b) && b <= 0x31
		case 5: // month
			ok = isBCD(b) && b <= 0x12
		case 7: // degrees of latitude
			ok = isBCD(b) && b <= 0x90
		case 8: // its minutes
			ok = isBCD(b) && b <= 0x59
		case 11: // battery or temperature
		case 12: // hundreds and tens of degrees of longitude
			ok = isBCD(b) && b <= 0x18
		case 13: // units of degrees, tens of minutes
			ok = isBCD(b) && b&0x0F <= 5
		case 16: // last digit and flags
			ok = b>>4 <= 9
		default:
			ok = isBCD(b)
		}
		if !ok {
			return false
		}
	}
	return true
}

func isBCD(b byte) bool { return b>>4 <= 9 && b&0x0F <= 9 }
