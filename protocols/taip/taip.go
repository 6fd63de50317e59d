// Package taip speaks TAIP, the Trimble ASCII Interface Protocol, as trackers use it: Syrus and Antares (Digital
// Communications), Lantrix, Virloc, and their kin. A message stands between > and <: a letter for what it is (R is a
// report), two for its kind, fixed columns, and then parts after semicolons: the device's ID, a number after #, a
// checksum after *, and named tags.
//
// The papers are Trimble's "TAIP protocol", Digital Communications' "Syrus user guide" and "Antares: extended tags",
// and the XVM pages of Virloc.
//
// # How well the layouts are known
//
// Captured messages bear out EV and PV, GP, CQ, CV, US00, UV01 and UV03. LN and AL follow Trimble's paper; UV00, UV02
// and BR, PI are from general knowledge. What has no layout here is the answer to a command.
//
// # Identity and time
//
// Each message names the device, by any text. EV counts weeks, days and seconds since 6 January 1980, the others write
// date and time; both are taken as UTC. PV, LN and AL have the second of the day alone: the day is the one that brings
// it nearest to the arrival.
//
// # Checksum
//
// The exclusive or of all characters from > on; the * is counted by most makers and not by some. One that is right in
// neither way is flagged (attribute checksum_ok false). An answer reckons as the tracker did.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package taip

import "drover/protocols"

// The names of the options.
const (
	immobiliserOutput = "immobiliser_output"
	eventAlarms       = "event_alarms"
)

// Protocol is TAIP, usually on port 5031.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "taip",
		Port:  5031,
		UDP:   true,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{immobiliser: 1, alarms: true} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return &tracker{device: device} },
		Options: []protocols.Option{{
			Name:   immobiliserOutput,
			About:  "The output that the immobiliser's relay is wired to.",
			Values: []string{"1", "2", "3", "4"},
		}, {
			Name:   eventAlarms,
			About:  "Whether events 1 and 2 are the panic button and the power cut, as installers usually set them up.",
			Values: []string{"usual", "none"},
		}},
		Guide: guide(),
	}
}
