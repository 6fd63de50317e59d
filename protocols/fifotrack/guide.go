package fifotrack

import "drover/protocols"

// guide is what people should know of the family.
func guide() protocols.Guide {
	return protocols.Guide{
		Title:  "Fifotrack",
		Makers: "Shenzhen fifotrack: A100, A300, A500, A600, A700, S20, S50, Q1, Q2, Q3",
		Papers: []string{
			"FIFOTRACK GPRS PROTOCOL / COMMAND LIST (A100, A300/A500, S50, Q1)", "FIFOTRACK COMMAND LIST (Q2, Q3)",
		},
		Identity: "IMEI in each message",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "A00 to A02", Meaning: "report: event, place, counters, status, ports, cell, volts, card, sensors"},
			{Message: "A03", Meaning: "report of personal trackers: cell, battery, and a place or access points"},
			{Message: "D05", Meaning: "a photo was taken: it is asked for"},
			{Message: "D06", Meaning: "part of a photo, kept as bytes"},
			{Message: "others", Meaning: "answers to commands"},
		},
		Replies: "A03 is answered with its number and the time; photos are asked for in parts of 1,024 bytes. The " +
			"others want none.",
		Notes: []string{
			"The checksum is an exclusive or, in both directions.",
			"Battery and supply are told from plain analog values by a battery's being possible.",
		},
		Known: "Framing, checksum, A00, A01 and A03 are borne out by captured frames; B00 and C01 by the vendor's lists. " +
			"The parameters of B01, photos, most alarm codes and the bits of the status are general knowledge of the family.",
		Disagrees: []protocols.Disagree{
			{
				Messages: []string{"fifotrack/db1b232252", "fifotrack/2cfd56531c", "fifotrack/7b4a33d70c"},
				They:     "give 0 satellites",
				Bytes: "The satellites are bits 28 to 31 of the status, whose four digits here, 0000, have only 16 bits: it says " +
					"nothing of satellites. The fix is valid, so there were some.",
			},
		},
	}
}
