package jt808

import "drover/protocols"

var guide = protocols.Guide{
	Title: "JT/T 808",
	Makers: "All makers of terminals for Chinese commercial vehicles; exporters' trackers (BSJ, Meitrack T366 and MD, " +
		"Jimi VL and JC, Cantrack G-series, Seeworld, W15L), dashcams (Jimi, Streamax, Howen, Hikvision), asset and " +
		"container trackers (AOVX GL100, AL300), electronic locks (Jointech JT701 to JT709, G-360P)",
	Papers: []string{
		"JT/T 808-2011, JT/T 808-2013, JT/T 808-2019",
		"JT/T 1078-2016 (alarms of video)",
		"T/JSATL 12 (active safety)",
		"JT/T808 Protocol for G10LS",
		"4G Wireless Air Protocol VJT.04.063 (OBD trackers)",
	},
	Identity: "in each message: digits, or the first 14 digits of the IMEI as a binary number",
	Clock:    "GMT+8 as the standard says, unless the profile says otherwise; electronic locks (5501, 5502) UTC",
	Reads: []protocols.Reading{
		{Message: "0100", Meaning: "registration: maker, model, terminal, plate (2011, 2013, 2019)"},
		{Message: "0102", Meaning: "authentication; IMEI and version (2019)"},
		{Message: "0002, 0506", Meaning: "heartbeat; vendors' battery, signal and status"},
		{Message: "0200", Meaning: "location, alarms, and the elements of the standard and of vendors"},
		{Message: "0704, 0210", Meaning: "batches of locations; 0210 of seven bytes is the battery"},
		{Message: "0201, 0500", Meaning: "location in answer to a query or a control"},
		{Message: "0001, 0104, 0700, 0701, 1300, 6006, 0900 F0", Meaning: "answers to commands"},
		{Message: "0107, 0205", Meaning: "what the terminal is: model, card, versions, VIN"},
		{Message: "0702", Meaning: "driver's card"},
		{Message: "0705", Meaning: "CAN data, kept by id"},
		{Message: "0800, 0801", Meaning: "pictures, sounds and films, whole or in parts"},
		{Message: "0900", Meaning: "transparent: OBD data, faults, trips, beacons, sensors, serial ports"},
		{Message: "2070", Meaning: "acceleration samples"},
		{Message: "5501, 5502", Meaning: "electronic lock: place, battery, who opened it, tilt"},
		{Message: "(…)", Meaning: "text between frames: a question for the time, an answer"},
		{Message: "any other", Meaning: "kept as bytes"},
	},
	Replies: "8001 to nearly everything; 8100 with the identity as code to 0100; 8109 or 8004 with the time (UTC) to " +
		"0109 or 0004, 8205 to 0205; 8800 to 0801; 4401 to a lock that asks for it; nothing to answers. Parts of a " +
		"message are answered once the whole is there, and missing ones asked for (8003). An unwelcome terminal gets " +
		"result 4 (8100) or 1 (8001).",
	Notes: []string{
		"Editions 2011 and 2013 differ in the registration's length only; 2019 is said by each header.",
		"Alarm bits 15 to 18 are read as vendors use them (vibration, tampering, low battery) unless the header says 2019.",
		"A body that claims to be encrypted is read where its time is one, and kept as bytes where not.",
		"Texts in GBK are kept as bytes.",
		"Video (JT/T 1078) is another stream and not read; its alarms are.",
	},
	Known: "The editions' own messages follow the standard's tables. Captured frames bear out registrations, reports, " +
		"batches, locks, beacons and most vendors' elements named in the package's documentation; media, CAN data, " +
		"driver's cards, active safety, subpackages and the dialect with E7 are from papers and general knowledge alone.",
}
