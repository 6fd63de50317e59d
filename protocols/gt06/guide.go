package gt06

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "Concox GT06",
		Makers: "Concox, Jimi IoT, and their clones: GT06, GT03, GT100, TR06, ET25, JM-VL, JM-VG, WeTrack, " +
			"SEEWORLD, WANWAY…",
		Papers: []string{"GPS Tracker Communication Protocol (GT06N, GT06F, GT06E, JM-VW01…)",
			"GT03A/B Communication protocol"},
		Identity: "in the login",
		Clock:    "UTC, unless the login's time zone or the profile says otherwise",
		Reads:    append(reports(), others()...),
		Replies: "The same type and serial number, to all but commands, information (94), 34, 8C, 9B, 21; Wi-Fi, time, " +
			"address and photos have answers of their own.",
		Notes: []string{
			"Alarms: bits 3–5 of the status (vibration, power cut, low battery, SOS, geofence) and the alarm byte: 01 SOS, 02 " +
				"power cut, 03 vibration, 04/05 fence entered/left, 06 overspeed, 09 moved, 0A no GPS, 0E/0F supply low, 10 " +
				"SIM changed, 13/18/25 tampering, 14 door, 15/19 battery low, 17 jamming, 23 fall, 29/30/2A/2B harsh " +
				"acceleration, braking, cornering, 2C/2D accident, 2E lane change, 32 unplugged, 33/34 locked/unlocked, 53 fuel " +
				"leak, 5B/5C temperature, C9 idling; another below E0 is " +
				"general. The code stays in alarm_code.",
			"One type number may have several layouts, told apart by the length of the body.",
			"Commands (type 80): WHERE#, TIMER,s,s# (5 s to 5 h), RELAY,1# and RELAY,0# (engine and output 1), RESET#, or an " +
				"operator's words of at most 243 printable characters.",
			"A wrong checksum is flagged (checksum_ok false), not refused, unless the option checksum says so: many clones " +
				"never get it right.",
			"Frames up to 8 KiB. Some frames announce a false length; their end is found by the checksum or the stop bytes.",
			"Trackers of the Topin family open with 7878 too, but are another family.",
		},
		Known: "93 captured messages bear out most layouts; those from general knowledge alone, and the lists of cells " +
			"that are kept as bytes (SPACE10X in 19, SL4X in 34), stand in the package's doc.",
		Disagrees: disagrees(),
	}
}

func reports() []protocols.Reading {
	return []protocols.Reading{
		{Message: "01", Meaning: "login: IMEI, time zone"},
		{Message: "10, 11, 12, 22, 25, 2D, 31, 37, 38, A0", Meaning: "location: fix, cell, ignition, reason, live or " +
			"stored, mileage, altitude, tagged values; the dialects VXT01, S5, Benway, GT06E card, WETRUST, SEEWORLD, NT"},
		{Message: "16, 26, 27, 32, 39, A3, A4", Meaning: "alarm: location, status, fence, card, mileage"},
		{Message: "19, A5", Meaning: "alarm with a cell alone"},
		{Message: "13, 23, 36, A3", Meaning: "heartbeat: ignition, charging, relay, battery, signal; OBD6 and WANWAY with " +
			"satellites and temperature; GK310, GL21L"},
		{Message: "17, 1A, 1E, 34, 36, 61, 70", Meaning: "RFID, telephone, cells with a fix, X1, 4G with card, " +
			"driver, modular packets"},
		{Message: "24, A2", Meaning: "WANWAY S20, SR411 mini, LW4G, cells"},
	}
}

func others() []protocols.Reading {
	return []protocols.Reading{
		{Message: "18, 28, 2C, 2E, 33, 69, A1, A9, F3", Meaning: "cells and access points; A9 with an alarm"},
		{Message: "32, 33 (long)", Meaning: "AZ735 location and alarm"},
		{Message: "35, 36 (long)", Meaning: "photos, fetched part by part"},
		{Message: "15, 21", Meaning: "answers to commands; an ICCID or a place in them"},
		{Message: "2A, 8A", Meaning: "address asked (answered that there is none), time asked (answered)"},
		{Message: "40, 8C, 90, 94, 95, 9B, A7, F1", Meaning: "battery of a two-wheeler, OBD, IMSI, information (voltage, " +
			"states, identities, fuel, card), camera events, serial port, cell with a number, states"},
		{Message: "any other", Meaning: "kept as bytes; if it begins with a date and a fix, that is read"},
	}
}

func disagrees() []protocols.Disagree {
	return []protocols.Disagree{
		{Messages: []string{"gt06/efeeef27e6"}, They: "altitude −31703 m",
			Bytes: "−31703 is 8429, the frame's checksum. The cell's length byte 0A counts ten bytes after it (02D4 000A C3C7 " +
				"0DBDC40B), then come status 46, level, signal, alarm, language and the altitude 02AF, 687 m. The same " +
				"tracker's type 31 says 678 m"},
		{Messages: []string{"gt06/4d095894b2"}, They: "altitude 3338 m, battery 94 %, ignition off",
			Bytes: "3338 is 0D0A, the stop bytes; 94 is 5E, the serial number's low byte. The cell has ten bytes (02D4 000B " +
				"C527 0000EC02); the status is 52: ignition on, power cut, as the alarm byte 02 says too; no altitude follows"},
		{Messages: []string{"gt06/bcfc9c7f3a"}, They: "ignition off",
			Bytes: "after the cell (02D4 000A C3C7 0DBDC415) the ACC byte is 01"},
		{Messages: []string{"gt06/9888d0170c", "gt06/a41c7522fc"},
			They: "mileage 1,576,140,800 m and, three weeks before, 3,253,731,328 m",
			Bytes: "0000F25D and 0000F0C1 with the low byte first; with the high byte first, as all else in the frame, they " +
				"are 62,045 m and 61,633 m, which rises"},
		{Messages: []string{"gt06/368e756c12"}, They: "battery 66 %, signal 17",
			Bytes: "the cell's length 11 counts itself, so its id ends with the byte 01 (000000000615F801; another of that " +
				"network is 000000000615F804), and the status is 2C: level 05 (83 %), signal 04, alarm 11, language 02, " +
				"fence FF"},
		{Messages: []string{"gt06/a562bacd0c", "gt06/afc22a1d14"}, They: "battery 12.8 V, vehicle 3.99 V and 4.19 V",
			Bytes: "the supply comes first (0500), then the tracker's cell (018F, 01A3)"},
	}
}
