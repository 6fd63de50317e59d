package fifotrack

import (
	"time"

	"drover/protocols"
	"drover/protocols/texts"
)

// readText reads an SMS of a tracker: the shape of its answers is not known, so they are read as all others.
func readText(d protocols.Device, text string, at time.Time) (protocols.Message, error) {
	return texts.Read(d, text, at)
}

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	return ear().Hear(d, text, now)
}

// ear has the vendor's words; its answers are those of the line, that of a place is a link.
func ear() *texts.Ear {
	return &texts.Ear{
		Password: defaultPassword,
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "{password},C01", Reply: "{link}"},
			{Kind: protocols.SetServer, Words: "{password},B00,1,{host},{port}", Reply: "B00,OK"},
			{Kind: protocols.SetAPN, Words: "{password},B01,{apn},{user},{secret}", Reply: "B01,OK"},
			{Kind: protocols.SetAPN, Words: "{password},B01,{apn}", Reply: "B01,OK"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words},OK"},
		},
	}
}
