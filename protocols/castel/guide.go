package castel

import "drover/protocols"

// guide is what people should know of the family.
var guide = protocols.Guide{
	Title:    "Castel OBD",
	Makers:   "Sinocastel: IDD-212, IDD-213, IDD-218, D-218L, D-234L (SC); PT-690, PT-718 (CC); MPIP-618, MPIP-620",
	Papers:   []string{"OBD SC protocol", "CC communication protocol", "MPIP protocol"},
	Identity: "in each frame: the serial number on the label, up to 20 letters and digits",
	Clock:    "UTC",
	Reads: []protocols.Reading{
		{Message: "SC 1001, 1002, 1003", Meaning: "login with versions, logout, heartbeat"},
		{Message: "SC 4001, 401F", Meaning: "locations, odometer, trip, fuel, state, engine speed; of 401F alarms, supply, " +
			"battery, temperatures"},
		{Message: "SC 4007", Meaning: "alarms with locations"},
		{Message: "SC 4002, 4004, 4005", Meaning: "readings of the engine by PID; the PIDs that it has; all of them at once"},
		{Message: "SC 4003", Meaning: "accelerations: the strongest is kept"},
		{Message: "SC 4006, 400B", Meaning: "fault codes of cars, of trucks (as bytes)"},
		{Message: "SC 4008, 4009, 400E, 5101, B001", Meaning: "cell, place in sleep, fuel, for A-GPS, as asked for"},
		{Message: "CC 4001, 4206", Meaning: "login and heartbeat with locations, status, battery, odometer, fence, cell"},
		{Message: "MPIP 2001, 4001, 4201, 4202, 4204, 4206", Meaning: "locations"},
		{Message: "A001, A002 and other types from 8000 on", Meaning: "answer to a command"},
	},
	Replies: "SC: login by 9001 with the time, heartbeat by 9003, alarms by C007 with their index; CC: login by 8001, " +
		"4206 by 8206; MPIP: 2001 by 1001, login by its own type",
	Notes: []string{
		"Values of PIDs come in their own unit, not as on the bus: temperatures without an offset, revolutions whole.",
		"A PID whose length is not known ends the list: the rest is kept as bytes.",
		"Commands are a type and data in hexadecimal; only CC trackers cut the engine.",
		"A battery byte of FF of a CC tracker says nothing.",
	},
	Known: "borne out by captures: SC 1001, 1002, 4001, 4002, 4004 to 4008, 401F, CC login, MPIP 2001; from general " +
		"knowledge: the rest, most alarms, the bits of the state but 4 to 6 and 18, commands",
	Disagrees: []protocols.Disagree{{
		Messages: []string{"castel/f039399fae"},
		They:     "a battery of 255 V",
		Bytes:    "the battery's byte is FF, which says that there is no value: no tracker has 255 V in its battery",
	}},
}
