// Package xirgo speaks the text protocol of Xirgo Technologies' trackers: XT2000, XT2060 and XT2400 in the OBD plug,
// XT4700 and XT4860 on trailers, XT6200 on trucks. A sentence starts with $$ and ends with ##; commas part its fields.
//
// The vendor's papers are "Communication Specification and Data Format" for XT-2000-G, for XT-2060-G and for XT4860.
//
// # How well the layouts are known
//
// The orders of fields follow the papers' syntax lines: that of the OBD trackers, with what they append by event, that
// of the trailers', and a truck's. Captured sentences bear out all three as far as their samples go. What a field that
// is no part of them means is not known; it is kept under its number. The commands are from public instructions.
//
// A sentence does not say which order it has. It is the OBD trackers' where the fields that must be whole numbers are,
// else the trailers'. A sentence whose date begins with the month has an order set by its owner: the profile's option
// fields names it, by the papers' abbreviations.
//
// # Identity and time
//
// Each sentence names its tracker, usually by the IMEI. Times are UTC, unless the device's profile (Know) says
// otherwise. Speeds are miles per hour and distances miles, in an owner's order km/h and metres.
//
// # Battery
//
// BV, "battery voltage", is of the battery that feeds the tracker, which in an OBD plug is the vehicle's. It is given
// as the tracker's battery, as the papers call it.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library, and neither net nor os.
package xirgo

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Xirgo family, usually on port 5081.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "xirgo",
		Port:     5081,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(n protocols.Network) protocols.Codec { return newCodec(n) },
		Text:     text,
		ReadText: texts.Read,
		HearText: hearText,
		Speak:    func(n protocols.Network, device string) protocols.Tracker { return newTracker(n, device) },
		Options: []protocols.Option{
			{
				Name: optionFields, Check: checkForm,
				About: "The order of fields that the owner has set, by the paper's abbreviations with commas between: " +
					"UID,EV,D,T,LT,LN,AL,GSPT,HD,SV,BV,CQ,MI,GS,SI,IG,OT. A field that is to be passed over is -.",
			},
			{
				Name: optionEngine, Values: engineValues[:],
				About: "Whether the relay of output 1 lets the engine run while it is closed, or stops it.",
			},
		},
		Guide: guide,
	}
}
