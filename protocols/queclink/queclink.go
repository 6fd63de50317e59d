// Package queclink speaks the @Track air interface of Queclink's trackers: GL, GV, GB, GMT, CV and their kin, of every
// device type and protocol version ("@Track Air Interface Protocol" of GL200, GL300, GL500, GL520, GV200, GV300, GV500,
// GV50M, GV350M, GV600MG, GMT100 and others).
//
// Three forms share the port and are told by their first bytes:
//
//   - text: +RESP:GTxxx, +BUFF:GTxxx (kept while there was no connection) and +ACK:GTxxx, commas, and $ at the end;
//   - HEX: +RSP, +EVT, +INF… and type, mask, length, CRC-16/CCITT-FALSE, CR LF;
//   - records: 2B 00 (or 2D 00 from the buffer), length, elements, CRC-8, $ (GL601, GV500CNA and later).
//
// What the fields of a text mean depends on the type of report, the model and the version. So a fix is found by the
// shape of its run of fields (accuracy, speed, azimuth, altitude, longitude, latitude, time, cell), wherever it stands;
// tables then say what stands before it, and what follows is told by shape as well. An unknown type or model so still
// gives its fix, and the fields that nobody named as text.
//
// There is no login: every message names its device. Times of fixes are UTC; the time of sending is local where the
// tracker was told a time zone. A text has no checksum; that of the binary forms is compared, and a frame that breaks
// it is decoded and flagged with checksum_ok = false.
//
// A codec belongs to one conversation and keeps some hundred bytes: who spoke last, and how its clock stands. The
// package imports protocols, texts and wire only.
package queclink

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Protocol is the Queclink family.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "queclink",
		Port:     5004,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: readText,
		HearText: hearText,
		Speak:    speak,
		Options: []protocols.Option{{
			Name: "sack",
			About: "Whether the tracker waits for an acknowledgement of each report (SACK Enable of AT+GTSRI, " +
				"SACK Mode of AT@ACK).",
			Values: []string{"off", "on"},
		}},
		Guide: guide,
	}
}

// codec is one conversation.
type codec struct {
	id      string // who spoke last; "" if nobody has
	name    string // the name it gave itself; "" if none
	version []byte // its last <Protocol Version>, the device type first; empty before the first text
	sack    bool   // the profile says that it waits for acknowledgements
	records bool   // it speaks in records: commands of the texts are not its own

	device protocols.Device // the profile; zero before Know
	clock  time.Duration    // of the times of sending: what they are ahead of UTC, as the last fix showed
}

// Know takes the profile: the password of commands, the clock and whether to acknowledge.
func (c *codec) Know(d protocols.Device) {
	c.device = d
	c.sack = d.Options["sack"] == "on"
}

// Decode reads one frame of any form.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	if len(frame) < 5 {
		return protocols.Message{}, &wire.Error{Field: "header", Offset: len(frame), Err: wire.ErrShort}
	}
	switch {
	case frame[1] == 0 && (frame[0] == '+' || frame[0] == '-'):
		return c.decodeRecords(frame)
	case hexKind(frame) != hexNone:
		return c.decodeHex(frame)
	case frame[0] == '+':
		return c.decodeText(frame)
	}
	return protocols.Message{}, &wire.Error{Field: "header", Err: wire.ErrUnknown}
}

// same gives b as a string: kept, if it is equal to that.
func same(kept *string, b []byte) string {
	if string(b) != *kept {
		*kept = string(b)
	}
	return *kept
}

// utc is a time of sending as UTC: by the profile's clock, or by what the last fix showed of it.
func (c *codec) utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	if offset, ok := c.device.Offset.Get(); ok {
		return t.Add(-offset)
	}
	return t.Add(-c.clock)
}

// learnClock compares the time of sending with that of a fresh fix: what is a multiple of a quarter of an hour apart, a
// minute more or less, is a time zone.
func (c *codec) learnClock(sent, fix time.Time) {
	const quarter = 15 * time.Minute
	ahead := sent.Sub(fix)
	if zone := ahead.Round(quarter); zone >= -14*time.Hour && zone <= 14*time.Hour && (ahead-zone).Abs() <= time.Minute {
		c.clock = zone
	}
}

// record is room for what a frame commonly means, so that it costs one allocation.
type record struct {
	position   [1]protocols.Position
	attributes [14]protocols.Attribute
	reply      [40]byte
}

// open gives the position of a message that has just one.
func (r *record) open(m *protocols.Message) *protocols.Position {
	r.position[0].Attributes = r.attributes[:0]
	m.Positions = r.position[:]
	return &r.position[0]
}

// wide is a record with room for the items of a vehicle's bus.
type wide struct {
	record
	items [36]protocols.Attribute
}
