package taip

import (
	"bytes"

	"drover/protocols/wire"
)

// maxSentence is the most characters of a message, and of what lies between two.
const maxSentence = 4096

// Split cuts from > to <. What is outside is skipped.
// The last message of a datagram may lack its end.
func (c *codec) Split(data []byte, atEOF bool) (advance int, frame []byte, err error) {
	start := bytes.IndexByte(data, '>')
	switch {
	case start < 0:
		if c.noise += len(data); c.noise > maxSentence {
			return 0, nil, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
		}
		return len(data), nil, nil
	case start > 0:
		return start, nil, nil
	}
	end := bytes.IndexByte(data[:min(len(data), maxSentence)], '<') + 1
	switch {
	case end == 0 && len(data) >= maxSentence:
		return 0, nil, &wire.Error{Field: "message", Offset: maxSentence, Err: wire.ErrTooLong}
	case end == 0 && !atEOF:
		return 0, nil, nil
	case end == 0:
		end = len(data)
	}
	c.noise = 0
	if again := bytes.LastIndexByte(data[:end], '>'); again > 0 {
		return again, nil, nil // the first one lost its end
	}
	return end, data[:end], nil
}

// sentence is what stands where in a message.
type sentence struct {
	data   []byte // from > to before <
	body   []byte // kind and columns, after >
	parts  []byte // after the first semicolon
	id     []byte
	number []byte // with its #
	before bool   // the number stands before the ID
	right  bool   // it is right, or there is none
	star   bool   // it counts the *
}

// open finds body, ID, number and checksum.
func open(frame []byte) (s sentence, err error) {
	if len(frame) < 5 || frame[0] != '>' {
		return s, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrShort}
	}
	s.data = bytes.TrimSuffix(frame, []byte{'<'})
	s.body, s.parts, _ = bytes.Cut(s.data[1:], semicolon)
	s.right, s.star = true, !bytes.HasPrefix(s.body, []byte("RUV"))
	for rest := s.parts; len(rest) > 0; {
		var part []byte
		at := len(s.data) - len(rest)
		part, rest, _ = bytes.Cut(rest, semicolon)
		switch {
		case len(part) >= 3 && part[0]|0x20 == 'i' && part[1]|0x20 == 'd' && part[2] == '=':
			s.id = part[3:]
		case len(part) > 1 && part[0] == '#':
			s.number, s.before = part, s.id == nil
		case len(part) == 3 && part[0] == '*':
			s.check(part[1:], at)
		}
	}
	return s, nil
}

var semicolon = []byte{';'}

// words is the message without ID, number and checksum.
func (s *sentence) words() string {
	words := s.data[1:]
	for _, part := range [...]string{";ID=", ";#", ";*"} {
		if i := bytes.Index(words, []byte(part)); i >= 0 {
			words = words[:i]
		}
	}
	return string(words)
}

// check holds the checksum against the characters before it, with the * and without.
func (s *sentence) check(digits []byte, at int) {
	sum, ok := hexNumber(digits)
	x := wire.Xor(s.data[:at])
	switch {
	case !ok:
		s.right = false
	case byte(sum) == x^'*':
		s.star = true
	case byte(sum) == x:
		s.star = false
	default:
		s.right = false
	}
}

// reply appends what the tracker waits for; nil if the message names nobody.
func (s *sentence) reply(b []byte) []byte {
	if len(s.id) == 0 {
		return nil
	}
	switch {
	case s.number == nil:
		return append(b, s.id...)
	case bytes.HasPrefix(s.number, []byte("#IP")):
		b = append(append(b, ">SAK;ID="...), s.id...)
		b = append(append(b, ';'), s.number...)
		return append(b, '<')
	case s.before:
		b = append(append(b, ">ACK;"...), s.number...)
		b = append(append(b, ";ID="...), s.id...)
	default:
		b = append(append(b, ">ACK;ID="...), s.id...)
		b = append(append(b, ';'), s.number...)
	}
	b = append(b, ';')
	x := wire.Xor(b)
	if s.star {
		x ^= '*'
	}
	const hex = "0123456789ABCDEF"
	return append(b, '*', hex[x>>4], hex[x&15], '<')
}

// hexNumber reads up to 8 hexadecimal digits.
func hexNumber(b []byte) (uint32, bool) {
	if len(b) == 0 || len(b) > 8 {
		return 0, false
	}
	var n uint32
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		n = n<<4 | uint32(c)
	}
	return n, true
}

// number reads a sign and digits, 18 at most.
func number(b []byte) (int64, bool) {
	negative := len(b) > 0 && b[0] == '-'
	if negative || len(b) > 0 && b[0] == '+' {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	n := int64(0)
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}
