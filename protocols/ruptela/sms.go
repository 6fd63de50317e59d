package ruptela

import (
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/texts"
)

// readText reads an SMS of a tracker: coords and version have shapes of their own.
func readText(d protocols.Device, text string, at time.Time) (protocols.Message, error) {
	m, err := texts.Read(d, labelled(text), at)
	m.Result.Text = text
	if version := strings.Split(text, ","); err != nil && len(version) == 5 && strings.Count(version[1], ".") == 2 {
		firmware := protocols.Attr("firmware", protocols.Text(version[1][:min(len(version[1]), 20)]))
		m.Positions = []protocols.Position{{Time: at, Attributes: []protocols.Attribute{firmware}}}
		err = nil
	}
	return m, err
}

// labelled writes the answer to coords with colons: 2013-04-24 07:01, lat. 46.1443183, long. 11.881766, hdop 100. The
// unit of its hdop is not known.
func labelled(text string) string {
	if !strings.Contains(text, "lat. ") || !strings.Contains(text, "long. ") {
		return text
	}
	return strings.NewReplacer(". ", ": ", " hdop ", " hdop_raw: ", " state ", " state: ").Replace(text)
}

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	c, replies, ok := ear().Hear(d, text, now)
	return texts.Switched(c, immobiliserOf(d)), replies, ok
}

// ear has the vendor's SMS commands.
func ear() *texts.Ear {
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "{password} coords",
				Reply: "{at 2006-01-02 15:04}, lat. {lat}, long. {lon}, alt. {alt}, " +
					"sat. {sat}, dir. {course}, hdop 100, state 3"},
			{Kind: protocols.Output, Output: 1, Words: "{password} setio {on},2", Reply: "SETIO configuration data ok"},
			{Kind: protocols.Output, Output: 2, Words: "{password} setio 2,{on}", Reply: "SETIO configuration data ok"},
			{Kind: protocols.Reboot, Words: "{password} reset", Reply: "Resetting device"},
			{Kind: protocols.SetServer, Words: "{password} setconnection *old*,*old*,*old*,TCP,{host},{port}",
				Reply: "set connection data ok"},
			{Kind: protocols.SetAPN, Words: "{password} setconnection {apn},{user},{secret}",
				Reply: "set connection data ok"},
			{Kind: protocols.Custom, Words: "{password} {words}", Reply: "{words} ok"},
		},
		Queries: []texts.Query{
			{Words: "version", Reply: "5402,00.02.15,1089,5,1"},
			{Words: "imei", Reply: "IMEI: {id}"},
		},
	}
}
