package atrack

import "drover/protocols"

var guide = protocols.Guide{
	Title:    "ATrack",
	Makers:   "ATrack Technology: AT1, AT5, AX5, AX7, AX9, AX11, AK1, AK7, AL1, AL7, AL11, AS1, AS3, AU7, AY5",
	Papers:   []string{"ATrack Protocol Document", "ATrack SP Protocol Document", "ATrack AP Protocol Document"},
	Identity: "in every packet: the unit's number, usually the IMEI",
	Clock:    "UTC, as seconds since 1970 or as a calendar date",
	Reads: []protocols.Reading{
		{Message: "@P binary", Meaning: "reports with the fixed fields and those of AT$FORM"},
		{Message: "@P, text", Meaning: "the same as lines"},
		{Message: "@R", Meaning: "a part of a photo, kept as bytes"},
		{Message: "FE02", Meaning: "keep-alive"},
		{Message: "$INFO", Meaning: "model, firmware, SIM, voltages, satellites and signal"},
		{Message: "$OK, $ERROR and other lines", Meaning: "the answer to a command"},
	},
	Replies: "FE02 with number and sequence to every packet; a keep-alive goes back as it came; lines are not answered",
	Notes: []string{
		"Fields behind the fixed ones are read where the tracker says their list (%CI) or the option form has it; " +
			"else they are kept as bytes.",
		"Of the listed fields those of the vehicle's buses (J1587, J1939, FMS) are read, too; the vehicle's own mileage " +
			"goes before the tracker's.",
		"A field whose width is not known ends the reading of a binary report's listed fields.",
		"A prefix other than @P is taken where the checksum is right.",
		"Input 1 is often the ignition, but that is a matter of wiring: inputs are given as a number.",
	},
	Known: "The fixed part, both forms of the times and $INFO were borne out by captured messages; the widths of listed " +
		"fields and the photo are from general knowledge.",
}
