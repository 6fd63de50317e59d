// Package eelink speaks the protocol of Eelink trackers: TK115, TK116, TK119, TK121, TK319, TK419, GPT06, GPT12, GPT18,
// GPT26, GPT29, GPT46, GPT49 and others.
//
// The vendor's papers are "EELINK Terminal Communication Protocol, Second Edition" (V1.8, the old layouts: packages 02
// and 04 to 07) and "EELINK Device Protocol" (V2.0 and V2.1, the new layouts: packages 12 to 1F).
//
// # Identity and time
//
// Over TCP the tracker names itself in the login only. Over UDP each datagram has a head with the IMEI and a checksum
// and holds one or more packages. Times are seconds since 1970, UTC; only the times in words that answer a command are
// the tracker's own and are taken as UTC unless the profile says otherwise.
//
// # Checksum
//
// Packages have none; that of a datagram is a sum which turns left by a bit before each byte. A datagram whose sum is
// wrong is decoded and answered, and its positions carry the attribute checksum_ok false.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library.
package eelink

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Eelink family, usually on port 5064.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "eelink",
		Port:     5064,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(n protocols.Network) protocols.Codec { return &codec{udp: n == protocols.UDP} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(n protocols.Network, device string) protocols.Tracker { return newTracker(n, device) },
		Guide:    guide,
	}
}
