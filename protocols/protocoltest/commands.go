package protocoltest

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"drover/protocols"
)

// profile is of the device that the golden commands are for.
var profile = protocols.Device{Identity: roundTripDevice, Login: "admin", Password: "123456"}

// asked are the golden commands.
var asked = []protocols.Command{
	{Kind: protocols.Locate},
	{Kind: protocols.Interval, Every: time.Minute},
	{Kind: protocols.Output, Output: 1, On: true},
	{Kind: protocols.Output, Output: 1},
	{Kind: protocols.Immobilise},
	{Kind: protocols.Release},
	{Kind: protocols.Reboot},
	{Kind: protocols.SetServer, Host: "203.0.113.7", Port: 5000},
	{Kind: protocols.SetServer, Host: "track.example.com", Port: 5000},
	{Kind: protocols.SetAPN, APN: "internet.example"},
	{Kind: protocols.SetAPN, APN: "internet.example", User: "fleet", Secret: "s3cret"},
	{Kind: protocols.Custom, Text: "PARAM"},
}

// commands: what each becomes on a line and in an SMS is what testdata/commands.txt says. A kind that a family has no
// words for is refused with protocols.ErrNoCommand; any other error is a word of the golden file too.
func commands(t *testing.T, p *protocols.Protocol) {
	var lines []string
	for _, c := range asked {
		codec, _ := meet(p, protocols.TCP)
		line := fmt.Sprintf("%v %s", c.Kind, strings.TrimSpace(strings.Join([]string{
			every(c), output(c), c.Host, c.APN, c.User, c.Text}, " ")))
		data, err := codec.Encode(c)
		lines = append(lines, strings.TrimSpace(line)+": "+encoded(string(data), err))
		if p.Text != nil {
			words, err := p.Text(profile, c)
			lines = append(lines, "  SMS: "+encoded(words, err))
		}
	}
	same(t, "testdata/commands.txt", lines)
}

// meet is both ends of a conversation that has begun: the tracker was welcomed, the device's profile is known.
func meet(p *protocols.Protocol, network protocols.Network) (protocols.Codec, protocols.Tracker) {
	codec, tracker := p.Codec(network), p.Speak(network, roundTripDevice)
	if hello := tracker.Hello(); hello != nil {
		_, _ = protocols.Frames(codec, hello, network == protocols.UDP, func(frame []byte) error {
			m, err := codec.Decode(frame, Arrival)
			if len(m.Reply) > 0 {
				_, _, _ = tracker.Hear(m.Reply) // the round trip holds it to that
			}
			return err
		})
	}
	if k, ok := codec.(protocols.Knower); ok {
		k.Know(profile)
	}
	return codec, tracker
}

func every(c protocols.Command) string {
	if c.Every == 0 {
		return ""
	}
	return c.Every.String()
}

func output(c protocols.Command) string {
	if c.Output == 0 {
		return ""
	}
	return strconv.Itoa(c.Output) + " " + strconv.FormatBool(c.On)
}

// encoded writes text in quotes, bytes as hex.
func encoded(data string, err error) string {
	switch {
	case errors.Is(err, protocols.ErrNoCommand):
		return "none"
	case err != nil:
		return "refused: " + err.Error()
	case printable(data):
		return strconv.Quote(data)
	}
	return hex.EncodeToString([]byte(data))
}

func printable(s string) bool {
	for i := range len(s) {
		if (s[i] < ' ' || s[i] > '~') && s[i] != '\r' && s[i] != '\n' {
			return false
		}
	}
	return true
}

// nasty are ends, starts and escapes of all families' frames.
var nasty = []string{
	"\r\n", "\n", "\r", "\x00", "#", "*", "$", ";", ",", "!", "|", "<", ">", "(", ")",
	"[", "]", "{", "}", "~", "\"", "\\", "&", "?", "%",
	"=", ":", "\x7e", "\x7d", "\xf8", "\xfb\xbf", "\xfa\xaf",
	"\x0d\x0a", "\x03", "\x02", "\x1a", "é", "\xff", "\u2028", "@@", "$$", "##", "**",
}

// injection: words with any of these inside are refused, or reach the tracker as one command that is those words. So do
// a server and an access point.
func injection(t *testing.T, p *protocols.Protocol) {
	for _, bad := range nasty {
		for _, words := range []string{
			bad, "PARAM" + bad, bad + "PARAM", "PARAM" + bad + "RESET", "A" + bad + bad + "RELAY,1#"} {
			arrives(t, p, protocols.Command{Kind: protocols.Custom, Text: words}, words)
			arrives(t, p, protocols.Command{Kind: protocols.SetServer, Host: words, Port: 5000}, words)
			arrives(t, p, protocols.Command{Kind: protocols.SetAPN, APN: words}, words)
			arrives(t, p, protocols.Command{Kind: protocols.SetAPN, APN: "apn", User: words, Secret: words}, words)
			if p.Text == nil {
				continue
			}
			text, err := p.Text(profile, protocols.Command{Kind: protocols.Custom, Text: words})
			if err == nil && strings.ContainsAny(text, "\r\n\x00\x1a\x1b") {
				t.Errorf("the SMS of %q is %q", words, text)
			}
		}
	}
	for _, words := range []string{"", strings.Repeat("A", 70_000)} {
		codec, _ := meet(p, protocols.TCP)
		if data, err := codec.Encode(protocols.Command{Kind: protocols.Custom, Text: words}); err == nil {
			t.Errorf("%d characters became %d bytes", len(words), len(data))
		}
	}
}

// nextReply is what a report is answered with.
func nextReply(codec protocols.Codec, tracker protocols.Tracker) (reply []byte) {
	_, _ = protocols.Frames(codec, tracker.Report(journey(1, tracker)), false, func(frame []byte) error {
		m, err := codec.Decode(frame, Arrival)
		reply = append(reply, m.Reply...)
		return err
	}) // the round trip holds it to that
	return reply
}

// arrives: the command is refused, or its bytes are one command to the tracker, which holds the words.
func arrives(t *testing.T, p *protocols.Protocol, c protocols.Command, words string) {
	t.Helper()
	codec, tracker := meet(p, protocols.TCP)
	data, err := codec.Encode(c)
	if err != nil {
		return
	}
	if len(data) == 0 { // it waits for the tracker to ask
		data = nextReply(codec, tracker)
	}
	used, heard, err := tracker.Hear(data)
	if err != nil || used != len(data) || !strings.Contains(heard.Command, words) {
		t.Errorf("%v %q became %q, of which the tracker took %d bytes as %q (%v)",
			c.Kind, words, data, used, heard.Command, err)
	}
}
