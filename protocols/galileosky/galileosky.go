// Package galileosky speaks the protocol of Galileosky trackers (2.x, 4, 5, 7, Base Block, Boxfinder): packets of tags.
//
// The vendor's papers are the chapter "Server exchange protocol" of the users' manuals and "Galileosky protocol".
//
// # How well the layouts are known
//
// Framing, confirmation and the structure of commands follow the users' manuals; sizes and meanings of the tags follow
// the paper's table. Captured packets bear out the tags 01 to 04, 10, 20, 30 to 35, 40 to 47, 50 to 53, 59, 90, A0 to
// AF, B0 to B9, C0 to DF, E0 to E7 and F0 to F9, and the Iridium envelope. Compressed packets, pictures, EB and the
// sizes of 5B, 5C, FA and FD are from general knowledge. Extended tags (FE) are read up to FE; those of the
// vehicle's bus beyond have their sizes in their content and are kept as bytes.
//
// # Identity and time
//
// The IMEI (tag 03) comes in the first packet of a connection and perhaps in each. Times are UTC. A compressed record
// says only the second of the year; the year is the one in which it arrives, or the one before.
//
// # Records
//
// A packet has many records and nothing between them: one ends where a tag comes again. A tag of unknown size ends what
// can be read of a packet; the rest is kept as bytes.
//
// # Checksum
//
// CRC-16/MODBUS over the whole packet, which the confirmation repeats. A packet with a bad one is decoded if all
// its tags are known, and flagged with the attribute checksum_ok false. Its confirmation has the right sum of what
// arrived, so that the tracker, which compares, sends the packet again.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library, and neither net nor os.
package galileosky

import "drover/protocols"

// Protocol is the Galileosky family, usually on port 5034.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "galileosky",
		Port:     5034,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{ignition: -1} },
		Text:     text,
		ReadText: readText,
		HearText: hearText,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: []protocols.Option{
			{
				Name:   optionIgnition,
				About:  "Which bit says that the ignition is on: of an input, or the engine's of the status.",
				Values: []string{"none", "status", "0", "1", "2", "3", "4", "5", "6", "7"},
			},
			{
				Name:   optionImmobiliser,
				About:  "The output, from 0, that cuts the engine while it is on.",
				Values: []string{"0", "1", "2", "3"},
			},
		},
		Guide: guide(),
	}
}

const (
	optionIgnition    = "ignition"
	optionImmobiliser = "immobiliser_output"
)
