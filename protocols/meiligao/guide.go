package meiligao

import "drover/protocols"

// guide is what people should know of the family.
var guide = protocols.Guide{
	Title:    "Meiligao VT and GT",
	Makers:   "Meiligao: VT300, VT310, VT400, GT30, GT60; Redview; early Meitrack devices",
	Papers:   []string{"GPRS communication protocol of VT300/VT310/GT30/GT60", "SMS commands of VT310"},
	Identity: "in each frame: the IMEI without its check digit, or a number of fewer digits",
	Clock:    "UTC",
	Reads: []protocols.Reading{
		{Message: "5000", Meaning: "login"},
		{Message: "0001", Meaning: "heartbeat"},
		{Message: "9955", Meaning: "position, state, analogue inputs, odometer, cell, signal, satellites, driver's card"},
		{Message: "9016", Meaning: "the same from the memory"},
		{Message: "9999", Meaning: "alarm and position"},
		{Message: "9966", Meaning: "cards that were read, and the position"},
		{Message: "9901, 9902, 9903", Meaning: "readings of the engine, of the driving, fault codes"},
		{Message: "6688", Meaning: "positions again that did not arrive"},
		{Message: "0800, 9988, 0F80, 9977", Meaning: "a picture: start, blocks, end, where it was taken"},
		{Message: "4xxx", Meaning: "answer to a command: 01 done, 00 refused"},
	},
	Replies: "login and heartbeat by 01, start and end of a picture; positions are not acknowledged",
	Notes: []string{
		"A tracker that asks for its server (0002) is answered if its profile says which.",
		"A frame that announces no length is cut where its checksum is right, or at the end of its line of text.",
		"Blocks of pictures are kept as they come (photo_data) and not put together.",
		"Commands of kinds that are not known here (AA00) are kept as bytes.",
	},
	Known: "borne out by captures: 5000, 9955 in both layouts, 9999, 9966, 0800; from general knowledge: 0001, 0F80, " +
		"6688, 9016, 9901 to 9903, 9977, 9988, most codes of alarms, commands, SMS",
	Disagrees: []protocols.Disagree{{
		Messages: []string{"meiligao/047b731674"},
		They:     "altitude -859117376 m",
		Bytes:    "the text of the altitude is -859117376, which no place has: it is left out, the rest stands",
	}, {
		Messages: []string{"meiligao/930960bf90"},
		They:     "one position",
		Bytes:    "three frames: after the position come 9901 and 9902, whose readings are given as well",
	}},
}
