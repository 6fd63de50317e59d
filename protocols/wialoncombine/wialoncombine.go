// Package wialoncombine speaks Wialon Combine 1.0.3, the binary protocol of Gurtam: packets that start with 2424, high
// byte first throughout.
//
// The paper is Vega's "Description of the exchange protocols" (revision 12, 2020), which restates Gurtam's; its list of
// sensor numbers is Vega's own.
//
// # How well the layouts are known
//
// Logins, keep-alives, data and the sub-records custom parameters, position, picture and LBS follow the paper; a
// published sample bears out the envelope, position and custom parameters. Seven more sub-records (fuel, temperature,
// CAN, counters, ADC, driver code, tachograph file) are named without a layout: what follows the start of one of them
// is kept as bytes. Of input/output data, which is named too, two words are read from general knowledge.
//
// # Identity and time
//
// The login names the device, as a number or a text. Times are seconds since 1970, UTC.
//
// # Checksum
//
// CRC-16/ARC over all bytes before it. Positions of a packet with a wrong one have the attribute checksum_ok false, and
// it is refused with code 4, so that the tracker sends it again; the option checksum says that it is taken.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package wialoncombine

import "drover/protocols"

// The names of the options.
const (
	checksum = "checksum"
	sensors  = "sensors"
)

// Protocol is Wialon Combine, usually on port 5239.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "wialoncombine",
		Port:  5239,
		UDP:   true,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{vega: true} },
		Speak: speak,
		Options: []protocols.Option{{
			Name:   checksum,
			About:  "What becomes of a packet whose checksum is wrong: it is asked for once more, or taken.",
			Values: []string{"refuse", "flag"},
		}, {
			Name:   sensors,
			About:  "Whose list the numbers of custom parameters follow; with none they are only numbered.",
			Values: []string{"vega", "none"},
		}},
		Guide: guide(),
	}
}
