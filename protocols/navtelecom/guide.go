package navtelecom

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "Navtelecom NTCB and FLEX",
		Makers:   "Navtelecom (formerly NAVIS): SIGNAL S-21xx to S-46xx, SMART S-23xx and S-24xx, START S-20xx, CH-xxxx",
		Papers:   []string{"Protocol of information exchange, version 6.1 (2021): NTCB, FLEX 1.0, 2.0, 3.0, NTCT"},
		Identity: "in the handshake (*>S), once a connection",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "*>S", Meaning: "the handshake: IMEI"},
			{Message: "*>FLEX", Meaning: "which of 255 fields the records have"},
			{Message: "~A, ~T, ~C", Meaning: "archive, urgent message, present state: all fields of FLEX 1.0, 2.0 and 3.0"},
			{Message: "~E, ~X", Meaning: "additional records: iButton, driver's card, RFID tag"},
			{Message: "~D, ~N, ~R, ~F, ~I, ~U, ~L, ~M, ~S", Meaning: "camera, tachograph and ports, as bytes"},
			{Message: "*>A, *>T", Meaning: "records of fixed structure: F1 to F6"},
			{Message: "*@, *#, *Z", Meaning: "answers to commands; records in them are positions"},
			{Message: "7F", Meaning: "keeps the connection"},
		},
		Replies: "*<S, *<FLEX, *<A with the count, *<T with the record's number; ~A and ~E with the count, ~T and ~X with " +
			"the record's number, ~C. A message with a bad checksum is not answered.",
		Notes: []string{
			"A position's time is that of its place; the event's is the attribute event_time_unix_s where it differs.",
			"The ignition is the tracker's sensor of a running engine, or the CAN bus's or tachograph's word for it.",
			"A FLEX message without a negotiation is read as far as its first fifteen fields, unless flex_fields names them.",
			"Reporting intervals are not set from here: the paper names no parameter for them.",
			"AES-encrypted messages are not read. Pictures and tachograph files are not asked for.",
		},
		Known: "Framing, negotiation and FLEX fields by the vendor's paper; F5.2 and F6 borne out by captured messages; " +
			"F1 to F5.1 from general knowledge: F1, F3 and F4 have no place.",
	}
}
