package jt808

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	maxFrame    = 8192 // the longest frame taken, bytes; the standard ends at 1023 of content
	maxSentence = 512  // the longest text in parentheses
	maxNoise    = 4096 // what may lie between two frames before the conversation is given up
)

const (
	mark      = 0x7E
	otherMark = 0xE7 // of the dialect with other escapes and an identity of seven bytes
)

// The bits of a header's attribute word.
const (
	lengthBits    = 0x03FF
	encryptedBits = 0x1C00
	partedBit     = 1 << 13
	versionedBit  = 1 << 14
	confirmBit    = 1 << 15 // of a lock: an answer is wanted
)

// header is what an opened frame says before its content.
type header struct {
	kind      uint16
	attribute uint16
	versioned bool // the edition of 2019
	version   byte
	id        []byte // borrowed
	serial    uint16
	total     uint16 // parts of the message; 0 if it is whole
	index     uint16 // of the part, from 1
	start     int    // where the body starts in the opened frame
	body      []byte // borrowed
	mark      byte
	spoilt    bool // the checksum is wrong
}

// open resolves a frame's escapes, into scratch where there are any, and reads its header.
func open(data, scratch []byte) (h header, opened []byte, err error) {
	if len(data) < 2 || data[0] != mark && data[0] != otherMark || data[len(data)-1] != data[0] {
		return h, scratch, &wire.Error{Field: "delimiter", Offset: 0, Err: wire.ErrUnknown}
	}
	h.mark = data[0]
	content := data[1 : len(data)-1]
	escapes := []byte{0x7D}
	if h.mark == otherMark {
		escapes = []byte{0xE6, 0x3E}
	}
	if bytes.IndexByte(content, escapes[0]) >= 0 || bytes.IndexByte(content, escapes[len(escapes)-1]) >= 0 {
		scratch = unescape(scratch[:0], content, h.mark)
		content = scratch
	}
	return h, scratch, h.read(content)
}

// read reads the header of an unescaped frame without its delimiters.
func (h *header) read(content []byte) error {
	r := wire.NewReader(content)
	h.kind, h.attribute = r.U16("message id"), r.U16("attributes")
	lock := isLock(h.kind)
	width := 6
	switch {
	case !lock && h.attribute&versionedBit != 0:
		h.versioned, width = true, 10
		h.version = r.U8("protocol version")
	case h.mark == otherMark:
		width = 7
	}
	h.id = r.Bytes("terminal number", width)
	if lock {
		h.serial = uint16(r.U8("serial number"))
	} else {
		h.serial = r.U16("serial number")
	}
	whole := r.Len() == int(h.attribute&lengthBits)+1 // some set the bit of parts and have none
	if h.attribute&partedBit != 0 && !lock && !whole {
		h.total, h.index = r.U16("total of parts"), r.U16("number of the part")
	}
	h.start = r.Offset()
	rest := r.Rest()
	if len(rest) == 0 && r.Err() == nil {
		r.Fail("checksum", wire.ErrShort)
	}
	if err := r.Err(); err != nil {
		return err
	}
	h.body = rest[:len(rest)-1]
	h.spoilt = wire.Xor(content) != 0
	return nil
}

// unescape appends content without its escapes. What is no escape is kept as it is.
func unescape(b, content []byte, delimiter byte) []byte {
	for i := 0; i < len(content); i++ {
		c := content[i]
		if i+1 < len(content) {
			if plain, ok := escaped(c, content[i+1], delimiter); ok {
				c = plain
				i++
			}
		}
		b = append(b, c)
	}
	return b
}

// escaped is what two bytes stand for, and whether they are an escape.
func escaped(first, second, delimiter byte) (byte, bool) {
	if delimiter == mark {
		if first == 0x7D && (second == 1 || second == 2) {
			return 0x7C + second, true
		}
		return 0, false
	}
	switch {
	case first == 0xE6 && (second == 1 || second == 2):
		return 0xE5 + second, true
	case first == 0x3E && second == 1:
		return 0x3E, true
	case first == 0x3E && second == 2:
		return 0x3D, true
	}
	return 0, false
}

// appendEscaped appends content between delimiters.
func appendEscaped(b, content []byte, delimiter byte) []byte {
	b = append(b, delimiter)
	for _, c := range content {
		switch {
		case delimiter == mark && (c == mark || c == 0x7D):
			b = append(b, 0x7D, c-0x7C)
		case delimiter == otherMark && (c == otherMark || c == 0xE6):
			b = append(b, 0xE6, c-0xE5)
		case delimiter == otherMark && (c == 0x3E || c == 0x3D):
			b = append(b, 0x3E, 0x3F-c)
		default:
			b = append(b, c)
		}
	}
	return append(b, delimiter)
}

// envelope is what a frame to or from a terminal begins with.
type envelope struct {
	mark      byte
	versioned bool
	version   byte
	id        []byte
}

func (h *header) envelope() envelope {
	return envelope{mark: h.mark, versioned: h.versioned, version: h.version, id: h.id}
}

// appendFrame appends a frame. A body that is longer than a frame can say is the caller's fault.
func (e envelope) appendFrame(b []byte, kind, serial uint16, body []byte) []byte {
	var room [128]byte
	raw := binary.BigEndian.AppendUint16(room[:0], kind)
	attribute := uint16(len(body)) & lengthBits
	if e.versioned {
		raw = binary.BigEndian.AppendUint16(raw, attribute|versionedBit)
		raw = append(raw, e.version)
	} else {
		raw = binary.BigEndian.AppendUint16(raw, attribute)
	}
	raw = append(raw, e.id...)
	if kind == kindLockAnswer {
		raw = append(raw, byte(serial))
	} else {
		raw = binary.BigEndian.AppendUint16(raw, serial)
	}
	raw = append(raw, body...)
	raw = append(raw, wire.Xor(raw))
	return appendEscaped(b, raw, e.mark)
}
