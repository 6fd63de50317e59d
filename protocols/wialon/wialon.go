// Package wialon speaks Wialon IPS, the text protocol of Gurtam that trackers of many makers offer: lines of a type
// between two # and fields between semicolons, over TCP, or over UDP with the device's id before the first #.
//
// The papers are "Wialon IPS" 1.1, 2.0 and 2.1 by Gurtam; Vega's "Description of the exchange protocols" restates 2.0.
//
// # How well the layouts are known
//
// Captured lines bear out logins, data (D), short data (SD), black boxes (B) and pings, with and without checksum.
// Photos (I) and messages (M) follow the papers. Tachograph files (IT, T) and compressed lines of 2.1 are from general
// knowledge alone. Video packets of 2.1 come only to a server that asks for them, which this one does not.
//
// # Identity and time
//
// The login names the device, and over UDP each line does. Times are UTC; a line may say NA instead, which means now:
// then the position has no time.
//
// # Checksum
//
// CRC-16/ARC in hexadecimal digits ends the lines of version 2: it covers the fields before it with their semicolons or
// bars. Positions of a line with a wrong one have the attribute checksum_ok false, and the line is refused with the
// code that the papers give, so that the tracker sends it again. For firmwares that reckon it in another way the
// option checksum says that such lines are taken.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package wialon

import "drover/protocols"

// Protocol is Wialon IPS, usually on port 5039.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "wialon",
		Port:  5039,
		UDP:   true,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{} },
		Speak: speak,
		Options: []protocols.Option{{
			Name: checksum,
			About: "What becomes of a line whose checksum is wrong: it is asked for once more, or taken. Either way it is " +
				"flagged.",
			Values: []string{"refuse", "flag"},
		}},
		Guide: guide(),
	}
}
