package khd

import "drover/protocols"

var guide = protocols.Guide{
	Title:    "KHD (KingHand)",
	Makers:   "KingHand: KG100, KG200, KG300, KC200, and makers of trackers of the same frames",
	Papers:   []string{"GPRS Communication Protocol Between GPS Tracker and Server, version 2.02"},
	Identity: "in each message, eight digits packed into four bytes; eight hexadecimal digits where they are none",
	Clock:    "UTC unless the profile says otherwise",
	Reads: []protocols.Reading{
		{Message: "B1", Meaning: "login"},
		{Message: "80", Meaning: "position"},
		{Message: "81", Meaning: "position on demand"},
		{Message: "82", Meaning: "position with alarms"},
		{Message: "85", Meaning: "position in answer to a command"},
		{Message: "8E", Meaning: "stored position; card, mileage and fuel behind it"},
		{Message: "A3", Meaning: "position with peripherals: fuel, temperature, driver's card, battery, cells"},
		{Message: "83, 84, 86", Meaning: "telephone numbers, text, switches: kept as they are"},
		{Message: "any other", Meaning: "kept as bytes"},
	},
	Replies: "21 with checksum, type and the byte behind the identity to B1, 83, 84, 86 and 8E; nothing to the others, " +
		"which the trackers do not wait for",
	Notes: []string{
		"The state word is kept as a number; only the ignition is read of it.",
		"Commands: position (30), interval (34), engine (38, 39), or any other as hexadecimal digits of type and content.",
	},
	Known: "Positions, lists and peripherals are borne out by captured frames; alarms, login and commands are from " +
		"general knowledge. The unit of the mileage is not known for sure (taken as metres).",
}
