package queclink

import (
	"cmp"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/texts"
)

// readText reads an SMS of a tracker: +ACK:GTRTO,<version>,<IMEI>,…,<time>,<count>$, or a link with F and the
// accuracy of the fix (0: none), D and the time, B and the battery.
func readText(d protocols.Device, text string, at time.Time) (protocols.Message, error) {
	m, err := texts.Read(d, tail(text), at)
	m.Result.Text = text
	if strings.HasPrefix(text, "+ACK:") || strings.HasPrefix(text, "+NACK:") {
		fields := strings.Split(text, ",")
		if len(fields) > 2 && len(fields[2]) == 15 && strings.Trim(fields[2], "0123456789") == "" {
			m.Device = fields[2]
		}
		m.Result.Nack = text[1] == 'N'
	}
	for i := range m.Positions {
		m.Positions[i].Valid = m.Positions[i].Valid && !strings.Contains(text, " F0 ")
	}
	return m, err
}

// tail writes what stands behind a link with labels: F1 D2009/01/01T00:00:00 B74%.
func tail(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		switch {
		case len(word) < 2 || word[1] < '0' || word[1] > '9':
		case word[0] == 'F' && len(word) <= 3:
			words[i] = "accuracy: " + word[1:]
		case word[0] == 'D' && strings.Contains(word, "T"):
			words[i] = "time: " + word[1:]
		case word[0] == 'B' && strings.HasSuffix(word, "%"):
			words[i] = "battery: " + word[1:]
		}
	}
	return strings.Join(words, " ")
}

// hearText is the tracker's side of text.
func hearText(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	d.Password = cmp.Or(d.Password, strings.ToLower(d.Model), speakPassword)
	return ear().Hear(d, text, now)
}

// ear has the words of the @Track papers. A place is answered with a link, all else with +ACK.
func ear() *texts.Ear {
	reply := func(name string) string {
		return "+ACK:GT" + name + ",110504,{id},,{serial},{at 20060102150405},11F0$"
	}
	phrase := func(kind protocols.CommandKind, output int, name, parameters string) texts.Phrase {
		words := "AT+GT" + name + "={password}," + parameters + ",{serial}$"
		return texts.Phrase{Kind: kind, Output: output, Words: words, Reply: reply(name)}
	}
	locate := phrase(protocols.Locate, 0, "RTO", "1,,,,,")
	locate.Reply = "{link} F1 D{at 2006/01/02T15:04:05} B{percent}%"
	return &texts.Ear{Phrases: []texts.Phrase{
		locate,
		phrase(protocols.Reboot, 0, "RTO", "3,,,,,"),
		phrase(protocols.Interval, 0, "FRI", "1,0,,1,0000,0000,,{seconds},,,,,,,,"),
		phrase(protocols.Immobilise, 0, "OUT", "1,,,,,,,,,,,,"),
		phrase(protocols.Release, 0, "OUT", "0,,,,,,,,,,,,"),
		phrase(protocols.Output, 2, "OUT", ",,,{on},,,,,,,,,"),
		phrase(protocols.Output, 3, "OUT", ",,,,,,{on},,,,,,"),
		phrase(protocols.SetServer, 0, "SRI", "3,,1,{host},{port},,,,5,0,,,,"),
		phrase(protocols.SetAPN, 0, "BSI", "{apn},{user},{secret},,,,"),
		{Kind: protocols.Custom, Words: "{words}$", Reply: "+ACK:{words},OK"},
	}}
}
