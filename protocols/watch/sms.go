package watch

import (
	"time"

	"drover/protocols"
	"drover/protocols/texts"
)

// readText reads an SMS of a tracker.
func readText(d protocols.Device, text string, at time.Time) (protocols.Message, error) {
	return texts.Read(d, text, at)
}

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	return ear().Hear(d, text, now)
}

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
