package its

import "drover/protocols"

var guide = protocols.Guide{
	Title:    "AIS-140 (ITS)",
	Makers:   "iTriangle, Atlanta, Roadpoint, Rosmerta, Volty, CTPL, nliven, Teltonika and other makers in India",
	Papers:   []string{"AIS-140 with amendments 1 and 2"},
	Identity: "in nearly each sentence: the IMEI",
	Clock:    "UTC; for makers that send Indian time the profile says so",
	Reads: []protocols.Reading{
		{Message: "$NRM, $RLP, $Header, $,03, $,CP and makers' words", Meaning: "report: place, motion, power, cell, inputs"},
		{Message: "$EPB", Meaning: "the emergency button"},
		{Message: "$LGN, $,01", Meaning: "login; its place has no time and is left out"},
		{Message: "$HBT", Meaning: "heartbeat"},
		{Message: "$HLM, $,02", Meaning: "health: battery, memory, intervals, inputs"},
		{Message: "others", Meaning: "kept as text; without an IMEI they are taken for the answer to a command"},
	},
	Replies: "$LGN with the time to a login, $,1,* to $,01, $HBT* to a heartbeat; reports are not answered",
	Notes: []string{
		"Makers differ in the fields before the IMEI and at the end; sentences are read from the IMEI and the latitude.",
		"A total of the mileage is taken as kilometres, but in the sentences that begin their end with an analog input.",
	},
	Known: "Captured sentences of ten makers bore out reports, emergency and health; logins and heartbeats are from " +
		"general knowledge, as are the words for the engine.",
	Disagrees: []protocols.Disagree{
		{
			Messages: []string{"its/30df96304c", "its/f3ffd7a884"},
			They:     "altitude 0 and speed 0",
			Bytes:    "the sentence of the emergency button has 260.93 and 0.1 behind the place: altitude and speed",
		},
		{
			Messages: []string{"its/e680d45930"},
			They:     "a mileage of 0",
			Bytes: "behind the inputs stand two analog inputs of 0, the six digits of the number 003372, and 6897.214, which " +
				"is the mileage",
		},
	},
}
