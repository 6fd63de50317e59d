package galileosky

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "Galileosky",
		Makers:   "Galileosky: 2.x, GLONASS/GPS 4 and 5, 7, 7x, 10, Base Block, Boxfinder, Satellite (Iridium)",
		Papers:   []string{"Galileosky protocol", "GALILEOSKY GLONASS/GPS v5.1 User's manual: Server exchange protocol"},
		Identity: "IMEI (tag 03) in the first packet of a connection, perhaps in each record",
		Clock:    "UTC; compressed records leave out the year",
		Reads: []protocols.Reading{
			{Message: "01", Meaning: "packets of tags: records, and answers to commands (E0, E1, EB)"},
			{Message: "08", Meaning: "compressed packets: ten bytes of time and place, and listed tags"},
			{Message: "07", Meaning: "parts of a picture, as bytes"},
			{Message: "06", Meaning: "what a Garmin display said, as bytes"},
			{Message: "Iridium", Meaning: "the satellite network's envelope around tags or compressed records"},
		},
		Replies: "02 and the packet's checksum; 07 and the checksum for pictures; none to 06 and Iridium. To a packet with " +
			"a bad checksum the sum of what arrived, which tells the tracker to send it again.",
		Notes: []string{
			"A record ends where a tag comes again.",
			"A tag of unknown size ends what is read; the rest is the attribute unread_tags.",
			"analog_N is in mV, pulses or Hz, as the tracker is set up; rs485_N and rs232_N are levels of fuel sensors.",
			"There is no sign of the ignition of its own: the option ignition names an input, or the status's engine bit.",
			"Encrypted packets (DataKey) are not read.",
		},
		Known: "Framing, confirmation and commands by the manuals; tags by the paper's table, borne out by " +
			"captures; compressed packets and pictures from general knowledge alone.",
	}
}
