// Package xexun2 speaks the protocol of Xexun (Shenzhen Xexun) 4G trackers, XT-009, XT-011, X1, X6, X7 and the badges
// and pendants built on them ("Xexun 4G communication protocol").
//
// A message stands between two FAAF: a type, a number, the identity in eight bytes, the length of the body, a checksum
// and the body, all with the high byte first. FAAF inside is written as FBBF01, FBBF as FBBF02. A report (14) has
// several records, each with masks that say what it carries.
//
// # Identity and time
//
// Every message has the IMEI, 15 BCD digits and a filler. Times are seconds since 1970, UTC.
//
// # Checksum
//
// The complement of the sum of the body's bytes. A message whose checksum is wrong is decoded and flagged checksum_ok
// false.
//
// # How well it is known
//
// Captures bear out the head, the checksum, the report with places, Wi-Fi networks and cells, and the alarm of removal.
// The rest of the masks, the alarms and the commands are from general knowledge of the paper.
//
// # Concurrency and imports
//
// A codec belongs to one conversation and keeps who spoke last. The package imports protocols and wire.
package xexun2

import "drover/protocols"

// Protocol is the family of Xexun's 4G trackers.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "xexun2",
		Port:  5233,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Guide: guide,
	}
}

// codec is one conversation.
type codec struct {
	id     [idSize]byte // who spoke last
	device string       // the same for people; "" if nobody has spoken
	noise  int          // bytes passed over since the last message
}

// Know takes the identity from the device's profile where none was heard.
func (c *codec) Know(d protocols.Device) {
	if c.device == "" {
		c.id, c.device = idOf(d.Identity), d.Identity
	}
}

// The types of message that have a meaning here.
const (
	kindCommand = 0x0007 // and its answer
	kindReport  = 0x0014
)
