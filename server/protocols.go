package main

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"drover/protocols"
	"drover/protocols/all"
)

// protocolsCommand lists the families that trackers can speak here.
type protocolsCommand struct {
	Markdown bool `help:"Print the whole of docs/protocols.md."`
}

// Run prints a table for people, or the page.
func (c *protocolsCommand) Run(s streams) error {
	if c.Markdown {
		return printPage(s.out, all.Protocols())
	}
	table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "NAME\tCALLED\tPORT\tOVER\tCOMMANDS")
	for _, p := range all.Protocols() {
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\t%s\n", p.Name, p.Guide.Title, p.Port, over(p), kindsOf(p.Commands()))
	}
	return table.Flush()
}

//go:embed protocols.md.tmpl
var protocolsPage string

// sample is the device that the page's words of SMS are for.
var sample = protocols.Device{Identity: "352093081452251", Login: "admin", Password: "123456"}

// printPage writes docs/protocols.md.
func printPage(out io.Writer, families []*protocols.Protocol) error {
	page, err := template.New("protocols").Funcs(template.FuncMap{
		"text": escape, "code": code, "over": over, "kinds": kindsOf, "sms": smsOf, "values": valuesOf,
		"short": short, "clause": clause, "sentence": sentence, "stopped": stopped,
	}).Parse(protocolsPage)
	if err != nil {
		return fmt.Errorf("protocols: %w", err)
	}
	return page.Execute(out, struct {
		Families        []*protocols.Protocol
		AnyPort         int
		Login, Password string
	}{families, anyPort, sample.Login, sample.Password})
}

// over names the networks.
func over(p *protocols.Protocol) string {
	if p.UDP {
		return "TCP, UDP"
	}
	return "TCP"
}

func kindsOf(kinds []protocols.CommandKind) string {
	switch len(kinds) {
	case 0:
		return "none"
	case len(protocols.CommandKinds()):
		return "all"
	}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.String()
	}
	return strings.Join(names, ", ")
}

// sms is one command as the words of an SMS, and what a simulated tracker answers.
type sms struct{ Command, Words, Answer string }

// smsOf gives a family's words for what can be said without knowing more of the device.
func smsOf(p *protocols.Protocol) (words []sms) {
	if p.Text == nil {
		return nil
	}
	standing := protocols.Position{
		Time: time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC), Latitude: 48.8566, Longitude: 2.3522,
		Course:     protocols.Some(90.0),
		Satellites: protocols.Some(9), SignalPercent: protocols.Some(80), BatteryPercent: protocols.Some(90.0),
		ExternalVolts: protocols.Some(12.5), BatteryVolts: protocols.Some(4.1),
	}
	for _, c := range []struct {
		name    string
		command protocols.Command
	}{
		{"locate", protocols.Command{Kind: protocols.Locate}},
		{"interval, 60 s", protocols.Command{Kind: protocols.Interval, Every: time.Minute}},
		{"output 1 on", protocols.Command{Kind: protocols.Output, Output: 1, On: true}},
		{"immobilise", protocols.Command{Kind: protocols.Immobilise}},
		{"release", protocols.Command{Kind: protocols.Release}},
		{"reboot", protocols.Command{Kind: protocols.Reboot}},
		{"server", protocols.Command{Kind: protocols.SetServer, Host: "203.0.113.7", Port: p.Port}},
		{"apn", protocols.Command{Kind: protocols.SetAPN, APN: "internet"}},
	} {
		if text, err := p.Text(sample, c.command); err == nil {
			_, answers, _ := p.HearText(sample, text, standing)
			words = append(words, sms{c.name, text, strings.Join(answers, " ")})
		}
	}
	return words
}

func valuesOf(o protocols.Option) string {
	if o.Values == nil {
		return "a text"
	}
	quoted := make([]string, len(o.Values))
	for i, v := range o.Values {
		if v == "" {
			quoted[i] = "empty"
			continue
		}
		quoted[i] = code(v)
	}
	return strings.Join(quoted, ", ")
}

// short is who makes trackers, without their models.
func short(makers string) string {
	if i := strings.IndexAny(makers, ":;"); i > 0 {
		makers = makers[:i]
	}
	return strings.TrimRight(makers, ".")
}

// clause is a text up to its first semicolon.
func clause(text string) string {
	first, _, _ := strings.Cut(text, ";")
	return first
}

// sentence gives a text its capital and full stop. A first word that is a name or a code stays as it is.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	word, _, _ := strings.Cut(text, " ")
	if unicode.IsLower(first) && strings.ToLower(word) == word && !strings.ContainsAny(word, "_/.0123456789") {
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	return stopped(text)
}

// stopped gives a text its full stop.
func stopped(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "…") {
		return text
	}
	return text + "."
}

// escape keeps what Markdown would take for its own from being so.
func escape(text string) string {
	var b strings.Builder
	for i, r := range text {
		if strings.ContainsRune("\\`*[]<>|~", r) || r == '_' && !inWord(text, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// inWord says whether letters or digits stand on both sides of byte i: Markdown leaves an underscore there alone.
func inWord(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+1:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return word(before) && word(after)
}

// code is words as they are, in a table's cell.
func code(words string) string {
	words = strings.NewReplacer("|", `\|`, "\r", `\r`, "\n", `\n`).Replace(words)
	if strings.HasPrefix(words, " ") && strings.HasSuffix(words, " ") || strings.Contains(words, "`") {
		return "`` " + words + " ``"
	}
	return "`" + words + "`"
}
