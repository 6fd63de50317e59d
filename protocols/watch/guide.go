package watch

import "drover/protocols"

// guide is what people should know of the family.
var guide = protocols.Guide{
	Title:    "SeTracker watches",
	Makers:   "Wonlex, Reachfar, ZJ and many others: Q50, Q90, Q100, GW300 to GW2000, Y-series, 4G watches",
	Papers:   []string{"Communication protocol of GPS watches", "Third-party communication protocol of 4G watches"},
	Identity: "in each message: ten digits out of the IMEI, or all of it",
	Clock:    "UTC unless the profile says otherwise; some firmwares send local time",
	Reads: []protocols.Reading{
		{Message: "LK", Meaning: "keep-alive; steps, tumbles, battery"},
		{Message: "UD, UD2, UD3, UD_LTE, UD_WCDMA…", Meaning: "position, battery, signal, steps, state, cells, Wi-Fi"},
		{Message: "AL", Meaning: "the same with an alarm"},
		{Message: "WAD, WG", Meaning: "the watch asks for its address; its place is kept"},
		{Message: "PULSE, HEART, BLOOD, BPHRT, oxygen, btemp2", Meaning: "heart rate, blood pressure, oxygen, temperature"},
		{Message: "TK, JXTK, img", Meaning: "voice in one or several parts, a picture: kept as bytes"},
		{Message: "INIT, CONFIG, TKQ, TKQ2", Meaning: "greeting, configuration, questions for voice"},
		{Message: "anything else", Meaning: "answer to a command"},
	},
	Replies: "LK, AL, TKQ and TKQ2 by the same word, INIT, CONFIG and TK by a 1, each part of JXTK by JXTKR,1; in the " +
		"watch's own form, with its index if it has one; positions are not acknowledged",
	Notes: []string{
		"The length is false on some firmwares: a message ends at its first ] if its words look finished there.",
		"Parts of voice are given as they come and not put together.",
		"Degrees may carry a sign and a letter; the letters S and W make them negative, N and E leave the sign.",
		"AL without a bit of alarm is a general alarm.",
	},
	Known: "borne out by captures: LK, UD, AL, TKQ; from general knowledge: INIT, CONFIG, WAD, WT, health, voice, " +
		"pictures, commands, SMS",
}
