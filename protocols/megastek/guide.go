package megastek

import "drover/protocols"

// guide is what people should know of the family.
func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "Megastek",
		Makers:   "Megastek: MT60 to MT300, GVT369 to GVT900, PT300, watches and alarm belts, and rebrandings",
		Papers:   []string{"Megastek GPRS Communication Protocol", "MGV002 Protocol"},
		Identity: "IMEI in each message; in the STX dialects perhaps a number or name of its own",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "$MGV", Meaning: "report: place, odometer, cell, ports or heart rate and steps, battery, access points"},
			{Message: "STX,", Meaning: "report with an NMEA sentence and named fields; LOGSTX, is a stored one"},
			{Message: "STX and 16 characters", Meaning: "report with an NMEA sentence, cell, battery, ports"},
			{Message: "$GPRS,", Meaning: "answers to commands"},
		},
		Replies: "None.",
		Notes: []string{
			"The eight fields between signal and status depend on the model; their digits tell which they are.",
			"Analog values and a watch's times are kept as they come.",
			"Switching on or off is a general alarm; its words are the attribute event.",
			"Commands have no words here; custom ones are framed as $GPRS,IMEI;words;!",
		},
		Known: "All three dialects and the checksum are borne out by captured frames. The frame of commands and answers, " +
			"and which words are alarms, are general knowledge of the family.",
		Disagrees: []protocols.Disagree{
			{
				Messages: []string{"megastek/774d32405e", "megastek/41a7ff19d2"},
				They:     "give a place 95.58 degrees west",
				Bytes: "The longitude is 09494.73357 (or 09494.12409): 94 degrees and 94 minutes. There are no more than 60 " +
					"minutes; the field is spoilt, as the checksum, which does not match either, bears out.",
			},
			{
				Messages: []string{"megastek/c03bc5490a"},
				They:     "give no altitude",
				Bytes: "The sentence has no asterisk, and what follows it was not read. As in the others, the field behind the " +
					"satellites (8) is the altitude, 577.0 m; the battery has 38 %.",
			},
		},
	}
}
