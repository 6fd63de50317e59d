// Package osmand speaks the HTTP protocol of OsmAnd's live tracking, which Traccar Client and many other applications
// for phones use: a request for each position, or, in the newer clients, JSON with one or several.
//
// The papers are OsmAnd's page on trip recording ("Online tracking") and Traccar Client's pages on its protocol.
//
// # How well the layouts are known
//
// Captured requests bear out the query, its times and names, and JSON with one location; form bodies and JSON with
// several locations are from general knowledge.
//
// # Identity and time
//
// Each request names the device, by any text. Times are seconds or milliseconds since 1970, or ISO 8601; a time without
// a zone is UTC unless the profile says otherwise. A request without a time was sent now: then the position has none.
//
// # Checksum
//
// There is none.
//
// # Commands
//
// An application reads a command as the body of an answer. Encode gives such an answer; one that the application did
// not ask for is read as that to its next request, so it ends the connection.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library, and neither net nor os.
package osmand

import "drover/protocols"

// speedUnit names the option that says in what the query's speed is.
const speedUnit = "speed_unit"

// Protocol is OsmAnd's, usually on port 5055.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "osmand",
		Port:  5055,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{unit: knots} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return &tracker{device: device} },
		Options: []protocols.Option{{
			Name:   speedUnit,
			About:  "The unit of speed in queries and forms; OsmAnd itself may be set up to send metres per second.",
			Values: []string{"knots", "kmh", "mps"},
		}},
		Guide: guide(),
	}
}
