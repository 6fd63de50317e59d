// Package gt06 speaks the protocol of Concox and Jimi IoT trackers and of their many clones: frames that start with
// 7878 (length of one byte) or 7979 (length of two) and end with 0D0A.
//
// The vendor's papers for the family are called "GPS Tracker Communication Protocol" (GT06N, GT06F, GT06E, JM-VW01…),
// "GT03A/B Communication protocol", and further ones by model. One type number may have several layouts; they are told
// apart by the length of the body, for nothing in a frame says which it follows.
//
// # How well the layouts are known
//
// None of them was checked against a paper's text. Captured frames bear out 01, 10, 11, 12 (plain and with mileage),
// 13, 15 to 19, 1E, 21, 22, 24, 26 to 28, 2C, 2E, 31, 32, 34 (X1), 36 to 38, 61, 69, 70, 8C, 94 (00, 04, 0A, 0D,
// 1B as text), 95 (short, and with recordings), 9B and A0 to A5 but A1, as far as their samples go. The following are
// from general knowledge of the family alone and want a capture or a paper: 1A, 23, 25, 2A, 2D, 33 of 7878 frames,
// photos (35, 36 of 7979 frames), 39, 40, 90, A1, A7, A9, F1, F3, the NT dialect of 22, a cell in 11, a phone number in
// 17, 94 with 05, 09, 0B, 1E or a card, the ICCID in a short 94, the time in A5, the JC400's fix in 95, the tails of 12
// (Benway, VXT01, S5, GT06E card, WETRUST), and most codes of alarms and events. The lists of SPACE10X (19) and SL4X
// (34) are kept as bytes.
//
// # Identity and time
//
// A tracker names itself once, in the login. Its clock is taken as UTC unless the device's profile (Know) or, failing
// that, the time zone word of the login says otherwise.
//
// # Checksum
//
// CRC-16/X-25 over length to serial number. Clones that get it wrong are common, so a frame with a bad one is usually
// decoded and answered, and its positions carry the attribute checksum_ok false; the profile's option "checksum" may
// refuse it, or say nothing of it.
//
// # Departures
//
// Trackers of the Topin family start with 7878 too but carry neither serial number nor checksum; they are another
// family. Their Wi-Fi types 17 and 69, which this family sends too, are read here.
//
// The place in an address request (2A) is a question, not a report: it is kept among the attributes.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library, and neither net nor os.
package gt06

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the GT06 family, usually on port 5023.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "gt06",
		Port:     5023,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: hearText,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },

		Options: options(),
		Guide:   guide(),
	}
}
