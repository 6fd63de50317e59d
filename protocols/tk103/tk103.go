// Package tk103 speaks the parenthesised text protocol of the first TK103 trackers and their many relatives: KX402,
// GPS318, TK103B, CT04, the personal trackers that report with commas, and battery systems behind such a tracker.
//
// The vendor's papers are "GPS Tracker Communication Protocol" and "GPRS Communication Protocol Version 1.5" (KX402).
// Positions, handshake, login, alarms, cell reports and the comma dialect are borne out by captured messages; the
// status characters but the first two, alarm words of the comma dialect and commands are from general knowledge. The
// battery report follows the layout of the battery maker's own bus ("Daly CAN communications protocol").
//
// # Identity and time
//
// Each message names its device by 12 digits, often the last of its IMEI, or by the IMEI. Times are UTC. The date is
// yymmdd where it follows the command at once, and ddmmyy in the comma dialect.
//
// # Checksum
//
// There is none.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library.
package tk103

import (
	"time"

	"drover/protocols"
	"drover/protocols/texts"
	"drover/protocols/wire"
)

// Protocol is the TK103 family, usually on port 5002.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "tk103",
		Port:     5002,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    speak,
		Options: []protocols.Option{{
			Name:   optionDialect,
			About:  "How the tracker takes commands: as (id…) or as [begin]sms2,…,[end] with the words of its SMS commands.",
			Values: []string{"standard", "sms2"},
		}},
		Guide: guide(),
	}
}

const optionDialect = "command_dialect"

// codec is the server's side of one conversation.
type codec struct {
	id   string // who spoke last
	sms2 bool   // commands are the words of SMS
}

// Know takes the dialect of commands and, if it has not spoken yet, the identity.
func (c *codec) Know(d protocols.Device) {
	c.sms2 = d.Options[optionDialect] == "sms2"
	if c.id == "" {
		c.id = d.Identity
	}
}

// record is the room for what a message commonly means, so that it costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [12]protocols.Attribute
	reply      [32]byte
	result     protocols.Result
}

// open gives the position of a message.
func (r *record) open(m *protocols.Message) *protocols.Position {
	r.positions[0].Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	return &r.positions[0]
}

// The digits of an id.
const (
	minID   = 10
	shortID = 12 // of most trackers
	maxID   = 15
)

// Decode reads a message.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	var m protocols.Message
	if len(frame) == 0 || frame[0] != '(' {
		return m, &wire.Error{Field: "start", Err: wire.ErrUnknown}
	}
	body := frame[1:]
	if n := len(body); n > 0 && body[n-1] == ')' {
		body = body[:n-1]
	}
	n := 0
	for n < len(body) && body[n] >= '0' && body[n] <= '9' {
		n++
	}
	switch {
	case n < minID || n > maxID:
		return m, &wire.Error{Field: "id", Offset: 1, Err: wire.ErrValue}
	case n+4 > len(body):
		return m, &wire.Error{Field: "command", Offset: 1 + n, Err: wire.ErrShort}
	}
	m.Device = c.speaker(body[:n])
	if body[n] == ',' {
		return m, c.commas(body[n+1:], 2+n, &m)
	}
	return m, c.command(body[n:], 1+n, &m)
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
	p.Note(name, protocols.Text(string(b)))
}
