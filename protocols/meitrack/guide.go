package meitrack

import "drover/protocols"

// guide is what people should know of the family.
func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "Meitrack",
		Makers:    "Meitrack: MVT100 to MVT800, MT90, T1, T3, T311 to T399, T6xx, P66, P88, P99, MD5xx, TC68",
		Papers: []string{
			"MEITRACK GPRS Protocol (V1.2 to V1.8)", "MEITRACK T1 & T333 GPRS Protocol", "MEITRACK T633L GPRS Protocol",
		},
		Identity: "IMEI in each message",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "AAA", Meaning: "report in text: event, place, counters, cell, ports, volts, fuel, temperatures"},
			{Message: "CCC", Meaning: "reports of 52 bytes"},
			{Message: "CCE", Meaning: "reports of tagged values: as AAA, and vehicle bus, access points, sensors, batteries"},
			{Message: "AAC", Meaning: "the tracker asks whether the server is there"},
			{Message: "D00", Meaning: "part of a photo, kept as bytes"},
			{Message: "D03", Meaning: "a photo was taken: it is asked for"},
			{Message: "others", Meaning: "answers to commands"},
		},
		Replies: "CCC and CCE are answered with the number of records, which the tracker then deletes; of a CCE that " +
			"was cut, those that came whole. AAC is answered with itself. Photos are asked for in runs of eight parts. " +
			"AAA wants none.",
		Notes: []string{
			"Analog values of AAA and CCC come in three scales that nothing on the wire tells; unless the profile or the " +
				"model says, they are taken for the one in which the battery has a battery's volts.",
			"A21 sets server and access point together: it leaves the access point empty.",
			"The unit of the two accelerations of AAA is not known.",
			"Unknown values of CCE keep their number: io217, of two bytes io65079.",
		},
		Known: "AAA, CCE, AAC, D00 and D03 are borne out by captured frames. CCC, most numbers of events and most values " +
			"from the vehicle's bus are general knowledge of the family.",
		Disagrees: disagrees(),
	}
}

// disagrees are the captured frames that another decoder reads otherwise.
func disagrees() []protocols.Disagree {
	return []protocols.Disagree{
		{
			Messages: []string{
				"meitrack/5a781f7ef0", "meitrack/0ce23ef70c", "meitrack/6c477c25c8", "meitrack/80e7e3a05a",
				"meitrack/34eccd627e",
			},
			They: "give value 0A of CCE, the HDOP, as it comes",
			Bytes: "It comes in tenths, as in CCC: 0500 with 17 to 38 satellites is 0.5, not 5, and where 7 satellites " +
				"are left it is 1300, 1.9, not 19.",
		},
		{
			Messages: []string{
				"meitrack/2416cb4fc6", "meitrack/80f47d6fc2", "meitrack/52f8dae494", "meitrack/da8aa8ebf4",
				"meitrack/b463c5d5a2", "meitrack/9363637294", "meitrack/0350482900", "meitrack/8c8ab9c45c",
				"meitrack/8533683c86", "meitrack/df6fa9ad58",
			},
			They: "take the analog values of all models for hundredths of a volt",
			Bytes: "The backup battery is one lithium cell. Its 0A47, 0A2D, 092A, 0963 or 0914 are 26.31 to 23.24 V as " +
				"hundredths, but 4.24 to 3.75 V in 12 bits of 6.6 V; 025D, 0278 and 028C are 6.05 to 6.52 V, but 3.54 to " +
				"3.82 V in 10 bits of 6 V. The supply has the same number of bits, of 52.8 and 48 V.",
		},
	}
}
