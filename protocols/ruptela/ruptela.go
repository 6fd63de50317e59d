// Package ruptela speaks the protocol of Ruptela trackers: FM-Eco, FM-Pro, FM-Tco, HCV, LCV, Trace and Plug.
//
// A packet is a length of two bytes, the IMEI as a number of eight, a command byte, its payload and a checksum, high
// byte first throughout. The server's packets are the same without the IMEI; their command is the tracker's plus 100.
//
// The vendor's papers are the "Communication protocol" of the FM series and, for the commands, "SMS commands list".
//
// # How well the layouts are known
//
// Captured packets bear out records (1), extended records (68) with split ones, files (37) and identification. From
// general knowledge of the family alone are diagnostic trouble codes (9), driver cards (36), the answers to commands
// (2 to 7, 17), the transparent channel (14), and the names of most elements; what has no name here is io and its id.
//
// # Identity and time
//
// Every packet names the IMEI. Times are seconds since 1970, UTC; a second that has several records numbers them.
//
// # Checksum
//
// CRC-16/KERMIT over IMEI to payload. A packet with a wrong one is read and answered, and its positions carry the
// attribute checksum_ok false.
//
// # Split records
//
// What does not fit into one extended record follows in further ones, which say how many they are and which this is.
// They are merged into one position where they are in one packet. A part at the start of a packet is a position of its
// own, since the packet before it was acknowledged already.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library, and neither net nor os.
package ruptela

import "drover/protocols"

// Protocol is the Ruptela family, usually on port 5046.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "ruptela",
		Port:     5046,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{immobiliser: 1} },
		Text:     text,
		ReadText: readText,
		HearText: hearText,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: []protocols.Option{{
			Name:   immobiliserOutput,
			About:  "The output that the immobiliser's relay is wired to.",
			Values: []string{"1", "2"},
		}},
		Guide: guide(),
	}
}
