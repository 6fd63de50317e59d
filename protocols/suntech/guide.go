package suntech

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "Suntech ST200–ST900 and universal",
		Makers: "Suntech International: ST200, ST215, ST230, ST240, ST300, ST310U, ST340, ST350, ST410, ST440, ST480, " +
			"ST600, ST910, ST940; universal: ST3310, ST4300, ST4305, ST4315, ST4340, ST4410 and later",
		Papers: []string{
			"ST300/340 Operation Manual – LATAM, rev. 1.41", "ST310U Operation Manual, rev. 1.08",
			"ST3310 User Manual", "Universal Reporting Guide, rev. 1.14 to 1.102",
		},
		Identity: "a number of 6 to 10 digits in each report",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "STnnnSTT", Meaning: "status: place, satellites, distance, supply, inputs, outputs, mode, number, " +
				"hour meter, backup battery, and the model's own fields"},
			{Message: "STnnnEMG EVT ALT", Meaning: "emergency, event and alert by code"},
			{Message: "STnnnUEX", Meaning: "data of the serial port, drivers of GTSL lines"},
			{Message: "STnnnHTE", Meaning: "end of a trip, as attributes"},
			{Message: "STnnnALV", Meaning: "heartbeat"},
			{Message: "STnnnXXX;Res", Meaning: "answer to a command"},
			{Message: "ST4xxSTT", Meaning: "status with seven cells, place if there is one"},
			{Message: "ST9xx;Location Emergency Alert", Meaning: "place, and battery or odometer"},
			{Message: "STT ALT UEX", Meaning: "universal reports by mask and assign map"},
			{Message: "BLE BSA", Meaning: "universal: place and tags in reach"},
			{Message: "CRR TRV and others", Meaning: "universal: place by its shape, the rest as attributes"},
			{Message: "81, 82", Meaning: "universal, binary: status and alert"},
			{Message: "02 … 03", Meaning: "packed status, emergency, event, alert and serial data"},
		},
		Replies: "none; ACK;id;number to status reports if the profile says that the tracker wants it",
		Notes: []string{
			"A crash report (CRR) of several packets is kept packet by packet; it is not put together.",
			"Fields behind the message type depend on the model: name them in the profile's report_tail.",
			"Interval, server and access point are set with all other parameters at once: send them as a custom command, " +
				"as RPT;… or NTW;….",
		},
		Known: "Legacy and packed reports follow the manuals; universal text and binary reports are borne out by captured " +
			"messages up to the message number. Alert codes, assign map, voltages of binary reports, ACK and universal " +
			"commands are from general knowledge.",
		Disagrees: []protocols.Disagree{
			{
				Messages: []string{"suntech/f7e05a8b50"},
				They:     "the packed speed is in knots",
				Bytes:    "the manual's packed form is the text report packed, whose speed is in km/h: 00 00 38 is 0.38 km/h",
			},
			{
				Messages: []string{"suntech/a378eb9964"},
				They:     "nothing",
				Bytes:    "the report has date, time, latitude and longitude, and one tag",
			},
		},
	}
}
