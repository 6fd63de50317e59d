package khd

import (
	"bytes"
	"encoding/hex"

	"drover/protocols"
	"drover/protocols/wire"
)

const (
	head     = 5    // start, type, length
	shortest = 7    // of a frame without content
	maxFrame = 1024 // the longest frame taken, bytes
	maxNoise = 4096 // what may lie between two frames before the conversation is given up
	start    = 0x29
	stop     = 0x0D
)

// The types of messages.
const (
	kindConfirm   = 0x21 // the server's, and the tracker's to a command
	kindLocate    = 0x30
	kindInterval  = 0x34
	kindResume    = 0x38
	kindCut       = 0x39
	kindUpload    = 0x80
	kindDemand    = 0x81
	kindAlarm     = 0x82
	kindNumbers   = 0x83
	kindText      = 0x84
	kindReply     = 0x85
	kindSwitch    = 0x86
	kindReupload  = 0x8E
	kindPeriphery = 0xA3
	kindLogin     = 0xB1
)

// announced is the length that a frame says, bytes.
func announced(data []byte) int { return head + int(data[3])<<8 + int(data[4]) }

// Split cuts at the announced length, and passes over what does not end there. The last frame may lack its end.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if skip := noise(data, atEOF); skip > 0 {
		return c.skip(skip)
	}
	if len(data) < head {
		return wait(data, atEOF)
	}
	end := announced(data)
	switch {
	case end > maxFrame && fromTracker(data[2]):
		return 0, nil, &wire.Error{Field: "length", Offset: 3, Err: wire.ErrTooLong}
	case end < shortest || !fromTracker(data[2]):
		return c.skip(2)
	case len(data) < end && atEOF && len(data) >= bodyAt+fixSize:
		end = len(data)
	case len(data) < end:
		return wait(data, atEOF)
	case data[end-1] != stop && !follows(data[end:]):
		return c.skip(2)
	}
	c.skipped = 0
	return end, data[:end], nil
}

// follows is whether another frame starts behind one, which then ends there whatever its last byte is.
func follows(rest []byte) bool { return len(rest) > 1 && rest[0] == start && rest[1] == start }

// wait asks for more bytes, or fails if there are no more.
func wait(data []byte, atEOF bool) (int, []byte, error) {
	if atEOF {
		return 0, nil, &wire.Error{Field: "stop", Offset: len(data), Err: wire.ErrShort}
	}
	return 0, nil, nil
}

// skip passes bytes over.
func (c *codec) skip(n int) (int, []byte, error) {
	if c.skipped += n; c.skipped > maxNoise {
		return 0, nil, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	}
	return n, nil, nil
}

// noise is how many bytes stand before the first start.
func noise(data []byte, atEOF bool) int {
	if i := bytes.Index(data, []byte{start, start}); i >= 0 {
		return i
	}
	if !atEOF && data[len(data)-1] == start {
		return len(data) - 1
	}
	return len(data)
}

// sniff knows a first message by its type and checksum (proof), or by its type and length (shape).
func sniff(first []byte) protocols.Match {
	for i := range min(2, len(first)) {
		if first[i] != start {
			return protocols.Match{}
		}
	}
	switch {
	case len(first) == 0:
		return protocols.Match{Need: 2}
	case len(first) < head:
		return protocols.Match{Level: protocols.LevelPrefix, Need: head}
	}
	end := announced(first)
	known := fromTracker(first[2])
	switch {
	case end > maxFrame || end < shortest || !known:
		return protocols.Match{}
	case len(first) < end:
		return protocols.Match{Level: protocols.LevelPrefix, Need: end}
	case first[end-1] != stop && len(first) < end+2:
		return protocols.Match{Level: protocols.LevelPrefix, Need: end + 2}
	case first[end-1] != stop && !follows(first[end:]):
		return protocols.Match{}
	case wire.Xor(first[:end-1]) != 0:
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{Level: protocols.LevelProof}
}

// fromTracker is whether trackers say messages of a type.
func fromTracker(kind byte) bool { return kind >= 0x80 || kind == kindConfirm }

// identity is the digits of a pseudo IP.
func identity(b []byte) string {
	var room [8]byte
	digits := room[:0]
	for i, n := range b {
		if i == 1 || i == 2 {
			n -= 0x80
		}
		if n > 99 {
			return hex.EncodeToString(b)
		}
		digits = append(digits, '0'+n/10, '0'+n%10)
	}
	return string(digits)
}

// appendFrame appends a frame of a pseudo IP (nil: none) and content.
func appendFrame(b []byte, kind byte, id, content []byte) []byte {
	from := len(b)
	n := len(id) + len(content) + 2
	b = append(b, start, start, kind, byte(n>>8), byte(n))
	b = append(b, id...)
	b = append(b, content...)
	return append(b, wire.Xor(b[from:]), stop)
}
