package eelink

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of the TK903 manual; that of a place is a link.
func ear() *texts.Ear {
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "WHERE#", Reply: "{link}"},
			{Kind: protocols.Immobilise, Words: "RELAY,1#", Reply: "relay ok"},
			{Kind: protocols.Release, Words: "RELAY,0#", Reply: "relay ok"},
			{Kind: protocols.Reboot, Words: "RESET#", Reply: "reset ok"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words} OK"},
		},
		Queries: []texts.Query{
			{Words: "STATUS#", Reply: "V:{battery}V,{volts}V;CSQ:{csq};PWR:1;ACC:{ign};GPS:3,0,{sat};GS:0,1"},
			{Words: "SERVER,{any}#", Reply: "server ok"},
			{Words: "APN,{any}#", Reply: "apn ok"},
		},
	}
}
