// Package jt808 speaks JT/T 808, the Chinese ministry's protocol for terminals of commercial vehicles, in its editions
// of 2011, 2013 and 2019, and the dialects that exporters of trackers and dashcams made of it: frames between two 7E
// (or E7), escaped, with a checksum.
//
// The papers are JT/T 808-2011, JT/T 808-2013 and JT/T 808-2019 "Terminal communication protocol and data format for
// road transport vehicle satellite positioning systems", JT/T 1078-2016 (its elements 14 to 18), T/JSATL 12 (the
// Jiangsu standard for active safety, "Su-biao": elements 64 to 67 and 70), and vendors' papers: "JT/T808 Protocol for
// G10LS", the "4G Wireless Air Protocol" of a maker of OBD trackers, and what else the guide lists.
//
// # How well the layouts are known
//
// The standard's own messages follow its tables. Captured frames bear out 0002, 0100 (three editions), 0102, 0107,
// 0200, 0210, 0701, 0704, 0900 (53, 54, F0), 1007, 1300, 5501, 5502 and 6006, and of the elements 01 to 03, 14, 25, 2A,
// 2B, 30 to 33, 51, 53, 54, 56, 57, 5D, 60, 61, 63, 66, 68, 69, 82, A7, AC, E1, E3 to EC, F0, F2 to F9, FB, FE and
// FF. The others are from general knowledge of the family, and so are the vendors' uses of alarm bits 15 to 18.
//
// One element number may have several meanings; nothing in a frame says whose it is. They are told apart by their
// length and by whether the list inside ends where the element does.
//
// # Identity and time
//
// Each message names its terminal: BCD digits, given without leading zeros, or, where they are no digits, the first 14
// digits of the IMEI as a binary number, to which the check digit is added. The standard's clock is GMT+8, and so is
// the default here; a device's profile (Know) may say otherwise, as exporters' firmwares often run on UTC. The reports
// 5501 and 5502 of electronic locks are UTC always.
//
// # Checksum
//
// Exclusive or of all between the delimiters, escapes resolved. A frame with a bad one is decoded and answered, and its
// positions carry the attribute checksum_ok false.
//
// # Subpackages
//
// Parts of a message wait until the whole is there; only the whole is answered, so a part that is lost with the
// conversation is sent again. Up to 512 parts and 256 KiB wait, of one message at a time.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package jt808

import "drover/protocols"

// Protocol is the JT/T 808 family, usually on port 5015.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "jt808",
		Port:  5015,
		UDP:   true,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return newCodec() },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: []protocols.Option{
			{
				Name: optionCarrier, Values: carriers[:],
				About: "What carries the words of a custom command: a text message (8300), the parameter F030 (8103), " +
					"a transparent message F0 (8900), or nothing, the words being the whole message in hexadecimal.",
			},
			{
				Name: optionRelay, Values: relays[:],
				About: "How the engine is cut and released: terminal control (8105) with F0 and F1, with 64 and 65, or " +
					"with the words #0;1 and #0;0; or the vendor's message A006.",
			},
		},
		Guide: guide,
	}
}
