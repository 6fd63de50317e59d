package xirgo

import "drover/protocols"

var guide = protocols.Guide{
	Title:  "Xirgo",
	Makers: "Xirgo Technologies: XT2000, XT2060, XT2400, XT4700, XT4860, XT6200, XT6300 and others",
	Papers: []string{
		"Communication Specification and Data Format for XT-2000-G-X081",
		"Communication Specification and Data Format for XT-2060-G",
		"Communication Specification and Data Format for XT4860",
	},
	Identity: "in each sentence, usually the IMEI",
	Clock:    "UTC unless the profile says otherwise",
	Reads: []protocols.Reading{
		{Message: "4001, 4002", Meaning: "position with ignition on and off"},
		{Message: "4003 to 4005", Meaning: "position on main power or without it"},
		{Message: "4006, 6015, 6053", Meaning: "position with VIN, firmware and vehicle's bus"},
		{Message: "6001 to 6035", Meaning: "position with an event: speed, fence, harsh driving, power, idling, towing"},
		{Message: "6011", Meaning: "ignition on; a truck adds inputs, oil and coolant"},
		{Message: "6036", Meaning: "time spent in a band of speed"},
		{Message: "6045", Meaning: "trouble codes"},
		{Message: "6071 to 6091", Meaning: "motion, removal and battery of a trailer's tracker"},
		{Message: "+XT:", Meaning: "answer to a command"},
		{Message: "any other", Meaning: "position; the event's number is kept"},
	},
	Replies: "over UDP !UDP_ACK,event,sequence to a sentence that ends with a sequence number; nothing over TCP",
	Notes: []string{
		"Two orders of fields are told apart by where whole numbers stand; the option fields names any other.",
		"There is no command for the interval, as the papers' units for it are not known for sure.",
	},
	Known: "The orders of fields follow the papers and are borne out by captured sentences; commands and their answers " +
		"are from public instructions and general knowledge.",
}
