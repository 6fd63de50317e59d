package totem

import (
	"drover/protocols"
	"drover/protocols/texts"
)

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
