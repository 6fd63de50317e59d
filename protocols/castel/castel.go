// Package castel speaks the protocols of Sinocastel (Shenzhen Castel Wireless) trackers: the OBD dongles IDD-212,
// IDD-213, IDD-218, D-218L, D-234L ("SC", protocol versions 3 and 4), the trackers PT-690 and PT-718 ("CC", other
// versions) and the MPIP-6xx ("$$").
//
// A frame is @@, its length in two bytes, low byte first, the version, the identity in 20, a type in two bytes, high
// byte first, the data, a CRC and CR LF. MPIP frames start with $$ and have no version.
//
// # Identity and time
//
// Every frame names its device: up to 20 letters and digits, the serial number on the label, filled with zeros. Times
// are UTC, day first.
//
// # Checksum
//
// CRC-16/X-25 over all before it. A frame whose checksum is wrong is decoded and flagged checksum_ok false.
//
// # How well it is known
//
// Captures bear out 1001, 1002, 4001, 4002, 4004 to 4008 and 401F of SC, the login of CC and 2001 of MPIP. The rest of
// the types, most codes of alarms, the bits of the vehicle's state and all commands are from general knowledge of the
// papers.
//
// # Concurrency and imports
//
// A codec belongs to one conversation and keeps who spoke last and in which version. The package imports protocols
// and wire.
package castel

import (
	"drover/protocols"
)

// Protocol is the Castel family.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "castel",
		Port:  5086,
		UDP:   true,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{version: versionSC} },
		Speak: func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Guide: guide,
	}
}

// codec is one conversation.
type codec struct {
	id      [idSize]byte // who spoke last
	device  string       // the same for people; "" if nobody has spoken
	version int          // of the last frame; noVersion for MPIP
	noise   int          // bytes passed over since the last frame
}

// The versions that matter.
const (
	noVersion = -1 // MPIP
	versionSC = 4
)

// isSC is whether a version speaks the language of the OBD dongles.
func isSC(version int) bool { return version == 3 || version == 4 }

// The types of SC.
const (
	scLogin      = 0x1001
	scLogout     = 0x1002
	scHeartbeat  = 0x1003
	scLocate     = 0x3001
	scGPS        = 0x4001
	scPIDs       = 0x4002
	scGSensor    = 0x4003
	scSupported  = 0x4004
	scSnapshot   = 0x4005
	scFaults     = 0x4006
	scAlarm      = 0x4007
	scCell       = 0x4008
	scSleep      = 0x4009
	scTruckFault = 0x400B
	scFuel       = 0x400E
	scTagged     = 0x401F
	scAGPS       = 0x5101
	scLoginReply = 0x9001
	scBeatReply  = 0x9003
	scSetReply   = 0xA001
	scQueryReply = 0xA002
	scLocated    = 0xB001
	scAlarmReply = 0xC007
)

// The types of CC.
const (
	ccLogin      = 0x4001
	ccReport     = 0x4206
	ccEngine     = 0x4583
	ccLoginReply = 0x8001
	ccReply      = 0x8206
)

// The types of MPIP.
const (
	mpipReport = 0x2001
	mpipReply  = 0x1001
	mpipLogin  = 0x4001
	mpipGPS    = 0x4201
	mpipGPS2   = 0x4202
	mpipBatch  = 0x4204
	mpipGPS6   = 0x4206
)
