// Package khd speaks the protocol of KingHand (KHD) vehicle trackers, KG100 to KG300 and KC200, and of other makers who
// took it over: frames that start with 2929 and end with 0D.
//
// The vendor's paper is "GPRS Communication Protocol Between GPS Tracker and Server", version 2.02.
//
// # How well the layouts are known
//
// Captured frames bear out 80, 81, 8E with its list and A3 with the items 01, 05, 18 and 20, and the confirmation 21.
// The alarms of 82, the login B1, the messages 83 to 86 and the commands are from general knowledge of the family. The
// state word's bits but for the ignition are kept as they are, as the sources contradict each other. The unit of the
// three bytes of mileage is not known for sure; they are given as metres.
//
// # Identity and time
//
// Each message names its tracker by a "pseudo IP" of four bytes that stands for eight digits, two a byte, the two in
// the middle with 80 added. Where the bytes are no such digits, the identity is the eight hexadecimal digits. Times are
// taken as UTC unless the device's profile (Know) says otherwise.
//
// # Checksum
//
// Exclusive or of all before it. A frame with a bad one is decoded and answered, and its position carries the attribute
// checksum_ok false.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package khd

import "drover/protocols"

// Protocol is the KHD family, usually on port 5058.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "khd",
		Port:  5058,
		UDP:   true,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Guide: guide,
	}
}
