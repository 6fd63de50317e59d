package gt06

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	c, replies, ok := ear().Hear(d, text, now)
	if d.Options[optionRelay] == relayCutsOff {
		c.Kind = texts.Reversed(c.Kind)
	}
	return c, replies, ok
}

// ear has the words of the S06U and S119 manuals.
func ear() *texts.Ear {
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "WHERE#",
				Reply: "Longitude Latitude: {lat}:{lon}, Course: {course}, speed: {speed} Km/h, " +
					"Date: {at 2006-01-02}, Time: {at 15:04:05}"},
			{Kind: protocols.Interval, Words: "TIMER,{seconds},{any}#", Reply: "TIMER set ok"},
			{Kind: protocols.Immobilise, Words: "RELAY,1#", Reply: "Cut off the fuel supply: Success!"},
			{Kind: protocols.Release, Words: "RELAY,0#", Reply: "Restore fuel supply: Success!"},
			{Kind: protocols.Reboot, Words: "RESET#", Reply: "RESET OK!"},
			{Kind: protocols.SetServer, Words: "SERVER,{any},{host},{port},{any}#", Reply: "server ok"},
			{Kind: protocols.SetAPN, Words: "APN,{apn},{user},{secret}#", Reply: "apn ok"},
			{Kind: protocols.SetAPN, Words: "APN,{apn}#", Reply: "apn ok"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words} OK"},
		},
		Queries: []texts.Query{
			{Words: "URL#", Reply: "http://maps.google.com/maps? Q = {lat}, {lon}"},
			{Words: "STATUS#", Reply: "GPS: Fixed; GPS Signal: H; ACC: {acc}; Fuel Supply: ON"},
			{Words: "CENTER,A,{any}#", Reply: "SET CENTER TEL OK. TEL Number is {any}"},
		},
	}
}
