package minifinder2

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	return ear(d.Password).Hear(d, text, now)
}

// ear has the words of the manuals.
func ear(password string) *texts.Ear {
	head := ""
	if password != "" {
		head = "{password},"
	}
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: head + "loc", Reply: "{link}"},
			{Kind: protocols.Interval, Words: head + "ti{every}", Reply: "ti{every} OK"},
			{Kind: protocols.Reboot, Words: head + "reboot", Reply: "reboot OK"},
			{Kind: protocols.SetServer, Words: head + "ip1,{host},{port}", Reply: "ip1,{host},{port} OK"},
			{Kind: protocols.SetAPN, Words: head + "s1,{apn},{user},{secret}", Reply: "s1,{apn} OK"},
			{Kind: protocols.SetAPN, Words: head + "s1,{apn}", Reply: "s1,{apn} OK"},
			{Kind: protocols.Custom, Words: head + "{words}", Reply: "{words} OK"},
		},
	}
}
