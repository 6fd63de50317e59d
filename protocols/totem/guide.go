package totem

import "drover/protocols"

// guide is what people should know of the family.
func guide() protocols.Guide {
	return protocols.Guide{
		Templates: templates(),
		Title:     "Totem",
		Makers:    "Totem Tech: TZ-AVL05, TZ-AVL08, TZ-AVL09, TZ-AVL10, TZ-AVL19, and rebrandings",
		Papers:    []string{"AVL-05/08/09 Protocol", "AVL Protocol V6"},
		Identity:  "IMEI in each message",
		Clock:     "UTC",
		Reads: []protocols.Reading{
			{Message: "hexadecimal length, $GPRMC", Meaning: "report: place, dilution, ports, volts, cell, odometer"},
			{Message: "hexadecimal length, bars", Meaning: "the same of earlier models"},
			{Message: "hexadecimal length, fixed places", Meaning: "the same, shorter"},
			{Message: "decimal length, fixed places", Meaning: "report: status, place, volts, cell, signal, odometer"},
			{Message: "decimal length, commas", Meaning: "a driver's card, or values of the vehicle's bus"},
			{Message: "CF", Meaning: "answers to commands"},
		},
		Replies: "ACK OK to a frame with a hexadecimal length; to one with a decimal length, a frame of type AA with the " +
			"four characters before its checksum, the report's number.",
		Notes: []string{
			"Frames with a hexadecimal length end with CRC-16/MODBUS, those with a decimal one with an exclusive or.",
			"Analog values and temperatures are kept as they come: their scale depends on what is wired.",
			"Area and cell come without country and network, but for some reports of later models.",
			"A card's report (E2) has the longitude first. One of the vehicle's bus (E5) has the latitude first where the " +
				"first number can be one; no paper bears that out.",
			"Later reports have the battery alone, in hundredths of a volt, or one more temperature before the number.",
			"The bit of a valid place depends on how many temperatures there are.",
			"What answers to commands look like is not known; server, access point and interval have no words here.",
		},
		Known: "Sentences, fixed places of later models, cards and both checksums are borne out by captured frames. " +
			"Reports between bars, fixed places of earlier models, vehicle's bus, commands and alarms are general " +
			"knowledge.",
		Disagrees: []protocols.Disagree{
			{
				Messages: []string{
					"totem/149c32a8f0", "totem/5809cecf70", "totem/418d67aa1a", "totem/5c3fd90d0a", "totem/385217744c",
					"totem/292432dee2", "totem/3eb3a0c06a",
				},
				They: "give the four digits of the supply as whole volts",
				Bytes: "Battery and supply are one field of eight digits: 14291265 is charging, 4.29 V and 12.65 V. 1,265 V " +
					"can not be, and the battery beside it is read in hundredths by all.",
			},
		},
	}
}
