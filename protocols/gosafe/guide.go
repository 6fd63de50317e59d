package gosafe

import "drover/protocols"

// guide is what people should know of the family.
var guide = protocols.Guide{
	Title:    "GoSafe",
	Makers:   "GoSafe: G1S, G3S, G3A, G3C, G3SC, G6S, G6C, G606, G7S, G717, G737, G777, G79, G787, G797; Proma Sat",
	Papers:   []string{"GoSafe protocol", "G79W protocol V1.5"},
	Identity: "in each message: the IMEI",
	Clock:    "UTC",
	Reads: []protocols.Reading{
		{Message: "*GS06, *GS16, *GS56… without records", Meaning: "heartbeat"},
		{Message: "GPS, GSM", Meaning: "place, speed, course, altitude, HDOP, satellites; cell, signal, neighbours"},
		{Message: "COT, ADC, DTT", Meaning: "odometer, engine hours; volts; ignition, inputs, outputs, fences, events"},
		{Message: "IWD, OBD", Meaning: "keys and thermometers on one wire; answers of the engine"},
		{Message: "SYS, ETD, TAG, FUL", Meaning: "model and versions; kept as text"},
		{Message: "*GS02", Meaning: "the older form: GPS with time and date, CLL, MGR, ADC in pairs"},
		{Message: "F8 … F8", Meaning: "the same elements in binary"},
		{Message: "a record without time and elements", Meaning: "answer to a command"},
	},
	Replies: "1234 to every text; nothing to binary messages",
	Notes: []string{
		"L as validity is the last known place: it is given, not as a fix.",
		"Events have numbers of the model: they are given as event, not as alarms.",
		"In binary, IWD, ETD, OBD and FUL are kept as bytes.",
	},
	Known: "borne out by captures: the text; the binary head, checksum, SYS, GSM, COT, ADC and DTT by a single one; " +
		"from descriptions: the binary GPS; from general knowledge: escapes in binary, commands",
}
