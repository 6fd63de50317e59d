// Package calamp speaks the LM Direct protocol of CalAmp's LMU trackers: LMU-200 to LMU-5530, TTU and others.
//
// The vendor's paper is "LM Direct Reference Guide" (LMDRG). Messages go over UDP, one in a datagram: options (who
// speaks), service, type and sequence number, and what the type carries. Nothing says how long a message is, so over
// TCP only the types whose length follows from their content can be cut.
//
// # Identity and time
//
// The options name the unit, in BCD padded with F: ESN, IMEI or what else it was told to use. Times are seconds since
// 1970, UTC; a report has that of the report and that of the fix.
//
// # What the wire does not say
//
// What an accumulator counts is set by the unit's script. The option accumulators names them.
//
// # Checksum
//
// There is none.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library.
package calamp

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the CalAmp LMU family, usually on port 5082.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "calamp",
		Port:     5082,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options:  options,
		Guide:    guide,
	}
}
