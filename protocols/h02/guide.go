package h02

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "H02",
		Makers:    "SinoTrack ST-901 to ST-915, Cantrack G20LS, TK-STAR, ReachFar RF-V8 and RF-V16, and their clones",
		Papers: []string{"TQ GPRS transport protocol", "Protocol ST-901,901M,902,904,905,906,907",
			"2023 CANTRACK PROTOCOL", "Communication protocol V1.0.3"},
		Identity: "in each message; ten digits or the IMEI",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "V1 and any other sentence with a place (V2, V3, V5, V6, V8, V19, VI1, VP1, ALRM, BC)",
				Meaning: "time, place, knots, course, status; what follows by its shape: cell in decimal or hexadecimal, " +
					"battery, ICCID, satellites, voltage, the fuel tracker's six fields"},
			{Message: "V4, SMS", Meaning: "answer to a command, with or without a place"},
			{Message: "NBR, BASE, BS, V3, VP1 without a place", Meaning: "cells; V5: access points"},
			{Message: "V0, HTBT, XT, LINK", Meaning: "heartbeats; battery, signal, satellites, steps"},
			{Message: "ICCID", Meaning: "the SIM's"},
			{Message: "$ record of 32, 42, 45 or 47 bytes", Meaning: "the same in BCD; the longer ones with signal, " +
				"satellites, cell, voltage"},
			{Message: "X record", Meaning: "mileage and temperature; it belongs to who spoke last"},
		},
		Replies: "V4,V1 and V4,NBR with the time, V0, HTBT and ICCID echoed, R12 to everything from the ST-904 on, in the " +
			"tracker's own two letters.",
		Notes: []string{
			"Alarms: bits of the status, active when 0; the table is chosen by the id's length, the type and what follows: 0 " +
				"vibration, 1/18 SOS, 2 overspeed, 4/7 fence entered/left, 5/6/21/22 antenna, 11 supply low, 12 battery low, " +
				"16 no GPS, 17 vibration, 19 power cut, 25 moved; of Cantrack 18 removed and 26 overspeed. The word stays in " +
				"status.",
			"Commands: D1 (locate, interval of 30 s to 65,535 s), S20 (engine, output 1), R1 (reboot), or an operator's " +
				"words of at most 160 printable characters but *, # and $.",
			"As an SMS: 669, 805, 940, 941 with the password, RESTART.",
			"Server and access point are set in the words of an SMS (804, 803) with the password, 0000 unless the profile " +
				"has another; over the line they go out as they are.",
			"A sentence of more than 1,024 bytes is an error. A record of 32 bytes whose end could belong to a longer one " +
				"waits for the next message. Ids of fewer digits than an IMEI are the family's own.",
		},
		Known: "48 captured messages of several makers agree or are explained; the SMS of " +
			"server and access point are from the makers' manuals.",
		Disagrees: []protocols.Disagree{{
			Messages: []string{"h02/c405d28ec6", "h02/63186bba14", "h02/e0dc573afe", "h02/68a525a362"},
			They:     "battery 658, 733, 673 and 740 V",
			Bytes: "the field is hexadecimal in units of the Cantrack paper (2.2), which reads 0256 as 3.27 V: 3.60, 4.01, " +
				"3.68 and 4.05 V",
		}},
	}
}
