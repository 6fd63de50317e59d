package atrack

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear answers as on the line.
func ear() *texts.Ear {
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Custom, Words: "{words}", Reply: "$OK"},
		},
	}
}
