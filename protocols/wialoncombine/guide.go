package wialoncombine

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "Wialon Combine",
		Makers:   "Gurtam's protocol; Vega Absolute (MT-21 to MT-25, MT X) and others offer it beside Wialon IPS.",
		Papers:   []string{"Vega Absolute, Vega MT: description of the exchange protocols, revision 12 (2020)"},
		Identity: "in the login, as a number of 2, 4 or 8 bytes or a text",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "0 login", Meaning: "who calls; the password is not looked at"},
			{Message: "1 data", Meaning: "a position for each message: place, parameters, inputs and outputs, cells, pictures"},
			{Message: "2 keep-alive", Meaning: "nothing"},
			{Message: "lines that start with #", Meaning: "answers to commands"},
		},
		Replies: "Every packet is answered: 0 taken, 1 not welcome, 3 not readable, 4 wrong checksum.",
		Notes: []string{
			"A position is valid where at least three satellites are said.",
			"Custom parameters have names where the option sensors says Vega's list, which is usual; others are param and " +
				"a number.",
			"A sub-record without a known layout ends its packet: the rest is kept as bytes.",
			"Over UDP each datagram starts with a login.",
			"Commands are lines of text, as in Wialon IPS; the words for outputs are Vega's.",
		},
		Known: "The envelope, position and custom parameters are borne out by a published sample; the rest follows the " +
			"paper.",
	}
}
