package osmand

import (
	"unicode/utf16"
	"unicode/utf8"

	"drover/protocols/wire"
)

// maxDepth is how deep JSON may be nested.
const maxDepth = 32

// scanner reads JSON from front to back without building anything. The first fault sticks and ends all.
type scanner struct {
	data []byte
	at   int
	base int    // where data starts in the frame
	why  error  // the first fault, and
	bad  int    // where it is
	room []byte // of the last text that had escapes
	from int    // where the last text starts in data, -1 if it is in room
}

func (s *scanner) fail(err error) {
	if s.why == nil {
		s.why, s.bad = err, s.at
	}
	s.at = len(s.data)
}

// fault is the first fault as an error, nil if there was none.
func (s *scanner) fault() error {
	if s.why == nil {
		return nil
	}
	return &wire.Error{Field: "JSON", Offset: s.base + s.bad, Err: s.why}
}

// peek is the next character that is no space; 0 at the end.
func (s *scanner) peek() byte {
	for ; s.at < len(s.data); s.at++ {
		switch c := s.data[s.at]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// open passes { or [; false, and nothing passed, if something else is there.
func (s *scanner) open(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.at++
	return true
}

// key gives the next member's name; false at the end of the object. The name is borrowed until the next text.
func (s *scanner) key() ([]byte, bool) {
	if s.ends('}') {
		return nil, false
	}
	if s.peek() != '"' {
		s.fail(wire.ErrValue)
		return nil, false
	}
	name := s.text()
	if s.peek() != ':' {
		s.fail(wire.ErrValue)
		return nil, false
	}
	s.at++
	return name, s.why == nil
}

// item is whether there is one more value in the array.
func (s *scanner) item() bool { return !s.ends(']') && s.why == nil }

// ends passes a comma, or the end.
func (s *scanner) ends(end byte) bool {
	c := s.peek()
	if c == ',' {
		s.at++
		c = s.peek()
	}
	switch c {
	case end:
		s.at++
		return true
	case 0:
		s.fail(wire.ErrShort)
		return true
	}
	return false
}

// text reads a string, borrowed.
func (s *scanner) text() []byte {
	s.at++
	start := s.at
	for ; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case '"':
			s.at++
			s.from = start
			return s.data[start : s.at-1]
		case '\\':
			return s.escaped(start)
		}
	}
	s.fail(wire.ErrShort)
	return nil
}

// escaped reads on from the first escape of a string.
func (s *scanner) escaped(start int) []byte {
	s.room, s.from = append(s.room[:0], s.data[start:s.at]...), -1
	for s.at < len(s.data) {
		c := s.data[s.at]
		s.at++
		switch {
		case c == '"':
			return s.room
		case c != '\\':
			s.room = append(s.room, c)
		case s.at < len(s.data):
			s.escape()
		}
	}
	s.fail(wire.ErrShort)
	return nil
}

// escape reads what follows a backslash.
func (s *scanner) escape() {
	c := s.data[s.at]
	s.at++
	switch c {
	case 'b', 'f':
		c = ' '
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		r := s.unit()
		if utf16.IsSurrogate(r) && s.at+1 < len(s.data) && s.data[s.at] == '\\' && s.data[s.at+1] == 'u' {
			s.at += 2
			r = utf16.DecodeRune(r, s.unit())
		}
		s.room = utf8.AppendRune(s.room, r)
		return
	}
	s.room = append(s.room, c)
}

// unit reads four hexadecimal digits.
func (s *scanner) unit() rune {
	if s.at+4 > len(s.data) {
		s.fail(wire.ErrShort)
		return 0
	}
	r := rune(0)
	for range 4 {
		d, ok := nibble(s.data[s.at])
		if !ok {
			s.fail(wire.ErrValue)
			return 0
		}
		r = r<<4 | rune(d)
		s.at++
	}
	return r
}

// scalar reads a string, a number, or true, false and null as they are, borrowed. It skips an object or array and gives
// its text.
func (s *scanner) scalar() (b []byte, isText bool) {
	switch s.peek() {
	case '"':
		return s.text(), true
	case '{', '[':
		start := s.at
		s.skip(0)
		s.from = start
		return s.data[start:s.at], true
	}
	start := s.at
	for s.at < len(s.data) && isScalar(s.data[s.at]) {
		s.at++
	}
	if s.at == start {
		s.fail(wire.ErrValue)
	}
	return s.data[start:s.at], false
}

// skip passes any value.
func (s *scanner) skip(depth int) {
	switch {
	case depth > maxDepth:
		s.fail(wire.ErrTooLong)
	case s.open('{'):
		for {
			if _, more := s.key(); !more {
				return
			}
			s.skip(depth + 1)
		}
	case s.open('['):
		for s.item() {
			s.skip(depth + 1)
		}
	default:
		s.scalar()
	}
}

// isScalar is whether c is of a number, true, false or null.
func isScalar(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == '-' || c == '+' || c == '.' || c == 'E'
}
