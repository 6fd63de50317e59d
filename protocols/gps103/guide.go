package gps103

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "Coban GPS103",
		Makers: "Shenzhen Coban Electronics (Baanool): TK102-2, TK103-2B, GPS103, GPS303, GPS305, GPS306, GPS403, " +
			"and relabelled ones",
		Papers:   []string{"GPRS Protocol, Shenzhen Coban Electronics, 2014-12-12", "GPS103 user manual (SMS commands)"},
		Identity: "IMEI in each message",
		Clock:    "UTC hour beside a local date; messages without a fix are local, UTC unless the profile says otherwise",
		Reads: []protocols.Reading{
			{Message: "##,imei:…,A", Meaning: "login"},
			{Message: "15 digits", Meaning: "heartbeat, alone or before a message"},
			{Message: "imei:…,KEYWORD,…,F,…", Meaning: "position (hemispheres behind or before), speed, " +
				"course, altitude, ignition, door, fuel, temperature; alarms by keyword"},
			{Message: "imei:…,KEYWORD,…,L,…", Meaning: "no fix: area and cell as attributes"},
			{Message: "imei:…,OBD,…", Meaning: "mileage, fuel, hours, speed, load, coolant, throttle, rpm, " +
				"voltage, trouble codes"},
			{Message: "imei:…,jt kt lt …", Meaning: "answer to the command of that letter, with a position"},
			{Message: "imei:…,vt / vr…", Meaning: "photo, kept in parts as attributes"},
			{Message: "imei:…,NAME,…*", Meaning: "dialect with decimal degrees, satellites, HDOP and CSQ"},
		},
		Replies: "LOAD to a login, ON to a heartbeat, **,imei:…,E; to help me; nothing else",
		Notes: []string{
			"The total mileage of OBD lines is read as metres; captured ones fit metres in some cars and kilometres in " +
				"others, which the profile's obd_mileage_unit can say.",
			"A fix whose UTC hour is malformed is dated by its local time, seconds included.",
			"Area and cell stand alone: the message does not say country and network, so they are attributes.",
			"Rebooting, server and access point are set by SMS only.",
		},
		Known: "Positions, cell reports, login, heartbeat, OBD and the asterisk dialect are borne out by captured " +
			"messages; photos, answers to commands and the rarer keywords are from general knowledge.",
		Disagrees: disagrees(),
	}
}

func disagrees() []protocols.Disagree {
	return []protocols.Disagree{
		{
			Messages: []string{"gps103/bec59c48f6", "gps103/875436ed10"},
			They:     "the seconds are 0",
			Bytes:    "the local time has twelve digits, the last two of them seconds (32 and 53); the UTC column holds no time",
		},
		{
			Messages: []string{"gps103/b3cf2d7368", "gps103/34d7a1d604"},
			They:     "the total mileage is 0",
			Bytes:    "its column is empty: the tracker did not say it",
		},
	}
}
