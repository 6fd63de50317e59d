package wialon

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title: "Wialon IPS",
		Makers: "Gurtam's protocol; trackers of many makers offer it: Vega, Bitrek, Galileosky, Navtelecom, Neomatica ADM, " +
			"UMKA, Concox and phone applications.",
		Papers: []string{
			"Gurtam, Wialon IPS v1.1", "Gurtam, Wialon IPS v2.0 (10/2014)", "Gurtam, Wialon IPS v2.1",
			"Vega Absolute, Vega MT: description of the exchange protocols, revision 12 (2020)",
		},
		Identity: "in the login; over UDP before the first # of each line",
		Clock:    "UTC; a line without a time was sent now",
		Reads: []protocols.Reading{
			{Message: "L login", Meaning: "who calls; the version is told by its point"},
			{Message: "D data, SD short data", Meaning: "one position; inputs, outputs, ADC, key and parameters are attributes"},
			{Message: "B black box", Meaning: "several positions, from the archive"},
			{Message: "P ping", Meaning: "nothing"},
			{Message: "M message", Meaning: "the answer to a command if one is open, else the driver's words"},
			{Message: "I photo, IT and T tachograph file", Meaning: "each block, as bytes"},
			{Message: "FF compressed lines (2.1)", Meaning: "the lines in them"},
		},
		Replies: "AL to a login, AD to data, ASD to short data, AB with the number taken to a black box, AP to a ping, AM, " +
			"AI, AIT and AT to the rest. What can not be read gets -1, a wrong checksum the code that the paper gives.",
		Notes: []string{
			"A position is valid where at least three satellites are said.",
			"Parameters keep their names in lower case. SOS, ignition, pwr_ext and power, pwr_int and battery, odometer " +
				"(metres), sat, iccid, and the cell (mcc, mnc, lac, cell_id) are known; the unit of all others is the maker's.",
			"Commands are plain lines: every maker has words of his own, so only custom ones are sent.",
		},
		Known: "Logins, data, short data, black boxes and pings are borne out by captured lines, the checksum too. " +
			"Tachograph files and compressed lines are from general knowledge.",
	}
}
