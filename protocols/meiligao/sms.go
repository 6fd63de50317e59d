package meiligao

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of the manuals (tk102, GT30x).
func ear() *texts.Ear {
	return &texts.Ear{
		Password: defaultPassword,
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "W{password},000",
				Reply: "Latitude = {dmslat} Longitude = {dmslon}, Speed = {speed}Km/h, {at 2006-01-02,15:04}"},
			{Kind: protocols.Interval, Words: "W{password},014,{tens}", Reply: "SET OK"},
			{Kind: protocols.SetServer, Words: "W{password},012,{host},{port}", Reply: "SET OK"},
			{Kind: protocols.SetAPN, Words: "W{password},011,{apn},{user},{secret}", Reply: "SET OK"},
			{Kind: protocols.SetAPN, Words: "W{password},011,{apn}", Reply: "SET OK"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words} OK"},
		},
		Queries: []texts.Query{
			{Words: "W{password},100", Reply: "{link}"},
		},
	}
}
