package startek

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

// ear has the vendor's words; its answers are those of the line.
func ear() *texts.Ear {
	return &texts.Ear{
		Password: defaultPassword,
		Phrases: []texts.Phrase{
			{Kind: protocols.Immobilise, Words: "{password},900,1,1", Reply: "900,OK"},
			{Kind: protocols.Release, Words: "{password},900,1,0", Reply: "900,OK"},
			{Kind: protocols.Output, Output: 2, Words: "{password},900,2,{on}", Reply: "900,OK"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words},OK"},
		},
	}
}
