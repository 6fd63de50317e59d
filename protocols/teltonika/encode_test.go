package teltonika

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
)

func TestEncode(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	got, err := c.Encode(protocols.Command{Kind: protocols.Custom, Text: "getinfo"})
	// 0C, one command, type 05, seven bytes, "getinfo", one command, CRC-16/ARC.
	const want = "000000000000000f0c010500000007676574696e666f0100004312"
	if err != nil || hex.EncodeToString(got) != want {
		t.Errorf("got %x, %v, want %s", got, err, want)
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		command protocols.Command
		want    string
	}{
		{protocols.Command{Kind: protocols.Locate}, "getrecord"},
		{protocols.Command{Kind: protocols.Interval, Every: 30 * time.Second},
			"setparam 10000:30;10005:30;10050:30;10055:30;10100:30;10105:30;10150:30;10155:30"},
		{protocols.Command{Kind: protocols.Output, Output: 1, On: true}, "setdigout 1"},
		{protocols.Command{Kind: protocols.Output, Output: 3}, "setdigout ??0"},
		{protocols.Command{Kind: protocols.Immobilise}, "setdigout 1"},
		{protocols.Command{Kind: protocols.Release}, "setdigout 0"},
		{protocols.Command{Kind: protocols.Reboot}, "cpureset"},
		{protocols.Command{Kind: protocols.Custom, Text: "setdigout 1? 5"}, "setdigout 1? 5"},
	} {
		if got, err := words(c.command); got != c.want || err != nil {
			t.Errorf("%+v: got %q, %v, want %q", c.command, got, err, c.want)
		}
	}
}

// What an operator typed can not break out of the frame or the SMS: the error names the character and its place.
func TestCommandsAreContained(t *testing.T) {
	for input, want := range map[string]string{
		"":                "an empty command",
		"getinfo\r\nmore": `command at byte 7: '\r' is no printable ASCII`,
		"get\x00info":     `command at byte 3: '\x00' is no printable ASCII`,
		"setparam é":      `command at byte 9: 'é' is no printable ASCII`,
		"a\x01":           `command at byte 1: '\x01' is no printable ASCII`,
		"get\xffinfo":     `command at byte 3: '�' is no printable ASCII`,
	} {
		command := protocols.Command{Kind: protocols.Custom, Text: input}
		if got, err := Protocol().Codec(protocols.TCP).Encode(command); err == nil || err.Error() != want || got != nil {
			t.Errorf("Encode %q: got %x, %v, want %s", input, got, err, want)
		}
		if got, err := Protocol().Text(protocols.Device{}, command); err == nil || err.Error() != want || got != "" {
			t.Errorf("Text %q: got %q, %v, want %s", input, got, err, want)
		}
	}
}

func TestCommandLimits(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	for _, command := range []protocols.Command{
		{Kind: protocols.Output, Output: 0}, {Kind: protocols.Output, Output: 5},
		{Kind: protocols.Interval}, {Kind: protocols.Interval, Every: 31 * 24 * time.Hour},
		{Kind: protocols.Custom, Text: strings.Repeat("x", maxCommand+1)},
	} {
		if got, err := c.Encode(command); err == nil {
			t.Errorf("%+v: got %x", command, got)
		}
	}
	if _, err := c.Encode(protocols.Command{Kind: 200}); !errors.Is(err, protocols.ErrNoCommand) {
		t.Errorf("an unknown kind: got %v", err)
	}
}

func TestText(t *testing.T) {
	info := protocols.Command{Kind: protocols.Custom, Text: "getinfo"}
	for _, c := range []struct {
		device  protocols.Device
		command protocols.Command
		want    string
		err     string
	}{
		{protocols.Device{}, info, "  getinfo", ""},
		{protocols.Device{Login: "opa", Password: "opa1"}, info, "opa opa1 getinfo", ""},
		{protocols.Device{Password: "p w"}, info, "", "password at byte 1: value out of range"},
		{protocols.Device{Login: "o\npa"}, info, "", `login at byte 1: '\n' is no printable ASCII`},
		{protocols.Device{}, protocols.Command{Kind: protocols.Custom, Text: strings.Repeat("x", 159)}, "",
			"command at byte 160: frame too long"},
	} {
		got, err := Protocol().Text(c.device, c.command)
		if got != c.want || (err == nil) != (c.err == "") || err != nil && err.Error() != c.err {
			t.Errorf("%+v: got %q, %v, want %q, %s", c.device, got, err, c.want, c.err)
		}
	}
}
