// Package watch speaks the protocol of children's and elders' GPS watches of the SeTracker and Beesure applications
// (Wonlex GW, Q50 to Q100, Y-series, Reachfar and many more), "Communication protocol of GPS watches" V1.0 to V4.
//
// A message is [maker*id*length*words], with an index before the length on watches of the ZJ kind: the maker is two
// letters or digits, the length four hexadecimal digits. Words are text with commas between them; voice and pictures
// are bytes, in which 7D, [, ], comma and * are written as 7D and 01 to 05.
//
// # Identity and time
//
// Each message names its watch: ten digits out of the IMEI, or all of it. Times are UTC by most firmwares and local by
// some; the profile's offset is taken away from them.
//
// # Checksum
//
// None. The length is false on some firmwares, and on those that do not count the escapes; see codec.Split.
//
// # How well it is known
//
// Captures bear out LK, TKQ, UD in all its forms, AL, and their replies. INIT, CONFIG, WAD, WT, the health reports,
// voice, pictures and the commands are from general knowledge of the papers.
//
// # Concurrency and imports
//
// A codec belongs to one conversation and keeps who spoke last. The package imports protocols, texts and wire.
package watch

import (
	"time"

	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the family of the watches.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "watch",
		Port:     5093,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{maker: [2]byte{'3', 'G'}} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Guide:    guide,
	}
}

// codec is one conversation.
type codec struct {
	maker   [2]byte // of the last message
	device  string  // who spoke last
	indexed bool    // it writes an index into its messages
	offset  time.Duration
	noise   int // bytes passed over since the last message
}

// Know takes the clock's offset from the device's profile.
func (c *codec) Know(d protocols.Device) {
	c.offset = d.Offset.Value
	if c.device == "" {
		c.device = d.Identity
	}
}
