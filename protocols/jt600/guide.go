package jt600

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title: "Jointech JT600 and JT70x",
		Makers: "Shenzhen Joint Technology (Jointech): vehicle trackers JT600, JT606, portable ones, padlocks JT701, " +
			"JT704, JT705, JT707, JT709",
		Papers: []string{
			"The Protocol of JT701 Product, V2.0 and V3.6", "Jointech software kits for JT701, JT704, JT705, JT707",
		},
		Identity: "ten digits in each message",
		Clock:    "UTC, dates ddmmyy",
		Reads: []protocols.Reading{
			{Message: "$ id kind length (1x)", Meaning: "portable: position, altitude, satellites, battery, cell"},
			{Message: "$ id kind length (2x)", Meaning: "vehicle: up to 37 positions, ignition, alarms, mileage, fuel"},
			{Message: "$ id kind length (3x)", Meaning: "vehicle with three fuel sensors: position, mileage, ignition"},
			{Message: "$ id version kind length", Meaning: "padlock: position, mileage, satellites, lock, string and cap, " +
				"alarms, battery, cell"},
			{Message: "(id,U…", Meaning: "position with battery, status, cell and mileage; U06 for an event"},
			{Message: "(id,W01", Meaning: "position of a portable tracker"},
			{Message: "(id,P45", Meaning: "opening or closing of a lock: how, card, password"},
			{Message: "(id,n,n,WLNET,5", Meaning: "wireless sensor: battery, level, temperature, humidity, " +
				"events of small locks and valves"},
			{Message: "(id,@JT)", Meaning: "heartbeat"},
			{Message: "(id,P22)", Meaning: "request for the time"},
			{Message: "other texts", Meaning: "answer to a command"},
		},
		Replies: "(S39) to U01–U03, (S20) to U06, (P69,0,n) to P45 and sensors, the time to P22; to a padlock's record " +
			"that wants it (P35), or, from version 19 on, (P69,0,n)",
		Notes: []string{
			"Speed in text uploads and lock events is in miles per hour, in W01 in km/h, in records in knots.",
			"A padlock's status 0 says that the place is of cells: located_by_cells. It is valid where its flags say so.",
			"Opening a lock from afar needs the lock's password: send it as a custom command.",
		},
		Known: "The layouts are borne out by captured messages and the padlock's status by the vendor's kit and table; the " +
			"bits of a vehicle tracker's status, the record of three fuel sensors and commands are from general knowledge.",
		Disagrees: []protocols.Disagree{
			{
				Messages: []string{"jt600/e9f992bcc6", "jt600/2b8f28d616"},
				They:     "the supply has 80 V and 100 V",
				Bytes:    "it is the battery's level in percent, as the same trackers' uploads say it with a percent sign",
			},
			{
				Messages: []string{"jt600/0c85391106", "jt600/f22d4664dc"},
				They:     "the speed is two digits",
				Bytes: "the vendor's kit takes the byte as a number of knots; there are 0A, 1B and 1F, which are no digits, " +
					"and 22, 21 go with 257 m in 15 s",
			},
		},
	}
}
