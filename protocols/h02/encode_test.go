package h02

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

// commands are what each kind becomes on the line and in an SMS.
var commands = []struct {
	command   protocols.Command
	line, sms string
}{
	{protocols.Command{Kind: protocols.Locate}, "D1,120000,30,1", "6691234"},
	{protocols.Command{Kind: protocols.Interval, Every: time.Minute}, "D1,120000,60,65535", "8051234 60"},
	{protocols.Command{Kind: protocols.Immobilise}, "S20,120000,1,1", "9401234"},
	{protocols.Command{Kind: protocols.Release}, "S20,120000,0,0", "9411234"},
	{protocols.Command{Kind: protocols.Output, Output: 1, On: true}, "S20,120000,1,1", "9401234"},
	{protocols.Command{Kind: protocols.Output, Output: 1}, "S20,120000,0,0", "9411234"},
	{protocols.Command{Kind: protocols.Reboot}, "R1,120000", "RESTART"},
	{protocols.Command{Kind: protocols.Custom, Text: "S14,100,10,1,3"}, "S14,120000,100,10,1,3", "S14,100,10,1,3"},
	{protocols.Command{Kind: protocols.Custom, Text: "SCF,0,0"}, "SCF,120000,0,0", "SCF,0,0"},
}

func TestCommands(t *testing.T) {
	c := &codec{}
	if _, err := c.Decode([]byte("*TH,2020900001,V0#"), protocoltest.Arrival); err != nil {
		t.Fatal(err)
	}
	for _, k := range commands {
		line, err := c.Encode(k.command)
		if want := "*TH,2020900001," + k.line + "#"; err != nil || string(line) != want {
			t.Errorf("%v: %q, %v, want %q", k.command, line, err, want)
		}
		sms, err := text(protocols.Device{Password: "1234"}, k.command)
		if err != nil || sms != k.sms {
			t.Errorf("%v: SMS %q, %v, want %q", k.command, sms, err, k.sms)
		}
	}
}

func TestCommandsBeforeAnyoneSpoke(t *testing.T) {
	line, err := (&codec{}).Encode(protocols.Command{Kind: protocols.Reboot})
	if want := "*HQ,0000000000,R1,000000#"; err != nil || string(line) != want {
		t.Errorf("%q, %v, want %q", line, err, want)
	}
}

func TestWordsGoOutAsTheyAre(t *testing.T) {
	for _, words := range []string{"RCONF", "CXZT", "8040000 203.0.113.7 5013", "check123456", "S20A,1"} {
		line, err := (&codec{}).Encode(protocols.Command{Kind: protocols.Custom, Text: words})
		if err != nil || string(line) != words {
			t.Errorf("%q became %q, %v", words, line, err)
		}
	}
}

// What an operator typed can not end the frame.
func TestCommandsCanNotBreakOut(t *testing.T) {
	for words, character := range map[string]string{
		"S20,1,1#*HQ,1,S20,1,1#": "'#' at byte 7",
		"D1\r\n":                 `'\r' at byte 2`,
		"D1,30\n":                `'\n' at byte 5`,
		"*HQ":                    "'*' at byte 0",
		"$1":                     "'$' at byte 0",
		"S20,é":                  "'é' at byte 4",
		"D1\x00":                 `'\x00' at byte 2`,
		"":                       "no text",
		strings.Repeat("a", 161): "161 bytes",
	} {
		command := protocols.Command{Kind: protocols.Custom, Text: words}
		if line, err := (&codec{}).Encode(command); err == nil || !strings.Contains(err.Error(), character) {
			t.Errorf("%q became %q, error %v, want one that says %s", words, line, err, character)
		}
		if sms, err := text(protocols.Device{}, command); err == nil {
			t.Errorf("%q became the SMS %q", words, sms)
		}
	}
	if sms, err := text(protocols.Device{Password: "1\n"}, protocols.Command{Kind: protocols.Locate}); err == nil {
		t.Errorf("a password with a line end became the SMS %q", sms)
	}
}

func TestCommandsThatTheFamilyHasNot(t *testing.T) {
	for _, command := range []protocols.Command{
		{Kind: protocols.Output, Output: 2, On: true}, {Kind: protocols.CommandKind(99)},
	} {
		_, err := (&codec{}).Encode(command)
		_, smsErr := text(protocols.Device{}, command)
		if !errors.Is(err, protocols.ErrNoCommand) || !errors.Is(smsErr, protocols.ErrNoCommand) {
			t.Errorf("%v: %v, %v", command, err, smsErr)
		}
	}
	for _, every := range []time.Duration{0, 29 * time.Second, 24 * time.Hour} {
		command := protocols.Command{Kind: protocols.Interval, Every: every}
		_, err := (&codec{}).Encode(command)
		_, smsErr := text(protocols.Device{}, command)
		if err == nil || smsErr == nil || !strings.Contains(err.Error(), "30s..65535s") {
			t.Errorf("every %v: %v, %v", every, err, smsErr)
		}
	}
}
