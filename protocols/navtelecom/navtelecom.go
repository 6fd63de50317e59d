// Package navtelecom speaks the protocol of Navtelecom trackers (SIGNAL, SMART, START; formerly NAVIS): NTCB messages
// behind a header of 16 bytes, and the FLEX messages which follow once their fields were agreed on.
//
// The vendor's paper is "Protocol of information exchange" (NTCB, FLEX, NTCT); its version 6.1 of 2021 was read.
//
// # How well the layouts are known
//
// Framing, negotiation, all 255 fields of FLEX 3.0 and the additional records (~E, ~X) follow the paper, whose examples
// are among the tests. The records of fixed structure (*>A, *>T) are no longer in that paper: F5.2 and F6 are borne
// out by captured messages as far as their fixes, inputs, voltages and temperatures go; F1 to F5.1 are from general
// knowledge. What has no known meaning in them is kept as bytes. Messages under AES (they start with #) are not read.
//
// # Identity and time
//
// A tracker says its IMEI in the handshake (*>S). Times are UTC. A record has the time of its event and the time of its
// place; the position's is the latter, and the former is an attribute where it differs.
//
// # Fields
//
// *>FLEX says which fields each record has. A FLEX message that comes without it is cut where its checksum fits, and
// its first fifteen fields, which trackers always send, are read; the device's profile may name the fields instead.
//
// # Checksums
//
// Xor over an NTCB header and its body, CRC-8 over a FLEX message. A message with a bad one is decoded, flagged with
// the attribute checksum_ok false, and, as the paper wants it, not answered, so that the tracker sends it again.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library, and neither net nor os.
package navtelecom

import (
	"encoding/hex"
	"errors"

	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Navtelecom family, usually on port 5019.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "navtelecom",
		Port:     5019,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return newCodec() },
		Text:     text,
		ReadText: texts.Read,
		HearText: hearText,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: []protocols.Option{
			{
				Name:  optionFields,
				About: "The fields of FLEX records as hex digits, bit by bit from field 1; used until the tracker names them.",
				Check: func(v string) error { _, err := fieldsOf(v); return err },
			},
			{
				Name:   optionImmobiliser,
				About:  "The output that cuts the engine while it is on.",
				Values: []string{"1", "2", "3", "4"},
			},
		},
		Guide: guide(),
	}
}

const (
	optionFields      = "flex_fields"
	optionImmobiliser = "immobiliser_output"
)

// fieldsOf reads the option flex_fields.
func fieldsOf(v string) ([]byte, error) {
	mask, err := hex.DecodeString(v)
	if err != nil || len(mask) > maskBytes {
		return nil, errors.New("it must be at most 64 hex digits, an even number of them")
	}
	return mask, nil
}
