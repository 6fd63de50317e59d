package navtelecom

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	c, replies, ok := ear(d.Password).Hear(d, text, now)
	return texts.Switched(c, immobiliserOf(d)), replies, ok
}

// ear has the vendor's words; its answers are those of the line, that of a place is a link.
func ear(password string) *texts.Ear {
	head := ""
	if password != "" {
		head = "{password} "
	}
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: head + "*?A", Reply: "*#A {link}"},
			{Kind: protocols.Output, Output: 1, Words: head + "*!SETOUT 1{on}", Reply: "*@SETOUT OK"},
			{Kind: protocols.Output, Output: 2, Words: head + "*!SETOUT 2{on}", Reply: "*@SETOUT OK"},
			{Kind: protocols.Output, Output: 3, Words: head + "*!SETOUT 3{on}", Reply: "*@SETOUT OK"},
			{Kind: protocols.Output, Output: 4, Words: head + "*!SETOUT 4{on}", Reply: "*@SETOUT OK"},
			{Kind: protocols.Reboot, Words: head + "*!DEV_RESET", Reply: "*@DEV_RESET"},
			{Kind: protocols.SetServer, Words: head + "*!EDITS TRANS:SRV1(,,,{host},{port})", Reply: "*@EDITS OK,TRANS:SRV1"},
			{Kind: protocols.SetAPN, Words: head + "*!EDITS TRANS:AP1({apn},!,!)", Reply: "*@EDITS OK,TRANS:AP1"},
			{Kind: protocols.SetAPN, Words: head + "*!EDITS TRANS:AP1({apn},{user},{secret})",
				Reply: "*@EDITS OK,TRANS:AP1"},
			{Kind: protocols.Custom, Words: head + "{words}", Reply: "{words} OK"},
		},
	}
}

// immobiliserOf is the output line that cuts the engine, 1 to 4; 0 if it is none of those.
func immobiliserOf(d protocols.Device) int {
	switch v := d.Options[optionImmobiliser]; {
	case v == "":
		return 1
	case len(v) == 1 && v[0] >= '1' && v[0] <= '4':
		return int(v[0] - '0')
	}
	return 0
}
