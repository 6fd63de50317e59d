// Package meitrack speaks the protocol of Meitrack trackers (MVT, MT, T1, T3xx, T6xx, P, MD, TC68): text reports AAA,
// binary reports CCC of fixed layout and CCE of tagged values, photos, and answers to commands, all in one frame.
//
// The vendor's papers are called "MEITRACK GPRS Protocol" (V1.2 to V1.8 for MT90, MVT, T1, T3xx, TC68; one by model for
// T1/T333, T366, T633L, P88L and others, which brought CCE). Captured frames bear out AAA, CCE, AAC, D00, D03 and the
// checksum. CCC is from general knowledge of the family, as are most names of the values that CCE takes from a
// vehicle's bus and most numbers of events.
//
// # Identity and time
//
// There is no login: every frame names its IMEI. Times are UTC; binary ones are seconds since 2000.
//
// # Checksum
//
// The sum of all bytes up to and with the asterisk, modulo 256. A frame with a wrong one is decoded, and its positions
// carry the attribute checksum_ok false.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library, and neither net nor os.
package meitrack

import (
	"strconv"

	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Meitrack family, usually on port 5020.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "meitrack",
		Port:     5020,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return &tracker{device: device} },
		Options:  options(),
		Guide:    guide(),
	}
}

// codec is the server's side of one conversation.
type codec struct {
	device   string // who spoke last, or whose profile it is; "" before either
	adc      adc    // how analog values are scaled, if the profile says
	ignition int    // the input that is the ignition, 0 if none is
}

// Know takes the scale of analog values and the ignition's input from the device's profile.
func (c *codec) Know(d protocols.Device) {
	if c.device == "" {
		c.device = d.Identity
	}
	c.adc = adcOf(d.Options[optionADC], d.Model)
	c.ignition, _ = strconv.Atoi(d.Options[optionIgnition])
}

// speaker gives digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.device {
		c.device = string(digits)
	}
	return c.device
}

// entry is room for what a text report commonly means, so that it costs one allocation.
type entry struct {
	position   [1]protocols.Position
	attributes [20]protocols.Attribute
}

// numbered is name with a number, as in io5.
func numbered(name string, n int) string { return name + strconv.Itoa(n) }
