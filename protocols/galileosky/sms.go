package galileosky

import (
	"strconv"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/texts"
)

// readText reads an SMS of a tracker: OUT(3..0) = 0001 are its outputs, and status is labels with values.
func readText(d protocols.Device, text string, at time.Time) (protocols.Message, error) {
	m, err := texts.Read(d, text, at)
	if outputs, ok := strings.CutPrefix(text, "OUT(3..0) = "); ok && len(outputs) == 4 {
		p := protocols.Position{Time: at}
		for i := range outputs {
			p.Attributes = append(p.Attributes,
				protocols.Attr("output_"+strconv.Itoa(i+1), protocols.Bool(outputs[3-i] == '1')))
		}
		m.Positions, err = []protocols.Position{p}, nil
	}
	return m, err
}

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	c, replies, ok := ear().Hear(d, text, now)
	return texts.Switched(c, immobiliserOf(d)), replies, ok
}

// ear has the vendor's words. The outputs are those that the command sets, all others off.
func ear() *texts.Ear {
	return &texts.Ear{
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "status",
				Reply: "Dev50 Soft=223 Pack=1 TmDt={at 02.01.06 15:04:05} Per=10 Nav=0 " +
					"Lat={lat} Lon={lon} Spd={speed} HDOP=0.9 SatCnt={sat} A=16"},
			{Kind: protocols.Interval, Words: "period {seconds},{any}", Reply: "Period={seconds},{any}"},
			{Kind: protocols.Output, Output: 1, Words: "out 0,{on}", Reply: "OUT(3..0) = 000{on}"},
			{Kind: protocols.Output, Output: 2, Words: "out 1,{on}", Reply: "OUT(3..0) = 00{on}0"},
			{Kind: protocols.Output, Output: 3, Words: "out 2,{on}", Reply: "OUT(3..0) = 0{on}00"},
			{Kind: protocols.Output, Output: 4, Words: "out 3,{on}", Reply: "OUT(3..0) = {on}000"},
			{Kind: protocols.Reboot, Words: "reset", Reply: "Reset of device. Please wait 15 seconds..."},
			{Kind: protocols.SetServer, Words: "serverip {host},{port}", Reply: "Server={host}:{port}"},
			{Kind: protocols.SetAPN, Words: "apn {apn},{user},{secret}", Reply: "APN={apn}"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words} OK"},
		},
	}
}

// immobiliserOf is the output that cuts the engine, 1 to 4.
func immobiliserOf(d protocols.Device) int {
	if v := d.Options[optionImmobiliser]; len(v) == 1 && v[0] >= '0' && v[0] <= '3' {
		return int(v[0]-'0') + 1
	}
	return 1
}
