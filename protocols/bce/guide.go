package bce

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "BCE",
		Makers:   "BCE (FM Blue): FM Blue, FM Light, FM Tachograph and their kin",
		Papers:   []string{"BCE communication protocol"},
		Identity: "IMEI in each frame",
		Clock:    "UTC, in steps of two seconds",
		Reads: []protocols.Reading{
			{Message: "#BCE#", Meaning: "the greeting of a connection"},
			{Message: "A5", Meaning: "stack of records, which is confirmed by its key"},
			{Message: "A0", Meaning: "record sent by the timer, which is not confirmed"},
			{Message: "C1", Meaning: "answer to the control of an output"},
		},
		Replies: "to A5 a block 19 with the stack's key; nothing to others, nor to a frame with a bad sum",
		Notes: []string{
			"Records of another kind than 7 go along with the next record that has data, as bytes (event_record).",
			"The ignition is told only where the option ignition_input says by which input.",
			"Groups of values of the third and fourth mask are kept as bytes, as is all of the fifth (more_fields).",
			"Outputs 1 and 2 can be switched; there are no words for anything else.",
		},
		Disagrees: []protocols.Disagree{{
			Messages: []string{"bce/f675383e62", "bce/fc1f213e00"},
			They:     "times in 2031 and 2032; an odometer of 0",
			Bytes: "28 bits of two seconds since 2008 begin anew after 17 years: these frames are of 2014 and 2015, " +
				"and 17 years more would be in the future. The four bytes after the height are a float, the metres since the " +
				"last record (44.95, 72.47, 49.26…), no odometer.",
		}},
		Known: "From general knowledge, borne out by captured frames of four trackers.",
	}
}
