// Package cellocator speaks the protocol of Cellocator's units: Cello, CelloTrack, Compact, 370, 370-50, PointerCept
// and others of Pointer Telocation (PowerFleet).
//
// The vendor's papers are "Cellocator Wireless Communication Protocol" (types 0, 3, 4, 7, 8, 9) and "Cellocator Cello
// Wireless Communication Protocol" (type 11). Numbers are little-endian.
//
// # Identity and time
//
// Every message carries the unit's number, which is neither its IMEI nor on its label everywhere. Times are UTC.
//
// # Checksum
//
// The sum of all bytes behind MCGP, modulo 256. A message with a wrong one is decoded and answered, and its position
// carries the attribute checksum_ok false.
//
// # What the wire does not say
//
// How long a count of the mileage is: option mileage_unit_m.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library.
package cellocator

import "drover/protocols"

// Protocol is the Cellocator family, usually on port 5033.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:    "cellocator",
		Port:    5033,
		UDP:     true,
		Sniff:   sniff,
		Codec:   func(protocols.Network) protocols.Codec { return &codec{unit: usualUnit} },
		Speak:   func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: options,
		Guide:   guide,
	}
}

// optionUnit names the option that says how long a count of the mileage is.
const (
	optionUnit = "mileage_unit_m"
	usualUnit  = 1000
)

var options = []protocols.Option{{
	Name:   optionUnit,
	About:  "How many metres a count of the mileage is; units count kilometres unless they were programmed otherwise.",
	Values: []string{"1000", "100", "10", "1"},
}}
