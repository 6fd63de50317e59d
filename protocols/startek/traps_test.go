package startek

import (
	"errors"
	"strings"
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
	"drover/protocols/wire"
)

const imei = "352093081452251"

const place = "000,0,,260615115800,A,47.705760,19.209463,14,0.9,54,127,131,1234567,216|30|28D2|E889,20,0000003D,02,00,"

func framed(words string) []byte { return appendFrame(nil, "&&", 'A', imei, words) }

func TestSniffLevels(t *testing.T) {
	whole := string(framed(place + "04EC|0192|0000|0000,1,"))
	for first, want := range map[string]protocols.Level{
		whole: protocols.LevelProof, strings.Replace(whole, "47.70", "47.71", 1): protocols.LevelShape,
		whole[:40]: protocols.LevelShape, whole[:12]: protocols.LevelPrefix, "&": protocols.LevelPrefix,
		"&&\x01\x00\x35\x20\x93\x08\x14": protocols.LevelNone, // TopflyTech
		"&&A9999,35":                     protocols.LevelNone, "&&A145,352093081452251x": protocols.LevelNone, "&A": protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want level %d", first, m, want)
		}
	}
}

// Temperatures have a sign and a magnitude, not two's complement.
func TestTemperatures(t *testing.T) {
	m, err := (&codec{}).Decode(framed(place+"04EC|0192,1,,01013D|028001|038000"), protocoltest.Arrival)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"temperature_1_c": "31.7", "temperature_2_c": "-0.1", "temperature_3_c": "0"}
	for _, a := range m.Positions[0].Attributes {
		if w, ok := want[a.Name]; ok && a.Value.String() != w {
			t.Errorf("%s: %s, want %s", a.Name, a.Value, w)
		}
		delete(want, a.Name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestSplitIsBounded(t *testing.T) {
	c := &codec{}
	if _, _, err := c.Split([]byte("&&A9000,352093081452251,000,"), false); !errors.Is(err, wire.ErrTooLong) {
		t.Errorf("a length of 9000: %v", err)
	}
	endless := []byte("&&A145,352093081452251,000," + strings.Repeat("1", maxFrame))
	if n, frame, err := c.Split(endless, false); n == 0 || frame != nil || err != nil {
		t.Errorf("a text without end: %d, %q, %v", n, frame, err)
	}
}

func TestCommandRanges(t *testing.T) {
	c := &codec{device: imei}
	for _, command := range []protocols.Command{
		{Kind: protocols.Output, Output: 3}, {Kind: protocols.Output}, {Kind: protocols.Custom, Text: "a$$b"},
	} {
		if data, err := c.Encode(command); err == nil || errors.Is(err, protocols.ErrNoCommand) {
			t.Errorf("%+v: %q, %v", command, data, err)
		}
	}
	if data, err := (&codec{}).Encode(protocols.Command{Kind: protocols.Release}); err == nil {
		t.Errorf("to nobody: %q", data)
	}
}
