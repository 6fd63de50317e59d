package totem

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

// ear has the words of the manuals; its answers are those of the line, that of a place is a link.
func ear() *texts.Ear {
	return &texts.Ear{
		Password: defaultPassword,
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "*{password},721#", Reply: "{link}"},
			{Kind: protocols.Output, Output: 1, Words: "*{password},025,A,{on}#", Reply: "025,OK"},
			{Kind: protocols.Output, Output: 2, Words: "*{password},025,B,{on}#", Reply: "025,OK"},
			{Kind: protocols.Immobilise, Words: "*{password},025,C,1#", Reply: "025,OK"},
			{Kind: protocols.Release, Words: "*{password},025,C,0#", Reply: "025,OK"},
			{Kind: protocols.Reboot, Words: "*{password},006#", Reply: "006,OK"},
			{Kind: protocols.Custom, Words: "*{password},{words}#", Reply: "{words},OK"},
		},
	}
}
