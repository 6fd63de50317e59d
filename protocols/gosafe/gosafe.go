// Package gosafe speaks the protocols of GoSafe (and Proma Sat) trackers: G1S, G3S, G3A, G3C, G3SC, G6S, G6C, G606,
// G7S, G717, G737, G777, G79, G787, G797 ("GoSafe protocol" V1 and V2, "G79W protocol").
//
// Most speak text, *GS06,<IMEI>,<record>$<record>#: a record is its time, an event and elements, each a name of three
// letters, a colon and values with ; between them. The older *GS02 has its time in the element GPS. Some can be set
// to speak binary: F8, version, type, the IMEI in seven bytes, the same elements by a mask and their lengths, a CRC
// and F8.
//
// # Identity and time
//
// Every message has the IMEI. Times are UTC; in binary they are seconds since 2000.
//
// # Checksum
//
// None in text. CRC-16/XMODEM in binary, over all between the two F8 but itself; a wrong one is flagged checksum_ok
// false.
//
// # How well it is known
//
// Captures bear out the text of *GS02, *GS06, *GS16 and *GS56 and one binary message with all elements but GPS, IWD,
// ETD, OBD and FUL, which are from descriptions. The words of commands are from general knowledge alone.
//
// # Concurrency and imports
//
// A codec belongs to one conversation and keeps who spoke last. The package imports protocols and wire.
package gosafe

import "drover/protocols"

// Protocol is the GoSafe family.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "gosafe",
		Port:  5078,
		UDP:   true,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{version: [2]byte{'0', '6'}} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Guide: guide,
	}
}

// codec is one conversation.
type codec struct {
	version [2]byte // of the last text
	device  string  // who spoke last; "" if nobody has
	noise   int     // bytes passed over since the last message
}

// Know takes the identity from the device's profile where none was heard.
func (c *codec) Know(d protocols.Device) {
	if c.device == "" {
		c.device = d.Identity
	}
}

// acknowledgement is what every text is answered by.
const acknowledgement = "1234"
