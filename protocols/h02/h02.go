// Package h02 speaks the H02 family: SinoTrack ST-901…ST-915 and ST-904L ("TQ GPRS transport protocol", "Protocol
// ST-901,901M,902,904,905,906,907"), Cantrack G20LS and TK-STAR ("2023 CANTRACK PROTOCOL"), ReachFar RF-V8/V16, and the
// many clones of them that open with *HQ, *TH or other two letters.
//
// A connection mixes sentences, *XX,<id>,<type>,…#, and binary records, $ and BCD. A record does not say how long it is
// (32, 42, 45 or 47 bytes): see codec.Split for how that is told from its bytes. Speeds are knots, times are UTC, and
// the bits of the status word are active when 0.
//
// There is no login: every message names its device, except the X record, which belongs to whoever spoke before it on
// the connection.
//
// A codec belongs to one conversation. It keeps the last speaker and what was learned of the record's length, some
// hundred bytes. The package imports protocols, texts and wire only.
package h02

import (
	"time"

	"drover/protocols"
	"drover/protocols/texts"
	"drover/protocols/wire"
)

// Protocol is the H02 family.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "h02",
		Port:     5013,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    speak,
		Guide:    guide(),
	}
}

// codec is one conversation.
type codec struct {
	id       string    // who spoke last; "" if nobody has
	maker    [2]byte   // the two letters that opened its last sentence; zero before the first
	at       time.Time // when the last frame arrived: the clock of the commands
	short    bool      // this conversation's records are 32 bytes long
	confirms bool      // it has shown the V6 or V8 of a dialect that wants R12 for everything
	password string    // of commands that want one; "" for the usual
}

// Know takes the password of commands, and whom they are for until somebody has spoken.
func (c *codec) Know(d protocols.Device) {
	c.password = d.Password
	if c.id == "" {
		c.id = d.Identity
	}
}

// Decode reads a sentence or a record.
func (c *codec) Decode(frame []byte, at time.Time) (protocols.Message, error) {
	c.at = at
	if len(frame) == 0 {
		return protocols.Message{}, &wire.Error{Field: "head", Err: wire.ErrShort}
	}
	switch frame[0] {
	case '*':
		return c.decodeSentence(frame)
	case '$', 'X':
		return c.decodeRecord(frame)
	}
	return protocols.Message{}, &wire.Error{Field: "head", Err: wire.ErrUnknown}
}

// speaker gives digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.id {
		c.id = string(digits)
	}
	return c.id
}

// entry is room for what a frame commonly means, so that it costs one allocation: a position, its usual attributes and
// the reply.
type entry struct {
	position   [1]protocols.Position
	attributes [6]protocols.Attribute
	reply      [48]byte
}

// open gives the position of a message that has just one.
func (e *entry) open(m *protocols.Message) *protocols.Position {
	e.position[0].Attributes = e.attributes[:0]
	m.Positions = e.position[:]
	return &e.position[0]
}
