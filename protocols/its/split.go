package its

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxSentence = 2048 // the longest sentence taken, bytes
	maxNoise    = 4096 // what may lie between two sentences, bytes, before the conversation is given up
	minSentence = 4    // bytes: $ and a word
)

// Split cuts a sentence from its $ to its *, to the end of the line, or to the next $. What stands behind the * up to
// the next $ is a checksum or a line end, and is passed over.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	start := bytes.IndexByte(data, '$')
	if start != 0 {
		if start < 0 {
			start = len(data)
		}
		if c.noise += start; c.noise > maxNoise {
			return 0, nil, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
		}
		return start, nil, nil
	}
	n, whole := end(data)
	switch {
	case !whole && len(data) >= maxSentence:
		return 0, nil, &wire.Error{Field: "sentence", Offset: maxSentence, Err: wire.ErrTooLong}
	case !whole && !atEOF:
		return 0, nil, nil
	case n < minSentence:
		c.noise += n
		return n, nil, nil
	}
	c.noise = 0
	return n, data[:n], nil
}

// end is how long the sentence at the start of data is, and whether its end is there.
func end(data []byte) (int, bool) {
	for i := 1; i < min(len(data), maxSentence); i++ {
		switch data[i] {
		case '*', '\n':
			return i + 1, true
		case '$':
			return i, true
		}
	}
	return len(data), false
}
