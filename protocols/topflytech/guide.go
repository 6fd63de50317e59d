package topflytech

import "drover/protocols"

var guide = protocols.Guide{
	Templates: templates(),
	Title:     "TopflyTech T880x",
	Makers:    "TopflyTech: T8801 to T8808, T8806+, TLW, TLD, TLP, PioneerX, SolarX, KnightX, SolarGuardX",
	Papers:    []string{"TOPFLYtech Device Communication Protocol", "TOPFLYtech codec"},
	Identity:  "in each message: the IMEI in BCD",
	Clock:     "UTC",
	Reads: []protocols.Reading{
		{Message: "01, 31", Meaning: "login; the versions are kept as digits"},
		{Message: "02, 04, 16, 18", Meaning: "location and alarm, of each of the four lines of products"},
		{Message: "13, 14, 33, 34", Meaning: "location and alarm with battery's and vehicle's voltage"},
		{Message: "62, 64", Meaning: "location and alarm as lists of values"},
		{Message: "03", Meaning: "heartbeat"},
		{Message: "05, 06, 07", Meaning: "hard driving and accidents, with places (2727 05: the network)"},
		{Message: "09, 21, 22, 23", Meaning: "RS232, RS485, OBD and one-wire devices; mostly kept as bytes"},
		{Message: "10, 12", Meaning: "Bluetooth devices: tyres, buttons, drivers, climate, doors, relays, fuel"},
		{Message: "05, 11", Meaning: "operator, band, IMSI and ICCID"},
		{Message: "15, 24, 25", Meaning: "Wi-Fi access points"},
		{Message: "17, 27", Meaning: "padlocks"},
		{Message: "81", Meaning: "the answer to a command"},
		{Message: "(…BP…)", Meaning: "the text of old trackers"},
	},
	Replies: "the head of every message but an answer to a command; that of an alarm with its code behind. " +
		"A tracker that does not want locations answered passes the answer over",
	Notes: []string{
		"Messages that are encrypted with AES cannot be read.",
		"A battery level of 0 stands for 100.",
		"In locations of the 2626 line the speed stands behind the voltage; some units do not say it.",
		"The codes of alarms of the 2727 line are its own.",
		"The speed of the old text is taken as knots, which no paper says.",
		"The commands but Custom are from general knowledge of the family.",
	},
	Known: "The layouts are the vendor's own; captured messages bore out 02, 03, 04, 13, 14 and 81, hard driving, " +
		"network, climate, door and driver tags.",
	Disagrees: []protocols.Disagree{
		{
			Messages: []string{"topflytech/cf244e86f4"},
			They:     "one location with a speed of 1666.5 km/h",
			Bytes: "the datagram holds seven messages of 0059 bytes, each with its own time and place; the speed is 000.0, " +
				"and FFFF stands for an engine that did not say its speed",
		},
		{
			Messages: []string{"topflytech/c91b542d38"},
			They:     "no location",
			Bytes: "bit 6 of the status 47 behind the driver's tag says that a fix follows, and it does: 00000000 912A6AC2 " +
				"6DFF09C2 is altitude 0, longitude -58.5, latitude -34.5",
		},
	},
}
