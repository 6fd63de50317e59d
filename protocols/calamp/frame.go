package calamp

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// The types of messages.
const (
	kindNull     = 0
	kindAck      = 1
	kindEvent    = 2
	kindID       = 3
	kindUser     = 4
	kindApp      = 5
	kindConfig   = 6
	kindRequest  = 7
	kindLocate   = 8
	kindUserAcc  = 9
	kindMini     = 10
	kindMiniUser = 11
	lastKind     = 12
)

// The services.
const (
	unacknowledged = 0
	acknowledged   = 1
	response       = 2
)

// The options, by their bits in the first byte. Each but the last says its length.
const (
	optionsHead     = 1 << 7
	optionID        = 1 << 0
	optionExtension = 1 << 6
	optionBits      = 6 // those with a length: id, type of id, authentication, routing, forwarding, redirection
)

const (
	maxFrame  = 2048 // the longest message taken, bytes: a datagram
	maxOption = 20   // the longest option, bytes
	fixLength = 36   // of the fixed part that event, locate, user and application messages share
	miniFix   = 18   // of that of the mini ones
)

// head is what a message says before its content.
type head struct {
	id      []byte // who speaks, in BCD padded with F; nil if it is not said
	service byte
	kind    byte
	seq     uint16
	at      int // where the content starts
}

// open walks the options. more says that bytes are missing to tell; ok is false if this is no message.
func open(data []byte) (h head, more, ok bool) {
	at := 0
	if len(data) > 0 && data[0]&optionsHead != 0 {
		flags := data[0]
		at = 1
		for bit := range optionBits {
			if flags&(1<<bit) == 0 {
				continue
			}
			if at >= len(data) {
				return h, true, true
			}
			n := int(data[at])
			if n > maxOption || bit == 0 && (n == 0 || n > 10) {
				return h, false, false
			}
			at += 1 + n
			if 1<<bit == optionID {
				h.id = data[min(at-n, len(data)):min(at, len(data))]
			}
		}
		if flags&optionExtension != 0 {
			if at >= len(data) {
				return h, true, true
			}
			at += 1 + int(data[at])
		}
	}
	if at+4 > len(data) {
		return h, true, at < maxFrame
	}
	h.service, h.kind, h.seq, h.at = data[at], data[at+1], binary.BigEndian.Uint16(data[at+2:]), at+4
	return h, false, h.service <= response && h.kind <= lastKind
}

// isID is whether b, as far as it goes, is digits padded with F.
func isID(b []byte) bool {
	padding := false
	for i, c := range b {
		for _, d := range [...]byte{c >> 4, c & 15} {
			if d > 9 && d != 15 || d != 15 && padding {
				return false
			}
			padding = d == 15
		}
		if i == 0 && padding {
			return false
		}
	}
	return true
}

// length is that of the whole message: 0 if more bytes are needed to tell, -1 if nothing tells.
func (h *head) length(data []byte) int {
	var n int
	switch h.kind {
	case kindNull, kindRequest:
		return h.at
	case kindAck:
		return h.at + 6
	case kindEvent:
		n = h.at + fixLength + 2
	case kindLocate:
		n = h.at + fixLength
	case kindMini:
		n = h.at + miniFix + 1
	case kindUser:
		return h.sized(data, fixLength+2)
	case kindApp:
		return h.sized(data, fixLength+2)
	default:
		return -1
	}
	if n >= len(data) {
		return 0
	}
	count := int(data[n] & 0x3F)
	if data[n]>>6 == 1 {
		count += 2 // a threshold and a mask
	}
	if h.kind != kindMini {
		n++
	}
	return n + 1 + 4*count
}

// sized is the length of a message that says it behind so many bytes.
func (h *head) sized(data []byte, behind int) int {
	if at := h.at + behind; at+2 <= len(data) {
		return at + 2 + int(binary.BigEndian.Uint16(data[at:]))
	}
	return 0
}

// Split gives the whole datagram. Over TCP it cuts where the content says how long it is; other types take all that
// comes until the conversation ends.
func (c *codec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	h, more, ok := open(data)
	if !ok {
		return 0, nil, &wire.Error{Field: "options", Offset: 0, Err: wire.ErrUnknown}
	}
	n := 0
	if !more {
		n = h.length(data)
	}
	switch {
	case n > maxFrame:
		return 0, nil, &wire.Error{Field: "length", Offset: h.at, Err: wire.ErrTooLong}
	case n > 0 && n <= len(data):
		if atEOF && !another(data[n:]) {
			n = len(data)
		}
		return n, data[:n], nil
	case atEOF:
		return len(data), data, nil
	case len(data) >= maxFrame:
		return 0, nil, &wire.Error{Field: "length", Offset: h.at, Err: wire.ErrTooLong}
	}
	return 0, nil, nil
}

// another is whether rest starts another message that names its unit; anything else behind a message belongs to it.
func another(rest []byte) bool {
	h, more, ok := open(rest)
	return ok && !more && len(h.id) > 0 && isID(h.id) && h.length(rest) > 0
}

// sniff walks the options and knows a message of a known length. There is no proof.
func sniff(first []byte) protocols.Match {
	switch {
	case len(first) == 0:
		return protocols.Match{Need: 12}
	case first[0]&optionsHead == 0, first[0]&optionID == 0:
		return protocols.Match{}
	}
	h, more, ok := open(first)
	switch {
	case !ok:
		return protocols.Match{}
	case more:
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	case h.service > acknowledged, !isID(h.id):
		return protocols.Match{}
	}
	n := h.length(first)
	switch {
	case n == 0, n > len(first):
		return protocols.Match{Level: protocols.LevelPrefix, Need: max(n, len(first)+1)}
	case n > 0 && n != len(first) && !another(first[n:]), n < 0 && len(first) < h.at+miniFix:
		return protocols.Match{Level: protocols.LevelPrefix}
	}
	return protocols.Match{Level: protocols.LevelShape}
}
