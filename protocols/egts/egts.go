// Package egts speaks EGTS, the Russian standard of telematics (ERA-GLONASS): packets of records of subrecords, from
// trackers of all makers and from platforms that pass on the data of many objects.
//
// The papers are GOST R 54619-2011, GOST 33465 and 33472, and order 285 of the Ministry of Transport (2012).
//
// # How well the layouts are known
//
// From general knowledge of the papers. Captured packets bear out the transport, the records, the identity of terminals
// (1) and dispatchers (5), positions (16, 17), sensors (18), the state (20) and liquid levels (27).
//
// # Identity and time
//
// A terminal names itself once: IMEI, else its terminal's number, else IMSI or telephone number. A record may name the
// object it is about; where that is the terminal's own number, or the terminal logged in without one or in the same
// packet, it is the terminal, else an object of its own: a platform speaks for many on one connection. Times are
// seconds since 2010, UTC.
//
// # Checksums
//
// CRC-8 over the header decides the framing: a header with a bad one is passed over. CRC-16/CCITT-FALSE is over the
// data: a packet with a bad one is decoded, flagged with the attribute checksum_ok false, and answered with the code
// for that, upon which it is sent again.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package egts

import "drover/protocols"

// Protocol is the EGTS family, usually on port 5162.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "egts",
		Port:  5162,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{ignition: ignitionNone} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: []protocols.Option{{
			Name: optionIgnition,
			About: "What says that the ignition is on: the cause of the report (timer with or without ignition), or a " +
				"digital input.",
			Values: []string{"none", "cause", "1", "2", "3", "4", "5", "6", "7", "8"},
		}},
		Guide: guide(),
	}
}

const optionIgnition = "ignition"

// What codec.ignition is if it is no input, whose first is 0.
const (
	ignitionNone  = -1
	ignitionCause = -2
)
