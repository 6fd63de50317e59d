package minifinder2

import "drover/protocols"

// guide is what people should know of the family.
var guide = protocols.Guide{
	Title:    "Eview EV and MiniFinder",
	Makers:   "Eview: EV-07B, EV-07S, EV-04, EV-201, EV-203; MiniFinder Pico, Atto, Nano, Zepto",
	Papers:   []string{"Eview protocol", "EV-07B protocol", "Eview SMS protocol"},
	Identity: "in each report",
	Clock:    "UTC",
	Reads: []protocols.Reading{
		{Message: "01", Meaning: "report: records of the keys below"},
		{Message: "24", Meaning: "time, battery, signal, motion, charging, from the archive"},
		{Message: "20", Meaning: "place, speed, course, altitude, HDOP, odometer, satellites"},
		{Message: "02, 14", Meaning: "alarms; battery"},
		{Message: "21, 29, 22, 19", Meaning: "cells, LTE cell, Wi-Fi networks without and with names"},
		{Message: "23, 28, 2A", Meaning: "tags, beacons and home networks, with their place and name"},
		{Message: "30, 31, 37, 40, 41", Meaning: "steps, activities, barking, heart rate, blood oxygen"},
		{Message: "02, 04, 7F", Meaning: "answers to commands; of the settings (02) also SIM, battery, versions and names"},
		{Message: "03", Meaning: "asks for services: the time is answered, places are not known"},
	},
	Replies: "7F with 00 where the properties want it (bit 4), with the message's number; services by themselves",
	Notes: []string{
		"A key that comes again starts the next record, but for beacons (28).",
		"The place of a beacon counts as a fix where there is none of satellites.",
		"Commands over a line are a command and keys in hexadecimal, for the keys differ by model.",
		"Keys that are not known here are kept as bytes, io and their number.",
	},
	Known: "borne out by captures: 01, 02, 19 to 22, 24, 28 to 2A, 30, 37 and the answers; from general knowledge: 14, " +
		"23, 31, 40, 41, settings, services, the bits of alarms but 12 and 31, SMS",
}
