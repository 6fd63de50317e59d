package cellocator

import "drover/protocols"

var guide = protocols.Guide{
	Title:  "Cellocator",
	Makers: "Cellocator (Pointer Telocation, PowerFleet): Cello, CelloTrack, Compact, 370, 370-50, PointerCept",
	Papers: []string{
		"Cellocator Wireless Communication Protocol", "Cellocator Cello Wireless Communication Protocol",
	},
	Identity: "in each message: the unit's number, which is not the IMEI",
	Clock:    "UTC",
	Reads: []protocols.Reading{
		{Message: "0", Meaning: "status: place, inputs, analog inputs, mileage, and why it was sent"},
		{Message: "9, 11", Meaning: "modular: place, time and variables; other modules are kept as bytes"},
		{Message: "3, 7, 8", Meaning: "programming, serial log and serial data, kept as bytes"},
	},
	Replies: "an acknowledgement of 28 bytes (type 4) with the message's numerator, to every message; " +
		"to a modular message 11 one of type 11 with a module 9",
	Notes: []string{
		"Units of the other dialect (MCPG) give places in degrees and have two analog inputs.",
		"What an analog input measures depends on the hardware: they are given as counts.",
		"Custom commands are six hexadecimal digits: code and two bytes of data.",
		"A place is valid unless the receiver says that it found no solution (mode 0): then it is the last one.",
		"The course of the other dialect is taken as thousandths of a degree, which no paper says.",
	},
	Known: "Captured messages bore out type 0, its checksum and the acknowledgement; types 9 and 11, the other dialect " +
		"and the commands are from general knowledge.",
}
