package starlink

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// head opens every line, as a rule; some trackers have another sign in the place of the $.
const head = "$SLU"

// maxLine is the most bytes of a line. The longest known have some three hundred.
const maxLine = 2048

// opens is whether data starts with the head.
func opens(data []byte) bool {
	return len(data) >= len(head) && isSign(data[0]) && string(data[1:len(head)]) == head[1:]
}

// isSign is whether a line can start with c.
func isSign(c byte) bool {
	letter := c|0x20 >= 'a' && c|0x20 <= 'z'
	digit := c >= '0' && c <= '9'
	return c > ' ' && c < 0x7F && !letter && !digit && c != ',' && c != '*'
}

// noise is how many bytes stand before the first head, or what can become one.
func noise(data []byte, atEOF bool) int {
	for i := range data {
		rest := data[i:]
		n := min(len(rest), len(head))
		if isSign(rest[0]) && string(rest[1:n]) == head[1:n] && (n == len(head) || !atEOF) {
			return i
		}
	}
	return len(data)
}

// Split cuts a line at its LF, or before the head of the next one if its end was lost. What starts no line is skipped.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	switch skip := noise(data, atEOF); {
	case skip > 0:
		return skip, nil, nil
	case len(data) < len(head):
		return 0, nil, nil
	}
	for i := len(head); i < min(len(data), maxLine); i++ {
		switch {
		case data[i] == '\n':
			return i + 1, data[:i+1], nil
		case data[i] == head[1] && opens(data[i-1:]):
			return i - 1, data[:i-1], nil
		}
	}
	switch {
	case len(data) >= maxLine:
		return 0, nil, &wire.Error{Field: "line", Offset: maxLine, Err: wire.ErrTooLong}
	case atEOF:
		return len(data), data, nil
	}
	return 0, nil, nil
}

// sniff knows a line by its head, which no other family has, its id, and its sum.
func sniff(first []byte) protocols.Match {
	n := min(len(first), len(head))
	switch {
	case n == 0:
		return protocols.Match{Need: len(head)}
	case !isSign(first[0]) || string(first[1:n]) != head[1:n]:
		return protocols.Match{}
	case n < len(head) && first[0] != head[0]:
		return protocols.Match{Need: len(head)}
	case n < len(head):
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(head)}
	}
	id, _, ok := bytes.Cut(first[len(head):min(len(first), len(head)+16)], []byte{','})
	switch {
	case !ok && len(id) < 16:
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	case !isID(id):
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelProof}
}
