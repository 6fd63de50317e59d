package meitrack

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
	"drover/protocols/wire"
)

const imei = "352093081452251"

// framed is a tracker's frame.
func framed(flag byte, words string) []byte { return appendFrame(nil, "$$", flag, imei, words) }

// place is a text report up to the ports.
const place = "AAA,35,47.705760,19.209463,260615115800,A,8,21,54,127,0.9,131,1234567,86400,216|30|28D2|E889,0200,"

// Cousins that open with $$ are told apart.
func TestSniffDeniesCousins(t *testing.T) {
	for _, first := range []string{
		"$$95,352093081452251,1,A03,,260615115800,",      // Fifotrack
		"$$B3352093081452251|AA$GPRMC,",                  // Totem
		"$$0128AA352093081452251|5004C000",               // Totem
		"$$352093081452251,4001,2026/06/15,",             // Xirgo
		"$$\x00\x11\x35\x20\x93\x08\x14\x52\x2f\x50\x00", // Meiligao
		"$$A99999,352093081452251,AAA,", "$$A145,35209308145225112345,AAA,", "$$A145,352093081452251,ZZZ,", "##A1",
	} {
		if m := sniff([]byte(first)); m.Level != protocols.LevelNone || m.Need > 0 {
			t.Errorf("%q: %+v", first, m)
		}
	}
}

func TestSniffLevels(t *testing.T) {
	whole := framed('A', place+"0000|0000|0000|0192|04EC,,,3")
	spoilt := strings.Replace(string(whole), "47.70", "47.71", 1)
	for first, want := range map[string]protocols.Level{
		string(whole): protocols.LevelProof, spoilt: protocols.LevelShape, string(whole[:40]): protocols.LevelShape,
		string(whole[:12]): protocols.LevelPrefix, "$": protocols.LevelPrefix,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want level %d", first, m, want)
		}
	}
}

// The scale of analog values comes from the option, else from the model, else from what a battery can have.
func TestAnalogScales(t *testing.T) {
	for _, k := range []struct {
		option, model, analog string
		battery, supply       float64
	}{
		{"", "", "0000|0000|0000|0192|04EC", 4.02, 12.6},
		{"", "", "0000|0000|0000|0271|0118", 3.662, 13.125},
		{"", "", "0000|0000|0000|0A1F|03E8", 4.175, 12.891},
		{"10bit", "", "0000|0000|0000|0192|0118", 2.355, 13.125},
		{"", "MT90", "0000|0000|0000|0192|03E8", 0.648, 12.891},
		{"auto", "T333", "0000|0000|0000|0A1F|04EC", 25.91, 12.6},
		{"hundredths", "T1", "|||0192|04EC", 4.02, 12.6},
	} {
		c := &codec{}
		c.Know(protocols.Device{Model: k.model, Options: map[string]string{optionADC: k.option}})
		m, err := c.Decode(framed('A', place+k.analog), protocoltest.Arrival)
		if err != nil || len(m.Positions) != 1 {
			t.Fatalf("%+v: %v %v", k, m, err)
		}
		p := m.Positions[0]
		if math.Abs(p.BatteryVolts.Value-k.battery) > 1e-9 || math.Abs(p.ExternalVolts.Value-k.supply) > 1e-9 {
			t.Errorf("%+v: battery %v, supply %v", k, p.BatteryVolts, p.ExternalVolts)
		}
	}
}

func TestIgnitionInput(t *testing.T) {
	for option, want := range map[string]protocols.Opt[bool]{
		"": {}, "none": {}, "2": protocols.Some(true), "3": protocols.Some(false),
	} {
		c := &codec{}
		c.Know(protocols.Device{Options: map[string]string{optionIgnition: option}})
		m, err := c.Decode(framed('A', place+"||||,"), protocoltest.Arrival)
		if err != nil || m.Positions[0].Ignition != want {
			t.Errorf("%q: %v, %v", option, m.Positions, err)
		}
	}
}

func TestSplitIsBounded(t *testing.T) {
	c := &codec{}
	if _, _, err := c.Split([]byte("$$A9000,352093081452251,CCE,"), false); !errors.Is(err, wire.ErrTooLong) {
		t.Errorf("a length of 9000: %v", err)
	}
	endless := []byte("$$A145,352093081452251,AAA," + strings.Repeat("1", maxFrame))
	if n, frame, err := c.Split(endless, false); n == 0 || frame != nil || err != nil {
		t.Errorf("a text without end: %d, %q, %v", n, frame, err)
	}
}

func TestCommandRanges(t *testing.T) {
	c := &codec{device: imei}
	for _, command := range []protocols.Command{
		{Kind: protocols.Interval, Every: 15 * time.Second}, {Kind: protocols.Interval, Every: 5 * time.Second},
		{Kind: protocols.Interval, Every: maxInterval + minInterval}, {Kind: protocols.Output, Output: 6},
		{Kind: protocols.Output}, {Kind: protocols.SetServer, Host: "a,b", Port: 1}, {Kind: protocols.SetServer, Host: "a"},
		{Kind: protocols.Custom, Text: "A*B"},
	} {
		if data, err := c.Encode(command); err == nil || errors.Is(err, protocols.ErrNoCommand) {
			t.Errorf("%+v: %q, %v", command, data, err)
		}
	}
	if data, err := (&codec{}).Encode(protocols.Command{Kind: protocols.Locate}); err == nil {
		t.Errorf("to nobody: %q", data)
	}
}
