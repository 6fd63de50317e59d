// Package minifinder2 speaks the protocol of Eview personal trackers: EV-07B, EV-07S, EV-201, EV-04, MiniFinder Pico,
// Atto, Nano and Zepto, and the collars and pendants built on them ("Eview protocol", V1.0 to V1.2).
//
// A message is AB, properties, the length of its body and a CRC of it, a number, and the body: a command and keys, each
// with its length before it. All numbers have the low byte first. A body carries many records: a key that comes again
// starts the next one.
//
// # Identity and time
//
// The first key of a report is the IMEI; answers to commands have none. Times are seconds since 1970, UTC.
//
// # Checksum
//
// CRC-16/XMODEM of the body. A message whose checksum is wrong is decoded and flagged checksum_ok false.
//
// # How well it is known
//
// Captures bear out the keys 01, 02, 19 to 22, 24, 28 to 2A, 30 and 37 and the answers. The keys 14, 23, 31, 40
// and 41, the settings (02), the requests for services, most alarms and the SMS are from general knowledge of the
// papers.
//
// # Concurrency and imports
//
// A codec belongs to one conversation and keeps who spoke last. The package imports protocols, texts and wire.
package minifinder2

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Eview family.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "minifinder2",
		Port:     5187,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: hearText,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Guide:    guide,
	}
}

// codec is one conversation.
type codec struct {
	noise  int    // bytes passed over since the last message
	device string // who spoke last
}

// The commands that start a body.
const (
	cmdData     = 0x01
	cmdConfig   = 0x02
	cmdServices = 0x03
	cmdControl  = 0x04
	cmdFirmware = 0x7E
	cmdAnswer   = 0x7F
)

// The keys of a report.
const (
	keyIMEI       = 0x01
	keyAlarm      = 0x02
	keyBattery    = 0x14
	keyNamedWiFi  = 0x19
	keyGPS        = 0x20
	keyCells      = 0x21
	keyWiFi       = 0x22
	keyTag        = 0x23
	keyStatus     = 0x24
	keyBeacon     = 0x28
	keyLTE        = 0x29
	keyHome       = 0x2A
	keySteps      = 0x30
	keyActivities = 0x31
	keyBark       = 0x37
	keyHeart      = 0x40
	keyOxygen     = 0x41
)
