package arnavi

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "Arnavi",
		Makers:   "Arusnavi: Arnavi 2, 3, 4, 5, Integral, Essential, Hybrid",
		Papers:   []string{"Arnavi 4 binary protocol", "Arnavi 5 binary protocol", "Arnavi text protocol"},
		Identity: "in the header of a connection; in each text message",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "FF 22 to 25", Meaning: "the header: the tracker's number"},
			{Message: "5B … 5D", Meaning: "packages of records: tags, texts, files, binary data"},
			{Message: "$AV,V2 to V6", Meaning: "text messages: fix, voltages, inputs, sensors"},
		},
		Replies: "to a header 22 an empty answer, to 23 to 25 the time; to a package its number, unless it answers a " +
			"command (00, FD); none to text",
		Notes: []string{
			"A record's sum is not checked.",
			"Commands are not sent: their layout is not known here.",
			"A text message is valid with a fix of kind 1, or with three satellites; a record whose satellites are FE or FF " +
				"has a place of earlier.",
			"The odometer is the bus's (53) where it is told, else the tracker's (150).",
			"Tags without a known meaning are kept as ioN, the four bytes as one number.",
			"The external number of a header 24 is passed over.",
		},
		Known: "Headers, positions and the text messages borne out by captured ones; the rest from general knowledge.",
	}
}
