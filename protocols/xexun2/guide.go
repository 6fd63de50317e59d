package xexun2

import "drover/protocols"

// guide is what people should know of the family.
var guide = protocols.Guide{
	Title:    "Xexun 4G",
	Makers:   "Xexun: XT-009, XT-011, X1, X6, X7, badges and pendants",
	Papers:   []string{"Xexun 4G communication protocol"},
	Identity: "in each message: the IMEI",
	Clock:    "UTC",
	Reads: []protocols.Reading{
		{Message: "14", Meaning: "records: time, signal, battery, charging, alarms, place, speed, course, " +
			"altitude, Wi-Fi, cells"},
		{Message: "14 with its mask", Meaning: "firmware, IMSI, ICCID; fingerprint, parameters and ranges as bytes"},
		{Message: "07", Meaning: "answer to a command"},
		{Message: "any other type", Meaning: "kept as bytes"},
	},
	Replies: "all but the answers to commands, by the same type and number and a 1",
	Notes: []string{
		"The level of a Wi-Fi network is taken as signed dBm.",
		"What the bits 2, 6 and 7 of a record's mask carry is not known and kept as bytes.",
		"Places have float precision, about 2 m, where they do not come as doubles.",
	},
	Known: "borne out by captures: the head, the checksum, records with places, Wi-Fi and cells, the alarm of removal; " +
		"from general knowledge: the rest of the masks, SOS and fall, commands",
}
