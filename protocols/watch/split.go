package watch

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxID      = 20
	indexSize  = 4
	lengthSize = 4

	maxHead  = 1 + 2 + 1 + maxID + 1 + indexSize + 1 + lengthSize + 1
	maxFrame = maxHead + 0xFFFF + 1
	maxNoise = 4096 // bytes that are no message before the conversation is given up
)

// head is what stands before a message's words.
type head struct {
	maker  [2]byte
	id     []byte
	index  []byte // nil where there is none
	length int    // as announced
	size   int    // of the head itself
}

// The answers of readHead.
const (
	headNone  = iota // this starts no message
	headShort        // more bytes are needed
	headWhole
)

// readHead reads [maker*id*length* or [maker*id*index*length*.
func readHead(data []byte) (h head, answer int) {
	for i := range min(len(data), 4) {
		if !fitsHead(i, data[i]) {
			return h, headNone
		}
	}
	if len(data) < 4 {
		return h, headShort
	}
	h.maker = [2]byte{data[1], data[2]}
	end, answer := star(data, 4, maxID)
	if answer != headWhole {
		return h, answer
	}
	h.id = data[4:end]
	from := end + 1
	if end, answer = star(data, from, lengthSize); answer != headWhole {
		return h, answer
	}
	length := wire.Field(data[from:end])
	h.size = end + 1
	// A second group of four hexadecimal digits is the length, and the first was an index.
	if again, answer := star(data, h.size, lengthSize); answer != headNone {
		if answer == headShort && (len(data) <= h.size || isHex(data[h.size:])) {
			return h, headShort
		}
		if second := data[h.size:max(again, h.size)]; answer == headWhole && len(second) == lengthSize && isHex(second) {
			h.index, length, h.size = length, second, again+1
		}
	}
	n, ok := length.Hex()
	if !ok || len(length) != lengthSize {
		return h, headNone
	}
	h.length = int(n)
	return h, headWhole
}

func isHex(b []byte) bool {
	_, ok := wire.Field(b).Hex()
	return ok
}

// fitsHead is whether b can be byte i of [XX*.
func fitsHead(i int, b byte) bool {
	switch i {
	case 0:
		return b == '['
	case 3:
		return b == '*'
	}
	return isWord(b)
}

func isWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

// star finds the * behind one to most letters and digits that start at from.
func star(data []byte, from, most int) (end, answer int) {
	for i := from; i < len(data) && i <= from+most; i++ {
		switch {
		case data[i] == '*' && i > from:
			return i, headWhole
		case !isWord(data[i]):
			return 0, headNone
		}
	}
	if len(data) > from+most {
		return 0, headNone
	}
	return 0, headShort
}

// Split cuts at the first ] of the words if it stands where the length says, or before it. A ] that comes sooner than
// the length says ends the message too if the words look finished; else it is part of a name of a Wi-Fi network or of
// bytes that were not escaped, and the length decides.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if skip := bytes.IndexByte(data, '['); skip != 0 {
		if skip < 0 {
			skip = len(data)
		}
		return c.pass(skip)
	}
	h, answer := readHead(data)
	switch {
	case answer == headNone, answer == headShort && atEOF:
		return c.pass(1)
	case answer == headShort:
		return 0, nil, nil
	}
	end := cut(data, &h, atEOF)
	switch {
	case end > 0:
		c.noise = 0
		return end, data[:end], nil
	case len(data) >= maxFrame:
		return 0, nil, &wire.Error{Field: "end", Offset: maxFrame, Err: wire.ErrTooLong}
	case atEOF:
		return c.pass(1)
	}
	return 0, nil, nil
}

func (c *codec) pass(n int) (int, []byte, error) {
	if c.noise += n; c.noise > maxNoise {
		return 0, nil, &wire.Error{Field: "start", Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

// cut is where a message ends; 0 if that can not be told yet.
func cut(data []byte, h *head, atEOF bool) int {
	i := bytes.IndexByte(data[h.size:], ']')
	switch {
	case i < 0 && atEOF && isText(data[h.size:]): // its end was lost
		return len(data)
	case i < 0:
		return 0
	}
	first, announced := h.size+i, h.size+h.length
	switch {
	case announced <= first || finished(data[h.size:first]):
		return first + 1
	case announced < len(data) && data[announced] == ']':
		return announced + 1
	case announced < len(data) || atEOF:
		return first + 1
	}
	return 0
}

// isText is whether words are a report or a greeting, which give what they have even if they are cut.
func isText(words []byte) bool {
	for _, kind := range [...]string{"UD", "AL", "WT", "LK,"} {
		if bytes.HasPrefix(words, []byte(kind)) {
			return true
		}
	}
	return false
}

// finished is whether words can end here: they have no comma, or a number or nothing is behind the last.
func finished(words []byte) bool {
	kind, rest, more := bytes.Cut(words, []byte{','})
	if !more {
		return true
	}
	switch string(kind) {
	case "TK", "JXTK", "img":
		return len(rest) <= 1
	}
	last := wire.Field(rest[bytes.LastIndexByte(rest, ',')+1:])
	_, _, ok := last.Decimal()
	return ok || len(last) == 0
}
