// Package topflytech speaks the protocol of TopflyTech trackers: T8801 to T8808 (frames that open with 2323), T8806+,
// TLW and TLD vehicle trackers (2525), OBD and CAN trackers (2626), and asset and personal trackers, padlocks and
// solar ones (2727). A few old ones report in text that stands in parentheses.
//
// The layouts are those of the vendor's documents "TOPFLYtech Device Communication Protocol" for each line of products
// and of the codec that the vendor publishes. The first byte pair names the line, the third byte the type; one type may
// have a layout of its own in each line.
//
// # Identity and time
//
// Every frame carries the IMEI in BCD. Times are BCD and UTC.
//
// # Checksum
//
// There is none. Trackers can be told to encrypt (AES) or to append a digest (MD5): the digest is passed over as noise,
// an encrypted frame cannot be read.
//
// # Departures
//
// Bit 7 of a location's status byte says that it comes from the tracker's memory; such a fix is as valid as any other.
// Cells are little-endian in the 2323 line and big-endian elsewhere; which it is, is told by the country.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library.
package topflytech

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the TopflyTech family, usually on port 5094.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "topflytech",
		Port:     5094,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Guide:    guide,
	}
}
