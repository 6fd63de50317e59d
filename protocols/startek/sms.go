package startek

import (
	"drover/protocols"
	"drover/protocols/texts"
)

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
