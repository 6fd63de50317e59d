package totem

import "bytes"

// Split cuts frames where their announced length says, or before that at the end of the line or the next frame's $$; a
// length is below 1,000. What does not start a frame is skipped, as are CR and LF between frames.
func (c *codec) Split(data []byte, atEOF bool) (advance int, piece []byte, err error) {
	start := bytes.Index(data, []byte("$$"))
	if start != 0 {
		return noise(data, start, atEOF), nil, nil
	}
	head, length, ok := header(data)
	if !ok {
		return 1, nil, nil
	}
	if head > 0 {
		whole := data[:min(len(data), length)]
		for i := head; i < len(whole); i++ {
			switch {
			case whole[i] == '\n':
				return i + 1, data[:i+1], nil
			case whole[i] == '$' && whole[i-1] == '$':
				return i - 1, data[:i-1], nil
			}
		}
		if len(whole) == length {
			return length, whole, nil
		}
	}
	if atEOF {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// noise is how much of data, in which a frame starts at start, to pass over.
func noise(data []byte, start int, atEOF bool) int {
	n := len(data)
	switch {
	case start > 0:
		return start
	case n > 0 && data[n-1] == '$' && !atEOF:
		return n - 1
	}
	return n
}
