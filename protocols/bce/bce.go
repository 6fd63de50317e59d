// Package bce speaks the protocol of BCE trackers (FM Blue and its kin): frames of an IMEI, blocks and a sum, whose
// blocks are stacks of records with masks that say which fields they have.
//
// The vendor's paper is "BCE communication protocol".
//
// # How well the layouts are known
//
// From general knowledge of the paper, borne out by captured frames: the frame, its sum, the confirmation of a stack,
// the time, the fields of the first mask, and of the second mask the fields 0 to 7 and 13. The other fields of the
// second and of further masks are from general knowledge alone; groups of values among these are kept as bytes, as are
// records of another kind than 7, which have no known layout. The words of outputs are from general knowledge.
//
// # Identity and time
//
// Each frame has the IMEI as a number. Times are UTC, in steps of two seconds.
//
// # Checksum
//
// The sum of all bytes ends a frame: only it tells whether another block follows. A frame whose end is found without it
// is decoded, flagged with the attribute checksum_ok false, and not confirmed.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package bce

import "drover/protocols"

// Protocol is the BCE family, usually on port 5080.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "bce",
		Port:  5080,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{ignition: -1, immobiliser: 1} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: []protocols.Option{
			{
				Name:   optionIgnition,
				About:  "The bit of the digital inputs that says that the ignition is on.",
				Values: []string{"none", "1", "2", "3", "4", "5", "6", "7", "8"},
			},
			{
				Name:   optionImmobiliser,
				About:  "The output that cuts the engine while it is on.",
				Values: []string{"1", "2"},
			},
		},
		Guide: guide(),
	}
}

const (
	optionIgnition    = "ignition_input"
	optionImmobiliser = "immobiliser_output"
)
