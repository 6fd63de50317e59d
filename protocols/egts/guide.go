package egts

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title:  "EGTS (ERA-GLONASS)",
		Makers: "all makers for the Russian market, and platforms that pass data on",
		Papers: []string{"GOST R 54619-2011", "GOST 33465-2015", "GOST 33472-2015",
			"Order 285 of the Ministry of Transport of Russia (2012)"},
		Identity: "the terminal's IMEI, its number, IMSI or telephone number in the login; the object of a record where it " +
			"names one",
		Clock: "UTC, seconds since 2010",
		Reads: []protocols.Reading{
			{Message: "auth: 1, 2, 3, 5, 7", Meaning: "terminal's identity, modules, vehicle, dispatcher's identity, user"},
			{Message: "teledata: 16, 17", Meaning: "position, precision and satellites"},
			{Message: "teledata: 18, 19, 22 to 26", Meaning: "digital and analog inputs, outputs, counters, loops"},
			{Message: "teledata: 20, 21", Meaning: "mode and voltages, accelerations"},
			{Message: "teledata: 27, 28", Meaning: "liquid levels, passengers"},
			{Message: "commands: 51", Meaning: "answers to commands"},
		},
		Replies: "a response to each packet with the result of each record; after a login the result code, 0 or 151; 138 " +
			"to a packet with a bad data checksum",
		Notes: []string{
			"A platform may speak for many objects on one connection; each is a device, by its number.",
			"A place that the terminal calls not valid is an earlier one: it is kept as last_latitude_deg and " +
				"last_longitude_deg.",
			"The ignition is told only where the option ignition says from what.",
			"Encrypted and packed data are answered with 128 and not read.",
			"Outputs, intervals and the engine have no words in the standard; a terminal's own go as custom commands.",
		},
		Known: "From general knowledge of the standard, borne out by captured packets of terminals and of a platform.",
		Disagrees: []protocols.Disagree{{
			Messages: []string{"egts/3ab243a9b6"},
			They:     "HDOP 63",
			Bytes:    "3F 00 is 63 hundredths, 0.63, as the standard has it; a fix of 19 satellites has no HDOP of 63.",
		}},
	}
}
