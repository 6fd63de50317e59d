package texts

import (
	"slices"
	"testing"
	"time"

	"drover/protocols"
)

func ear() *Ear {
	return &Ear{
		Password: "0000", Wrong: "password fail", Deferred: "later",
		Phrases: []Phrase{
			{Kind: protocols.Immobilise, Words: "stop{password}", Reply: "stopped"},
			{Kind: protocols.Interval, Words: "fix{every}***n{password}", Reply: "fix {every}"},
			{Kind: protocols.SetAPN, Words: "apn{password} {apn} {user} {secret}", Reply: "apn {apn}"},
			{Kind: protocols.SetServer, Words: "ip{password} {host}:{port}", Reply: "ok"},
			{Kind: protocols.Output, Output: 2, Words: "out {on}"},
			{Kind: protocols.Custom, Words: "do {words}", Reply: "did {words}"},
		},
		Queries: []Query{{Words: "check{password}", Reply: "ACC:{acc} {link} {at 15:04} {nothing}"}},
	}
}

func TestHear(t *testing.T) {
	d := protocols.Device{Offset: protocols.Some(2 * time.Hour)}
	now := protocols.Position{Time: sent, Latitude: 1.5, Longitude: -2.25, Ignition: protocols.Some(true)}
	for _, c := range []struct {
		text  string
		want  protocols.Command
		reply string
		ok    bool
	}{
		{"stop0000", protocols.Command{Kind: protocols.Immobilise}, "stopped", true},
		{"STOP0000", protocols.Command{Kind: protocols.Immobilise}, "stopped", true},
		{"stop1111", protocols.Command{}, "password fail", false},
		{"stop", protocols.Command{}, "password fail", false},
		{"fix005m***n0000", protocols.Command{Kind: protocols.Interval, Every: 5 * time.Minute}, "fix 005m", true},
		{"fix005x***n0000", protocols.Command{}, "", false},
		{"fix***n0000", protocols.Command{}, "", false},
		{"apn0000 net  s", protocols.Command{Kind: protocols.SetAPN, APN: "net", Secret: "s"}, "apn net", true},
		{"ip0000 a.b:80", protocols.Command{Kind: protocols.SetServer, Host: "a.b", Port: 80}, "ok", true},
		{"ip0000 a.b:99999", protocols.Command{}, "", false},
		{"out 1", protocols.Command{Kind: protocols.Output, Output: 2, On: true}, "", true},
		{"out 7", protocols.Command{}, "", false},
		{"do {link}", protocols.Command{Text: "{link}"}, "did {link}", true},
		{"do check0000", protocols.Command{Text: "check0000"},
			"ACC:ON http://maps.google.com/maps?q=1.500000,-2.250000 14:00 {nothing}", true},
		{"do check1", protocols.Command{}, "password fail", false},
		{"", protocols.Command{}, "", false},
	} {
		got, replies, ok := ear().Hear(d, c.text, now)
		if got != c.want || ok != c.ok || !slices.Equal(replies, answers(c.reply)) {
			t.Errorf("%q is %+v %q %v, want %+v", c.text, got, replies, ok, c)
		}
	}
}

// TestDeferred: a cut at speed is taken and done later.
func TestDeferred(t *testing.T) {
	now := protocols.Position{Speed: protocols.Some(DeferAbove + 1.0)}
	c, replies, ok := ear().Hear(protocols.Device{}, "stop0000", now)
	if c.Kind != protocols.Immobilise || !ok || !slices.Equal(replies, []string{"later"}) {
		t.Errorf("%+v %q %v", c, replies, ok)
	}
}

func TestFill(t *testing.T) {
	p := protocols.Position{Time: sent, Latitude: -40.939561, Longitude: -8.539, Speed: protocols.Some(38.0),
		SignalPercent: protocols.Some(71), ExternalVolts: protocols.Some(12.0)}
	for template, want := range map[string]string{
		"{NSlat}%2c{EWlon}": "S40.93956%2cW008.53900", "{dmslat} {dmslon}": "40 56 22.42S 8 32 20.40W",
		"{speed} {csq} {volts}V {acc}{ign}": "38.00 22 12.00V OFF0", "{unclosed": "{unclosed}", "": "", "{id}": "7",
	} {
		if got := Fill(template, protocols.Device{Identity: "7"}, p, nil); got != want {
			t.Errorf("%q became %q, want %q", template, got, want)
		}
	}
}
