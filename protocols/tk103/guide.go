package tk103

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "TK103 (parenthesised text)",
		Makers: "several makers in Shenzhen: TK103, TK103B, KX402, GPS318, CT04, personal trackers with commas, and " +
			"battery systems behind such a tracker",
		Papers: []string{
			"GPS Tracker Communication Protocol (TK103)", "GPRS Communication Protocol Version 1.5 (KX402)",
			"Daly CAN Communications Protocol (battery blocks)",
		},
		Identity: "12 digits in each message, often the last of the IMEI; or the IMEI",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "BP00", Meaning: "handshake"},
			{Message: "BP05", Meaning: "login, with a position"},
			{Message: "BR00 and others with a date, A or V", Meaning: "position, speed, course, supply, ignition, " +
				"inputs, fuel level, mileage, temperature"},
			{Message: "BO01", Meaning: "alarm by code: supply, accident, robbery, anti-theft, low and high speed, fence"},
			{Message: "BQ81", Meaning: "alarm by code: battery, speed, idling, acceleration, braking, temperature"},
			{Message: "BZ00", Meaning: "serving cell and neighbours"},
			{Message: "BS50 BS51", Meaning: "battery blocks 90 to 98, or the level and voltage of another pack"},
			{Message: "Bnnn with braces", Meaning: "cells and mileage"},
			{Message: ",ZCnn, ,DW3x, ,BP05,", Meaning: "position with commas; alarms by word"},
			{Message: ",ZC20,", Meaning: "battery and supply"},
			{Message: ",DW5x,", Meaning: "cell and access points"},
			{Message: "other Bnnn, ,ZC03,", Meaning: "answer to a command"},
		},
		Replies: "(id AP01HSO) to BP00, (id AP05) to BP05 without commas; nothing else",
		Notes: []string{
			"The date is yymmdd at once behind a command or IMEI, ddmmyy behind a comma.",
			"What the comma dialect says behind the course is kept as io1, io2: no paper says what it is.",
			"Text between two $ may hold a closing parenthesis.",
		},
		Known: "All kinds but the answers to commands are borne out by captured messages; status characters but the " +
			"first two, alarm words and commands are from general knowledge.",
		Disagrees: []protocols.Disagree{
			{
				Messages: []string{"tk103/9f74ccf6c6"},
				They:     "the device is (01602009983",
				Bytes:    "the parenthesis opens the message; the id behind it has eleven digits",
			},
			{
				Messages: []string{"tk103/dc8e3aae70"},
				They:     "the device is 357593060760397BP02",
				Bytes:    "BP02 is the command behind the IMEI",
			},
		},
	}
}
