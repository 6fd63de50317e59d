package atrack

import (
	"time"

	"drover/protocols"
	"drover/protocols/texts"
)

// readText reads an SMS of a tracker.
func readText(d protocols.Device, text string, at time.Time) (protocols.Message, error) {
	return texts.Read(d, text, at)
}

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	return ear().Hear(d, text, now)
}

// ear answers as on the line.
func ear() *texts.Ear {
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Custom, Words: "{words}", Reply: "$OK"},
		},
	}
}
