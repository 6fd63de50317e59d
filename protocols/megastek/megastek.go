// Package megastek speaks the text protocols of Megastek trackers (MT, GVT and PT series, watches, and rebrandings):
// $MGV of later models, and the two STX dialects of earlier ones, which carry an NMEA sentence.
//
// The vendor's papers are called "Megastek GPRS Communication Protocol" and "MGV002 Protocol". Captured frames bear
// out all three dialects and the checksum of STX; the command frame, and which words are alarms, are general
// knowledge.
//
// # Identity and time
//
// There is no login: every frame names its IMEI, or in one dialect a number of its own. Times are UTC.
//
// # Checksum
//
// Only STX sentences with commas have one: the sum of all bytes up to and with the semicolon, modulo 256. A frame with
// a wrong one is decoded, and its positions carry the attribute checksum_ok false.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package megastek

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Protocol is the Megastek family, usually on port 5024.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "megastek",
		Port:  5024,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return &tracker{device: device} },
		Guide: guide(),
	}
}

// codec is the server's side of one conversation.
type codec struct {
	device string // who spoke last, or whose profile it is; "" before either
}

// Know takes the identity from the device's profile, for a command before the first report.
func (c *codec) Know(d protocols.Device) {
	if c.device == "" {
		c.device = d.Identity
	}
}

// speaker gives digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.device {
		c.device = string(digits)
	}
	return c.device
}

// entry is room for what a report commonly means, so that it costs one allocation.
type entry struct {
	position   [1]protocols.Position
	attributes [14]protocols.Attribute
}

// open gives the position of a message that has just one.
func (e *entry) open(m *protocols.Message) *protocols.Position {
	e.position[0].Attributes = e.attributes[:0]
	m.Positions = e.position[:]
	return &e.position[0]
}

// Decode reads one frame.
func (c *codec) Decode(data []byte, _ time.Time) (protocols.Message, error) {
	var m protocols.Message
	f := frame{body: bytes.TrimRight(data, "\r\n")}
	if len(f.body) > lengthDigits && wire.Digits(f.body[:lengthDigits]) {
		f.body, f.at = f.body[lengthDigits:], lengthDigits
	}
	var err error
	switch {
	case bytes.HasPrefix(f.body, []byte(opensNew)):
		err = c.decodeNew(&m, &f)
	case bytes.HasPrefix(f.body, []byte(opensAnswer)):
		err = c.decodeAnswer(&m, &f)
	case bytes.HasPrefix(f.body, []byte(opensStored)):
		err = c.decodeOld(&m, &f, len(opensStored))
	case bytes.HasPrefix(f.body, []byte(opensOld)):
		err = c.decodeOld(&m, &f, len(opensOld))
	default:
		err = f.fail("header", wire.ErrUnknown)
	}
	return m, err
}

// frame is a frame without its length, CR and LF.
type frame struct {
	body []byte
	at   int // where it starts
}

// fail is the error of a field; the frame's start stands for the field's place.
func (f *frame) fail(field string, err error) error {
	return &wire.Error{Field: field, Offset: f.at, Err: err}
}

// noteNumber adds an attribute that is a number; anything else is left out.
func noteNumber(p *protocols.Position, name string, w wire.Field) {
	if v, scale, ok := w.Decimal(); ok {
		p.Note(name, protocols.Decimal(v, scale))
	}
}
