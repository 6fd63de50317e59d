package taip

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title: "TAIP",
		Makers: "Digital Communications (Syrus, Antares), Lantrix, Virloc (XVM), TAU; Trimble's receivers before " +
			"them.",
		Papers: []string{
			"Trimble, TAIP: Trimble ASCII Interface Protocol", "Digital Communications, Syrus user guide",
			"Digital Communications, Antares: extended tags", "Virloc, XVM protocol",
		},
		Identity: "ID in each message: any text",
		Clock:    "UTC; PV, LN and AL say the second of the day alone",
		Reads: []protocols.Reading{
			{Message: "REV event", Meaning: "a position with the number of its event and extended tags"},
			{Message: "RPV position, RLN long navigation, RAL altitude", Meaning: "the reports of Trimble's paper"},
			{Message: "RGP, RCQ, RCV, RBR, RPI", Meaning: "a position with date, inputs, event; supply, odometer, signal"},
			{Message: "RUS00", Meaning: "a position with inputs, flow meter, odometer, supply, rpm, temperatures"},
			{Message: "RUV00 to RUV03", Meaning: "status, basic data, trip and CAN"},
			{Message: "other R", Meaning: "the answer to a command"},
		},
		Replies: ">ACK with ID and number, in the tracker's order, if the message is numbered; >SAK if the number starts " +
			"with #IP; else the bare ID.",
		Notes: []string{
			"Speed is in miles an hour, in km/h in RUV and RLN as the paper of each says.",
			"A position whose source is unknown is not valid; RUV is valid with fix 2 to 7.",
			"Events 1 and 2 raise alarms unless the option event_alarms says none; installers number events as they like.",
			"Commands go between > and < with the device's ID; Locate is QPV, Interval FPV, outputs SSSXP.",
		},
		Known: "EV, PV, GP, CQ, CV, US00, UV01 and UV03 are borne out by captured messages; the rest follows papers or " +
			"general knowledge.",
		Disagrees: disagreements(),
	}
}

func disagreements() []protocols.Disagree {
	return []protocols.Disagree{{
		Messages: []string{"taip/eedfc97710"},
		They:     "nothing",
		Bytes: "a long navigation message: second 19500.000, +33.7885218, -085.7685155, 753.94 feet, 8 satellites, " +
			"source 1, age 2, in the columns of Trimble's paper",
	}, {
		Messages: []string{"taip/deae82a76c"},
		They:     "event 20, inputs 01 and HDOP 0, taken from columns as GP has them",
		Bytes: "CV has its event, 12, before the date; after the course come inputs 7F, outputs 00, 120 tenths of a volt, " +
			"the odometer 0020A1D0, GPS on, fix 3, PDOP 01, 06 satellites",
	}, {
		Messages: []string{"taip/5ac70ba4ca"},
		They:     "a battery of 135 V",
		Bytes:    "135 are tenths: 13.5 V, the vehicle's supply",
	}, {
		Messages: []string{"taip/fe9ce64b28"},
		They:     "no altitude",
		Bytes:    "AL=+47 is the altitude in metres by the maker's list of tags",
	}}
}
