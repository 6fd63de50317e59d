package osmand

import "drover/protocols"

func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "OsmAnd",
		Makers:   "OsmAnd, Traccar Client and other applications for phones; scripts and home automation.",
		Papers:   []string{"OsmAnd, Trip recording: online tracking", "Traccar, OsmAnd protocol of Traccar Client"},
		Identity: "id, deviceid or device_id in each request: any text",
		Clock:    "UTC; a time without a zone is UTC unless the profile says otherwise",
		Reads: []protocols.Reading{
			{Message: "GET or POST with a query", Meaning: "one position; names that are not known are attributes"},
			{Message: "POST of a form", Meaning: "the same, in the body"},
			{Message: "POST of JSON", Meaning: "one location or an array of them, with battery, activity and extras"},
		},
		Replies: "200 to each request; 400 if it names no device or can not be read, and to a stranger.",
		Notes: []string{
			"Speed is in knots in queries and in metres per second in JSON.",
			"Bodies have a length or come in chunks, 256 KiB at most; several requests may follow one another on a connection.",
			"A client that waits for 100 Continue before its body has to send it unasked.",
			"Commands are the body of an answer.",
		},
		Known: "Queries and JSON with one location are borne out by captured requests; forms and arrays are from general " +
			"knowledge.",
	}
}
