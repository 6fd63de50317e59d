package starlink

import "drover/protocols"

// guide is what people should know of the family.
var guide = protocols.Guide{
	Title:    "ERM StarLink",
	Makers:   "ERM Advanced Telematics: StarLink Tracker, TrackerSF and their kin",
	Papers:   []string{"none that is public; ERM gives its StarLink protocol to customers"},
	Identity: "in each message: a number of six hexadecimal digits, or the IMEI",
	Clock:    "UTC unless the profile says otherwise",
	Reads: []protocols.Reading{
		{
			Message: "type 06, event report",
			Meaning: "the fields of the list in the profile: event and its alarm, place, speed, mileage, inputs, outputs, " +
				"supply, battery, ignition, engine and others; fields behind the list as text",
		},
		{Message: "any other type", Meaning: "its fields as text"},
	},
	Replies: "None.",
	Notes: []string{
		"The wire does not show which fields a report has. If a tracker's list (its parameter 0177) is not the usual one, " +
			"the option fields must say it; without it time, place, speed and course are told by their shape.",
		"The binary form and the temperature sensors' data (TD1, TD2) are not read; the latter are kept as they come.",
		"Only words of one's own can be sent: StarLink's commands are not public.",
	},
	Known: "Borne out by captured messages with the usual list. The other fields, and the codes of events, are from " +
		"general knowledge.",
	Disagrees: []protocols.Disagree{{
		Messages: []string{"starlink/340916751a"},
		They:     "the ignition is off",
		Bytes:    "IGN is 1 and ENG is 0: the ignition is on and the engine does not run yet",
	}},
}
