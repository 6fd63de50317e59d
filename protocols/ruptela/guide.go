package ruptela

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "Ruptela",
		Makers: "Ruptela (Lithuania): FM-Eco3, FM-Eco4, FM-Pro3, FM-Pro4, FM-Tco3, FM-Tco4, HCV5, LCV5, Pro5, Trace5, " +
			"Plug4, Plug5.",
		Papers: []string{
			"Ruptela, Communication protocol of the FM series",
			"Ruptela, FM SMS commands list (2018/08)",
		},
		Identity: "the IMEI in each packet",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "1 records", Meaning: "positions with elements of one-byte ids"},
			{Message: "68 extended records", Meaning: "positions with elements of two-byte ids; split records are merged"},
			{Message: "2, 3, 4, 5, 6, 7, 17", Meaning: "answers to commands"},
			{Message: "9 diagnostic trouble codes", Meaning: "a position for each code"},
			{Message: "15 identification, 16 heartbeat", Meaning: "who calls; what identification carries is kept as bytes"},
			{Message: "36 driver card", Meaning: "the three tracks of a magnetic card"},
			{Message: "37 files", Meaning: "each part of a file, as bytes; the next one is asked for"},
			{Message: "14 transparent channel and the rest", Meaning: "kept as bytes"},
		},
		Replies: "Records are acknowledged by 100, codes by 109, identification by 115, heartbeats by 116, cards by 136, " +
			"the transparent channel by 114; the next part of a file is asked for by 137. A stranger's records get 100 with 0.",
		Notes: []string{
			"A packet with a wrong checksum is read and acknowledged; its positions say checksum_ok false.",
			"A record without a place has its elements only.",
			"The parts of a split record are merged where they come in one packet.",
			"Commands go as the words of an SMS in command 108; the answer names no command.",
		},
		Known: "Records, extended records and files are borne out by captured packets. The other commands and most names " +
			"of elements are from general knowledge.",
	}
}
