package upro

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "UPRO HQ20",
		Makers:   "UPRO, Anta, ThinkRace, Zeway and others whose trackers open with *HQ20, *MG20, *VK20 or *AI20",
		Papers:   []string{"GPS terminal communication protocol (HQ20)"},
		Identity: "6 to 16 digits in each message",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "&A", Meaning: "time, place, fix, speed, course"},
			{Message: "&B", Meaning: "ignition, door, lock and alarms: robbery, theft, vibration, movement, fences, speed, " +
				"supply"},
			{Message: "&C &E", Meaning: "mileage"},
			{Message: "&F", Meaning: "speed"},
			{Message: "&R &N &O", Meaning: "signal, satellites"},
			{Message: "&V &Y", Meaning: "supply; a longer Y are LTE cells"},
			{Message: "&T &M", Meaning: "battery; humidity where M has four digits"},
			{Message: "&J &G &d", Meaning: "temperature, altitude, analogue input"},
			{Message: "&I &P &X", Meaning: "cells; X in parentheses: ICCID, time zone and more"},
			{Message: "&Q", Meaning: "diagnosis values of the car"},
			{Message: "&W", Meaning: "kept as it is; its third bit is a tampering"},
			{Message: "GY", Meaning: "what the serial port said; of type 4009 a driver's card"},
			{Message: "Y…", Meaning: "answer to a command, with a position"},
		},
		Replies: "*HQ20Y and the first two letters of the keyword, where the message's flag is 1",
		Notes: []string{
			"The course has steps of ten degrees.",
			"Fields without a known meaning are kept under their letter.",
			"A message in square brackets is the same with other ends.",
			"Binary fields may hold a # or & by chance; the message is cut there.",
		},
		Known: "Fields but D, E, H, S, U, W, Z and the small letters are borne out by captured messages; rarer alarms, GY " +
			"and the commands are from general knowledge.",
	}
}
