package fifotrack

import (
	"errors"
	"strings"
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
	"drover/protocols/wire"
)

const imei = "352093081452251"

const place = "1,A01,,260615115800,A,47.705760,19.209463,54,127,131,1234567,86400,900000C0,02,00,216|30|28D2|E889,"

func framed(words string) []byte { return appendFrame(nil, "$$", imei, words) }

func TestSniffLevels(t *testing.T) {
	whole := string(framed(place + "192|4EC"))
	for first, want := range map[string]protocols.Level{
		whole: protocols.LevelProof, strings.Replace(whole, "47.70", "47.71", 1): protocols.LevelShape,
		whole[:40]: protocols.LevelShape, whole[:12]: protocols.LevelPrefix, "$": protocols.LevelPrefix,
		"$$A145,352093081452251,AAA,":        protocols.LevelNone, // Meitrack
		"$$352093081452251,4001,2026/06/15,": protocols.LevelNone, // Xirgo
		"$$0128AA352093081452251|5004C000":   protocols.LevelNone, // Totem
		"$$B3352093081452251|AA$GPRMC,":      protocols.LevelNone, // Totem
		"$$9999,352093081452251,1,A01,":      protocols.LevelNone, // too long
		"$$95,352093081452251,,A01,":         protocols.LevelNone,
		"$$95,352093081452251,10000,A01,":    protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want level %d", first, m, want)
		}
	}
}

// Battery and supply come first where a battery is possible; a status of four digits says nothing of satellites.
func TestAnalogAndStatus(t *testing.T) {
	for _, k := range []struct {
		words      string
		volts, sat bool
	}{
		{place + "192|4EC|0", true, true},
		{place + "936|0", false, true},
		{strings.Replace(place, "900000C0", "00C0", 1) + "0", false, false},
	} {
		m, err := (&codec{}).Decode(framed(k.words), protocoltest.Arrival)
		if err != nil {
			t.Fatal(err)
		}
		p := m.Positions[0]
		if p.BatteryVolts.OK != k.volts || p.ExternalVolts.OK != k.volts || p.Satellites.OK != k.sat {
			t.Errorf("%s: battery %v, supply %v, satellites %v", k.words, p.BatteryVolts, p.ExternalVolts, p.Satellites)
		}
	}
}

// A part of a photo is asked for only while its name and length are known.
func TestPhotoParts(t *testing.T) {
	c := &codec{}
	part := framed("2,D06,a.jpg,0,4,abcd")
	if m, err := c.Decode(part, protocoltest.Arrival); err != nil || m.Reply != nil || len(m.Positions) != 1 {
		t.Errorf("nobody asked for it: %+v, %v", m, err)
	}
	if m, err := c.Decode(framed("1,D05,0,6,a.jpg"), protocoltest.Arrival); err != nil ||
		!strings.Contains(string(m.Reply), ",1,D06,a.jpg,0,6*") {
		t.Errorf("a photo was taken: %q, %v", m.Reply, err)
	}
	if m, _ := c.Decode(part, protocoltest.Arrival); !strings.Contains(string(m.Reply), ",1,D06,a.jpg,4,2*") {
		t.Errorf("the first part: %q", m.Reply)
	}
	if m, _ := c.Decode(framed("3,D06,a.jpg,4,2,ef"), protocoltest.Arrival); m.Reply != nil || c.photo != "" {
		t.Errorf("the last part: %q, %q is still open", m.Reply, c.photo)
	}
}

func TestSplitIsBounded(t *testing.T) {
	c := &codec{}
	if _, _, err := c.Split([]byte("$$9000,352093081452251,1,A01,"), false); !errors.Is(err, wire.ErrTooLong) {
		t.Errorf("a length of 9000: %v", err)
	}
	endless := []byte("$$145,352093081452251,1,A01," + strings.Repeat("1", maxFrame))
	if n, frame, err := c.Split(endless, false); n == 0 || frame != nil || err != nil {
		t.Errorf("a text without end: %d, %q, %v", n, frame, err)
	}
}

func TestCommandRanges(t *testing.T) {
	c := &codec{device: imei}
	for _, command := range []protocols.Command{
		{Kind: protocols.SetServer, Host: "a"}, {Kind: protocols.SetServer, Host: "a,b", Port: 1}, {Kind: protocols.SetAPN},
		{Kind: protocols.SetAPN, APN: "a", User: "b"}, {Kind: protocols.Custom, Text: "a*b"},
	} {
		if data, err := c.Encode(command); err == nil || errors.Is(err, protocols.ErrNoCommand) {
			t.Errorf("%+v: %q, %v", command, data, err)
		}
	}
	if data, err := (&codec{}).Encode(protocols.Command{Kind: protocols.Locate}); err == nil {
		t.Errorf("to nobody: %q", data)
	}
}
