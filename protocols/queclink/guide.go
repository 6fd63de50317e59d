package queclink

import "drover/protocols"

// guide is what people should know of the family.
var guide = protocols.Guide{
	Templates: templates(),
	Title:     "Queclink @Track",
	Makers: "Queclink: GL200, GL300, GL500, GL520, GL601, GV55, GV65, GV75, GV200, GV300, GV310LAU, GV350M, GV500, " +
		"GV600, GB100, GMT100, CV100 and others",
	Papers: []string{
		"GL200, GL300, GL300A, GL500, GL520(M) & GL530(M) @Track Air Interface Protocol",
		"GV200, GV300, GV500, GV50M, GV350M, GV600MG and GMT100 @Track Air Interface Protocol",
		"GL601 and GV500CNA @Track Air Interface Protocol (records)",
	},
	Identity: "in each message: IMEI, MEID, or the device's name",
	Clock: "fixes in UTC; times of sending are local where the tracker was told a time zone, which the last fresh fix " +
		"shows, unless the profile says it",
	Reads: []protocols.Reading{
		{Message: "+RESP:GTFRI, GTERI, GTRTL", Meaning: "positions, one or several; mileage, hour meter, " +
			"analogue inputs, battery, state of motion with the ignition, inputs, outputs; " +
			"of GTERI also 1-Wire thermometers and Bluetooth sensors"},
		{Message: "+RESP:GTSOS, GTTOW, GTSPD, GTGEO, GTDIS, GTIGL, GTHBM, GTIDL, GTNMR, GTDOG and the like",
			Meaning: "the same fix with its event or alarm"},
		{Message: "+RESP:GTIGN, GTIGF, GTVGN, GTVGF, GTSTT, GTBPL, GTMPN, GTMPF, GTIDA, GTJDR and the like",
			Meaning: "the fix, and the event's own fields"},
		{Message: "+RESP:GTCAN, GTOBD", Meaning: "the fix and the items that the mask names"},
		{Message: "+RESP:GTINF, GTVER, GTCID, GTBAT, GTGSM, GTLBS, GTWIF, GTPNA, GTPFA",
			Meaning: "the device's state, cells and access points, without a place"},
		{Message: "+RESP:GTDAT, GTDTT", Meaning: "what came over a serial port"},
		{Message: "any other +RESP:GTxxx", Meaning: "the fix if there is one, all else as text"},
		{Message: "+BUFF:GTxxx", Meaning: "the same, kept while there was no connection; marked as buffered"},
		{Message: "+ACK:GTxxx", Meaning: "the answer to a command; +ACK:GTHBD is the heartbeat"},
		{Message: "+RSP, +EVT, +BSP, +BVT (HEX)", Meaning: "the same positions and events in binary, as their mask says"},
		{Message: "+INF, +OBD, +HBD, +ACK, +CRD, +BRD, +LGN (HEX)",
			Meaning: "state, supply, SIM; the vehicle's place; heartbeat; answer; the rest as bytes"},
		{Message: "2B 00, 2D 00 (records)", Meaning: "place, cell, SIM, battery, ignition, motion; other elements as bytes"},
	},
	Replies: "+ACK:GTHBD and +HBD are answered by +SACK:GTHBD with their version and count. Reports are acknowledged by " +
		"+SACK and their count only where the profile's option sack says that the tracker waits for it.",
	Notes: []string{
		"A fix of accuracy 0 is the last one that was made; it comes with its own time, and counts as a fix of that time, " +
			"except in GTCAN.",
		"The password of commands is the model in lower case unless the profile has another.",
		"Crash data are kept as they come, packet by packet; frames of several packets are not joined.",
	},
	Known: "The texts are borne out by captured messages of some forty models. The HEX form was borne out by few, " +
		"and the numbers of its event types, its acknowledgement and the frames other than +RSP and +EVT are from general " +
		"knowledge. So is the acknowledgement of records. The parameters of commands follow the papers of the GV300.",
	Disagrees: disagrees,
}
