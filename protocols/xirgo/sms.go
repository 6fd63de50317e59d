package xirgo

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	c, replies, ok := ear().Hear(d, text, now)
	if d.Options[optionEngine] == engineClosed {
		c.Kind = texts.Reversed(c.Kind)
	}
	return c, replies, ok
}

// ear has the vendor's words. A place comes over the line.
func ear() *texts.Ear {
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "+XT:7001,1", Reply: "{text},OK"},
			{Kind: protocols.Immobilise, Words: "+XT:7005,1,1", Reply: "{text},OK"},
			{Kind: protocols.Release, Words: "+XT:7005,2,1", Reply: "{text},OK"},
			{Kind: protocols.Reboot, Words: "+XT:7008", Reply: "{text},OK"},
			{Kind: protocols.SetServer, Words: "+XT:1001,{port},{host},4,0,0", Reply: "+XT:1001,OK"},
			{Kind: protocols.SetAPN, Words: "+XT:1002,{user},{secret},{apn}", Reply: "+XT:1002,OK"},
			{Kind: protocols.Custom, Words: "+XT:{any}", Reply: "{text},OK"},
		},
	}
}
