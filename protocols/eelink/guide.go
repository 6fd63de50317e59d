package eelink

import "drover/protocols"

var guide = protocols.Guide{
	Templates: templates(),
	Title:     "Eelink",
	Makers:    "Eelink: TK115, TK116, TK119, TK121, TK319, TK419, GPT06 to GPT49, and GoTop and Keson versions of them",
	Papers:    []string{"EELINK Terminal Communication Protocol, Second Edition V1.8", "EELINK Device Protocol V2.1"},
	Identity:  "over TCP in the login; over UDP in the head of each datagram",
	Clock:     "UTC; the times in words that answer a command are the tracker's own, UTC unless its profile says more",
	Reads: []protocols.Reading{
		{Message: "01", Meaning: "login, with language, time zone and versions"},
		{Message: "02, 04, 05, 06", Meaning: "old location, alarm, state and text message"},
		{Message: "03", Meaning: "heartbeat with the status"},
		{Message: "07, 17, 18, 19", Meaning: "the vehicle's readings; bodies and fault codes are kept as bytes"},
		{Message: "12", Meaning: "location with battery, analog inputs, mileage, steps, climate, light, CO2 and beacons"},
		{Message: "14, 15, 16", Meaning: "warning, report and text message"},
		{Message: "80", Meaning: "the answer to a command, and the place that WHERE tells"},
		{Message: "1A, 1B, 1E, 1F and others", Meaning: "pedometer, parameters, camera: kept as bytes"},
	},
	Replies: "kind and sequence of every package but 02 and 81; a login gets the time. Over UDP they go in one datagram",
	Notes: []string{
		"A tracker says its IMEI once over TCP, so a connection that begins in the middle has no device.",
		"Packages without a status, 13 and 16 to 19, do not say whether their place is a fix: it counts as not valid.",
		"Cells of the parts 2 and 3 and further access points are attributes.",
	},
	Known: "Captured messages bore out 01, 02, 03, 04, 05, 07, 12, 14, 80 and the datagram's head with its checksum; " +
		"the others are from the papers' outline and general knowledge.",
}
