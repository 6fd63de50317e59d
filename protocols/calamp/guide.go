package calamp

import "drover/protocols"

var guide = protocols.Guide{
	Title:    "CalAmp LMU (LM Direct)",
	Makers:   "CalAmp: LMU-200, LMU-700, LMU-1100 to LMU-5530, TTU-700 to TTU-2900",
	Papers:   []string{"LM Direct Reference Guide"},
	Identity: "in the options of each message: ESN, IMEI or another number in BCD",
	Clock:    "UTC",
	Reads: []protocols.Reading{
		{Message: "02 event report", Meaning: "time, place, motion, radio, inputs, event and accumulators"},
		{Message: "08 locate report", Meaning: "the same without an event"},
		{Message: "0A mini event report", Meaning: "a short form"},
		{Message: "03 id report", Meaning: "versions, ESN, IMEI, IMSI, ICCID and lines of text"},
		{Message: "04, 05, 09, 0B", Meaning: "user and application messages, with the place"},
		{Message: "01", Meaning: "the answer to a command"},
		{Message: "06, 0C", Meaning: "kept as bytes"},
	},
	Replies: "ACK to each message that asks for one (service 1)",
	Notes: []string{
		"What the accumulators count is set by the unit's script: option accumulators.",
		"Only the bit for an invalid fix makes a place invalid; a last known place says so in last_known and fix_age_s.",
		"Over TCP messages whose length nothing tells are taken at the end of the conversation only; units use UDP.",
		"The words for SMS are from general knowledge of the family.",
	},
	Known: "Captured messages bore out event, mini event and id reports; the other types are from general knowledge of " +
		"the paper.",
	Disagrees: []protocols.Disagree{{
		Messages: []string{"calamp/95475e716c", "calamp/647625f442", "calamp/17bb8bdb16"},
		They:     "a HDOP of 14, 10 and 7",
		Bytes:    "the byte counts tenths: 0E, 0A and 07 are 1.4, 1.0 and 0.7, as fixes with 8, 6 and 14 satellites have",
	}},
}
