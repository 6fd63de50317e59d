// Package its speaks AIS-140, the Indian standard for vehicle location tracking devices ("Intelligent Transportation
// Systems"), as its many makers do: iTriangle, Atlanta, Roadpoint, Rosmerta, Volty, Teltonika, nliven, CTPL and others.
//
// The paper is AIS-140 with its amendments; state backends ("BSNL", "CDAC", Kerala, Uttarakhand…) added sentences of
// their own. A message is a sentence: $, a word, and fields parted by commas, up to a * or the end of the line. Makers
// differ in what stands before the IMEI and at the end, so a sentence is read from two anchors: the fifteen digits, and
// the latitude with its N or S.
//
// # Identity and time
//
// Nearly every sentence carries the IMEI. Times are UTC by the standard; some makers send Indian time, which the
// profile can say.
//
// # Checksum
//
// Makers' kinds differ. Two are known: two hexadecimal digits as the last field (exclusive or of all before them), and
// eight (CRC-32). A wrong one of the first kind is flagged checksum_ok false. What is behind the * is not looked at.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library.
package its

import "drover/protocols"

// Protocol is the AIS-140 family, usually on port 5179.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "its",
		Port:  5179,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Guide: guide,
	}
}
