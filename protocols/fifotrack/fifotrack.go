// Package fifotrack speaks the text protocol of Fifotrack trackers (A100 to A700, S20, S50, Q1 to Q3): reports A00 to
// A03, photos, and answers to commands.
//
// The vendor's papers are called "FIFOTRACK GPRS PROTOCOL / COMMAND LIST", one for each model. Captured frames bear
// out the framing, the checksum, A00, A01 and A03; the commands B00, B01 and C01 are those of the Q series' lists.
// Photos, the meaning of most alarm codes and the bits of the status are general knowledge of the family.
//
// # Identity and time
//
// There is no login: every frame names its IMEI. Times are UTC.
//
// # Checksum
//
// The exclusive or of all bytes from the length up to, but not with, the asterisk. A frame with a wrong one is
// decoded, and its positions carry the attribute checksum_ok false.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation; a codec keeps the name and length of the
// photo that is being fetched. The package imports only protocols, protocols/texts and protocols/wire beside the
// standard library, and neither net nor os.
package fifotrack

import (
	"strconv"

	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Fifotrack family, usually on port 5124.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "fifotrack",
		Port:     5124,
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
	number uint16 // of the last command
	photo  string // the photo that is being fetched, "" if none is
	size   int64  // its length, bytes
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
	reply      [64]byte
}

// open gives the position of a message that has just one.
func (e *entry) open(m *protocols.Message) *protocols.Position {
	e.position[0].Attributes = e.attributes[:0]
	m.Positions = e.position[:]
	return &e.position[0]
}

// numbered is name with a number, as in sensor_1.
func numbered(name string, n int) string { return name + strconv.Itoa(n) }
