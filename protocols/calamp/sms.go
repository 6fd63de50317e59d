package calamp

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of the SMS commands; the shape of the answer to !R0 is general knowledge.
func ear() *texts.Ear {
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "!R0",
				Reply: "APP:20201 4.0a COM:-79 GPS:Antenna OK, Fix Lat:{lat} Lon:{lon} Sat:{sat} INP:{ign} Power:{volts}V"},
			{Kind: protocols.Output, Output: 1, On: true, Words: "!R3,8,0", Reply: "OK"},
			{Kind: protocols.Output, Output: 2, On: true, Words: "!R3,8,1", Reply: "OK"},
			{Kind: protocols.Output, Output: 3, On: true, Words: "!R3,8,2", Reply: "OK"},
			{Kind: protocols.Output, Output: 4, On: true, Words: "!R3,8,3", Reply: "OK"},
			{Kind: protocols.Output, Output: 1, Words: "!R3,9,0", Reply: "OK"},
			{Kind: protocols.Output, Output: 2, Words: "!R3,9,1", Reply: "OK"},
			{Kind: protocols.Output, Output: 3, Words: "!R3,9,2", Reply: "OK"},
			{Kind: protocols.Output, Output: 4, Words: "!R3,9,3", Reply: "OK"},
			{Kind: protocols.Reboot, Words: "!R3,70,0", Reply: "OK"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words} OK"},
		},
	}
}
