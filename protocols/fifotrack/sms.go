package fifotrack

import (
	"drover/protocols"
	"drover/protocols/texts"
)

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
