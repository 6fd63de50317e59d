package teltonika

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "Teltonika",
		Makers:    "Teltonika: FMB, FMC, FMM, FMT, FMU, FMx6, TAT, TFT, GH",
		Papers:    []string{"Teltonika Data Sending Protocols", "GH3000 Protocol", "Data Sending Parameters ID"},
		Identity:  "in the login; over UDP in each datagram",
		Clock:     "UTC",
		Reads: []protocols.Reading{
			{Message: "login (TCP)", Meaning: "IMEI; answered 01, or 00 if the device is not welcome"},
			{Message: "codec 8, 8 extended, 16", Meaning: "records: time, place, priority, event, elements of 1, 2, 4 and 8 " +
				"bytes; 8E also those of variable length; 16 also the generation type. Firmware with the option of 16-byte " +
				"elements is recognised by its packets making sense only so"},
			{Message: "codec 7 (GH3000)", Meaning: "records of chosen fields"},
			{Message: "codec 12, 14", Meaning: "answers to commands, the refusal of one to another IMEI; photos of the " +
				"camera, fetched block by block"},
			{Message: "codec 13, 15", Meaning: "lines from the serial port; a driver's card reader's line gives driver_id"},
			{Message: "FF", Meaning: "keep-alive, skipped"},
		},
		Replies: "The number of records, once they are on disk: 4 bytes over TCP; 0005, packet ids and number over UDP. " +
			"None to commands' answers. A packet with a wrong checksum but whole records is taken, and its positions say " +
			"checksum_ok false; one with a record that cannot be read is not acknowledged.",
		Notes: []string{
			"2,441 elements by number and length (protocols/teltonika/elements): the FMB list decides; once the device's " +
				"model is an FMx6 or FM5, or it speaks codec 16, the professional list does. Ignition, odometer, " +
				"voltages, battery, signal, HDOP, cell, ICCID and IMSI become fields, tags and beacons numbered attributes; " +
				"an element on no list is io and its number.",
			"Alarms: 175 and the zones (entered, left, overspeed in it; only in the record that they caused), 236 panic, 246 " +
				"tow, 247 crash, 249 jamming, 251 idling, 252 unplugged, 253 harsh acceleration, braking, cornering, 255 " +
				"overspeed.",
			"Commands (codec 12): getrecord, setparam of the eight periods, setdigout for outputs 1–4 and the engine, " +
				"cpureset, or an operator's words of at most 512 printable characters.",
			"A packet of more than 64 KiB is an error. Data of the camera's own protocol (DualCam port) is another family.",
			"As an SMS: login, password and the words of the command, each followed by a space even where it is empty.",
		},
		Known: "25 captured messages of many models agree. Nothing was tried on a tracker in a vehicle.",
	}
}
