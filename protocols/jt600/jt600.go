// Package jt600 speaks the protocols of Jointech (Shenzhen Joint Technology): the JT600 vehicle trackers and the
// electronic padlocks JT701, JT704, JT705, JT707 and JT709. A connection mixes binary records, which start with $, and
// text in parentheses, which may hold binary with escapes.
//
// The vendor's papers are "The Protocol of JT701 Product" (V2.0, V3.6) and the notes to its software kits for JT701 to
// JT707. Records, the padlock's status, positions in text, lock events and the sensor report are borne out by captured
// messages; the alarms of a vehicle tracker's record and the commands are from general knowledge.
//
// # Identity and time
//
// Each message names its device by ten digits. Times are UTC, dates ddmmyy.
//
// # Checksum
//
// There is none. The end of a record is told by its length alone.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library.
package jt600

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Protocol is the Jointech family, usually on port 5014.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "jt600",
		Port:  5014,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{} },
		Speak: speak,
		Guide: guide(),
	}
}

// codec is the server's side of one conversation.
type codec struct {
	id string // who spoke last
}

// record is the room for what a message commonly means, so that it costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [16]protocols.Attribute
	reply      [24]byte
	result     protocols.Result
}

// open gives the position of a message that has just one.
func (r *record) open(m *protocols.Message) *protocols.Position {
	r.positions[0].Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	return &r.positions[0]
}

// Decode reads a record or a text.
func (c *codec) Decode(frame []byte, at time.Time) (protocols.Message, error) {
	switch {
	case len(frame) == 0:
		return protocols.Message{}, &wire.Error{Field: "start", Err: wire.ErrShort}
	case frame[0] == startRecord:
		return c.decodeRecord(frame)
	case frame[0] == startText:
		return c.decodeText(frame, at)
	}
	return protocols.Message{}, &wire.Error{Field: "start", Err: wire.ErrUnknown}
}

// speaker gives digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.id {
		c.id = string(digits)
	}
	return c.id
}

// noteColumn adds an attribute if the column says something; a number stays a number.
func noteColumn(p *protocols.Position, name string, b wire.Field) {
	if len(b) == 0 {
		return
	}
	if mantissa, scale, ok := b.Decimal(); ok {
		p.Note(name, protocols.Decimal(mantissa, scale))
		return
	}
	for _, c := range b {
		if c < ' ' || c > '~' {
			p.Note(name, protocols.Bytes(b))
			return
		}
	}
	p.Note(name, protocols.Text(string(b)))
}

// csq notes a signal of 0 to 31.
func csq(p *protocols.Position, v int) {
	if v >= 0 && v <= 31 {
		p.SignalPercent = protocols.Some((100*v + 15) / 31)
	}
}
