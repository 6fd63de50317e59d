package topflytech

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of the T8808's manual, which also puts the password second.
func ear() *texts.Ear {
	return &texts.Ear{
		Deferred: "SET RELAY DELAY, SPEED IS MORE THAN 20KM/H#",
		Phrases: []texts.Phrase{
			{Kind: protocols.Immobilise, Words: "RELAY,1#", Reply: "SET RELAY ENABLE OK,RELAY:1#"},
			{Kind: protocols.Release, Words: "RELAY,0#", Reply: "SET RELAY DISABLE OK,RELAY:0#"},
			{Kind: protocols.Immobilise, Words: "RELAY,{password},1#", Reply: "SET RELAY ENABLE OK,RELAY:1#"},
			{Kind: protocols.Release, Words: "RELAY,{password},0#", Reply: "SET RELAY DISABLE OK,RELAY:0#"},
			{Kind: protocols.Reboot, Words: "RESET#", Reply: "RESET OK#"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "SET {words} OK#"},
		},
		Queries: []texts.Query{
			{Words: "GOOGLE,{password}#", Reply: "{link}"},
		},
	}
}
