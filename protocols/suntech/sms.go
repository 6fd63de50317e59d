package suntech

import (
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/texts"
)

// readText reads an SMS of a tracker: ST910;RES;REPORT;<id>;180;… repeats the command that it obeyed, and so does
// ST300CMD;Res;<id>;….
func readText(d protocols.Device, text string, at time.Time) (protocols.Message, error) {
	m, err := texts.Read(d, text, at)
	parts := strings.Split(text, ";")
	for i, part := range parts {
		if i < 2 && strings.EqualFold(part, "RES") {
			err = nil
		}
		if i > 0 && i < 4 && len(part) >= 6 && len(part) <= 15 && strings.Trim(part, "0123456789") == "" && m.Device == "" {
			m.Device = part
		}
	}
	return m, err
}

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	prefix, universal := prefixOf(d.Model)
	if universal {
		return universalEar(d.Identity).Hear(d, text, now)
	}
	if prefix == "" {
		prefix = defaultPrefix
	}
	return legacyEar(prefix, d.Identity).Hear(d, text, now)
}

// legacyEar has the words of models with three digits. A status report goes over the line, not by SMS.
func legacyEar(prefix, id string) *texts.Ear {
	head, reply := prefix+"CMD;"+id+";02;", prefix+"CMD;Res;{id};010;"
	return &texts.Ear{Phrases: []texts.Phrase{
		{Kind: protocols.Locate, Words: head + "StatusReq", Reply: reply + "StatusReq"},
		{Kind: protocols.Immobilise, Words: head + "Enable1", Reply: reply + "Enable1"},
		{Kind: protocols.Release, Words: head + "Disable1", Reply: reply + "Disable1"},
		{Kind: protocols.Output, Output: 2, On: true, Words: head + "Enable2", Reply: reply + "Enable2"},
		{Kind: protocols.Output, Output: 2, Words: head + "Disable2", Reply: reply + "Disable2"},
		{Kind: protocols.Reboot, Words: head + "Reboot", Reply: reply + "Reboot"},
		{Kind: protocols.Custom, Words: head + "{words}", Reply: reply + "{words}"},
	}}
}

// universalEar has the words of models with four digits: groups and numbers.
func universalEar(id string) *texts.Ear {
	head, reply := "CMD;"+id+";", "RES;{id};"
	return &texts.Ear{Phrases: []texts.Phrase{
		{Kind: protocols.Locate, Words: head + "03;01", Reply: reply + "03;01"},
		{Kind: protocols.Reboot, Words: head + "03;03", Reply: reply + "03;03"},
		{Kind: protocols.Immobilise, Words: head + "04;01", Reply: reply + "04;01"},
		{Kind: protocols.Release, Words: head + "04;02", Reply: reply + "04;02"},
		{Kind: protocols.Output, Output: 2, On: true, Words: head + "04;03", Reply: reply + "04;03"},
		{Kind: protocols.Output, Output: 2, Words: head + "04;04", Reply: reply + "04;04"},
		{Kind: protocols.Custom, Words: head + "{words}", Reply: reply + "{words}"},
	}}
}
