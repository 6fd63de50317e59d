// Package teltonika speaks the language of Teltonika's trackers (FMB, FMC, FMM, FMT, FMU, FMx6, TAT, TFT, GH…) over
// TCP and UDP.
//
// The vendor's papers are "Teltonika Data Sending Protocols" (codecs 8, 8 extended, 16 for records; 12, 13, 14, 15 for
// commands and serial data), "GH3000 Protocol" (codec 7), and the lists "Data Sending Parameters ID", which are the
// folder elements/ here.
//
// A conversation over TCP starts with the IMEI, answered by one byte; then come packets of records, each answered by
// the number of records taken. A datagram carries the IMEI with each packet. Commands and their answers are never
// answered by a number: trackers take one for a broken command.
//
// # What an element means
//
// One element number means different things by model. The number and the length of its value together nearly always
// tell which; where they do not, the FMB list decides, or the list of professional trackers once the device's model is
// known or it speaks codec 16, which only those do. An element on no list is kept as io and its number.
//
// # Choices
//
//   - A packet whose checksum is wrong but whose records are whole is read and acknowledged, and each of its positions
//     says checksum_ok false: some firmware sums wrongly for ever, and would send nothing else again.
//   - A packet with a record that can not be read is not acknowledged; the records before that one are given.
//   - Firmware with the option of 16-byte elements does not say so; a packet that makes no sense without is read with.
//
// A Codec belongs to one conversation. The tables are built once and then only read.
package teltonika

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Teltonika family, usually on port 5027.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "teltonika",
		Port:     5027,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(n protocols.Network) protocols.Codec { return &codec{network: n} },
		Text:     text,
		Wake:     "getrecord",
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(n protocols.Network, device string) protocols.Tracker { return newTracker(n, device) },
		Guide:    guide(),
	}
}

// codec is the server's side of one conversation.
type codec struct {
	network      protocols.Network
	professional bool   // the device is known to use the list of professional trackers
	device       string // who spoke last; "" if nobody has
	attributes   int    // how many the last record had

	photo photo // being fetched
}

// Know chooses the list of elements by the device's model.
func (c *codec) Know(d protocols.Device) { c.professional = professional(d.Model) }
