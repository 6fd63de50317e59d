package watch

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of the manuals; the shape of the answers but the link's is not known.
func ear() *texts.Ear {
	return &texts.Ear{
		Password: defaultPassword,
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "pw,{password},url#", Reply: "{link}"},
			{Kind: protocols.Interval, Words: "pw,{password},upload,{seconds}#", Reply: "upload OK"},
			{Kind: protocols.Reboot, Words: "pw,{password},reset#", Reply: "reset OK"},
			{Kind: protocols.SetServer, Words: "pw,{password},ip,{host},{port}#", Reply: "ip OK"},
			{Kind: protocols.SetAPN, Words: "pw,{password},apn,{apn},{user},{secret},#", Reply: "apn OK"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words} OK"},
		},
	}
}
