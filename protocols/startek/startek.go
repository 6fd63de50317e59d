// Package startek speaks the text protocol of iStartek trackers (VT100 to VT800, PT20 to PT60, and their rebrandings).
//
// The vendor's papers are called "iStartek GPS tracker Communication Protocol" (V1.0, V1.3, V2.2). Captured frames bear
// out the report 000, its fuel, temperature and card fields, and the framing; the bits of the status are the paper's.
// The vehicle bus in the report and in 710, command 900 and the meaning of most events are general knowledge of the
// family or not known. The compressed report 020 is kept as bytes.
//
// # Identity and time
//
// There is no login: every frame names its IMEI. Times are UTC.
//
// # Checksum
//
// The sum of all bytes before it, modulo 256, right behind the last field. A frame with a wrong one is decoded, and its
// positions carry the attribute checksum_ok false.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library, and neither net nor os.
package startek

import (
	"strconv"

	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Startek family, usually on port 5222.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "startek",
		Port:     5222,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return &tracker{device: device} },
		Guide:    guide(),
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
	attributes [22]protocols.Attribute
}

// open gives the position of a message that has just one.
func (e *entry) open(m *protocols.Message) *protocols.Position {
	e.position[0].Attributes = e.attributes[:0]
	m.Positions = e.position[:]
	return &e.position[0]
}

// numbered is a name with a number in it, as in fuel_3.
func numbered(before string, n int, after string) string { return before + strconv.Itoa(n) + after }
