// Package arnavi speaks the protocols of Arnavi trackers by Arusnavi: the binary one of headers and packages, and the
// text one of older firmwares, whose messages start with $AV.
//
// The vendor's papers are the tables "Arnavi 4" and "Arnavi 5" of the binary protocol, and "Arnavi text protocol".
//
// # How well the layouts are known
//
// From general knowledge. Captured messages bear out the headers 22 to 25 and their answers, packages of tags with the
// tags 03, 04, 05 and 09, and the text messages V2 and V4 with their checksum. The other tags, and the other
// records of packages, have no capture here; those of the vehicle's bus (51 to 69) are as other decoders know them.
// The sum of a record could not be borne out and is not checked. Commands are not known.
//
// # Identity and time
//
// A header has a number of 64 bits, which usually is the IMEI; packages have none. A number that does not fit 63 bits
// is written as the negative number that it is in two's complement. Times are UTC.
//
// # Checksum
//
// Xor over a text message: one with a bad one is decoded and flagged with the attribute checksum_ok false.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package arnavi

import "drover/protocols"

// Protocol is the Arnavi family, usually on port 5100.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "arnavi",
		Port:  5100,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{ignition: -1} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: []protocols.Option{{
			Name:   optionIgnition,
			About:  "The digital input that says that the ignition is on; text messages say it themselves.",
			Values: []string{"none", "1", "2", "3", "4", "5", "6", "7", "8"},
		}},
		Guide: guide(),
	}
}

const optionIgnition = "ignition_input"
