package h02

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

// drive is one position of a vehicle that says all a sentence can carry.
func drive() protocols.Position {
	return protocols.Position{
		Time: protocoltest.Arrival.Add(-time.Minute), Located: true, Valid: true,
		Latitude: -33.7353889, Longitude: 9.0001,
		Speed: protocols.Some(50.0), Course: protocols.Some(359.7), Ignition: protocols.Some(false),
		BatteryPercent: protocols.Some(84.0), Alarms: protocols.AlarmSOS | protocols.AlarmPowerCut,
		Cell: protocols.Some(protocols.Cell{MCC: 216, MNC: 30, LAC: 5031, CID: 20417}),
	}
}

// A tracker obeys what Encode wrote, and the codec reads what the tracker answers.
func TestTrackerObeys(t *testing.T) {
	tracker := speak(protocols.TCP, "7028123401")
	c := &codec{}
	report := tracker.Report([]protocols.Position{drive()})
	if m, err := c.Decode(report, protocoltest.Arrival); err != nil || m.Reply == nil {
		t.Fatalf("%q: %v", report, err)
	}
	for _, k := range []struct {
		command      protocols.Command
		heard, reply string
	}{
		{protocols.Command{Kind: protocols.Immobilise}, "S20,1,1", "S20,OK,120000"},
		{protocols.Command{Kind: protocols.Interval, Every: time.Minute}, "D1,60,65535", "D1,60,65535,120000"},
		{protocols.Command{Kind: protocols.Reboot}, "R1", ""},
		{protocols.Command{Kind: protocols.Custom, Text: "RCONF"}, "RCONF", "SET OK"},
	} {
		line, err := c.Encode(k.command)
		if err != nil {
			t.Fatal(err)
		}
		used, heard, err := tracker.Hear(line)
		if err != nil || used != len(line) || heard.Command != k.heard {
			t.Errorf("%q: %d used, heard %q, %v", line, used, heard.Command, err)
		}
		if k.reply == "" && heard.Reply == nil {
			continue
		}
		m, err := c.Decode(heard.Reply, protocoltest.Arrival)
		if err != nil || m.Result == nil || m.Result.Text != k.reply {
			t.Errorf("%q was answered %q: %+v, %v, want %s", line, heard.Reply, m.Result, err, k.reply)
		}
	}
}

// All that a sentence can carry comes through, in both dialects.
func TestTrackerSaysAll(t *testing.T) {
	for _, device := range []string{"7028123401", "865205035331900"} {
		want := drive()
		report := speak(protocols.UDP, device).Report([]protocols.Position{want})
		m, err := (&codec{}).Decode(report, protocoltest.Arrival)
		if err != nil || len(m.Positions) != 1 {
			t.Fatalf("%+v, %v", m, err)
		}
		got := m.Positions[0]
		same := got.Alarms == want.Alarms && got.Ignition == want.Ignition && got.Cell == want.Cell
		if !same || got.Course.Value != 0 {
			t.Errorf("%s: %+v", device, got)
		}
		if device == "7028123401" && got.BatteryPercent != want.BatteryPercent {
			t.Errorf("battery %v", got.BatteryPercent)
		}
	}
}

func TestTrackerHears(t *testing.T) {
	tracker := speak(protocols.TCP, "7028123401")
	for _, k := range []struct {
		said            string
		used, positions int
		bad             bool
	}{
		{"*HQ,7028123401,V4,V1,20260615120000#*HQ", 36, 1, false},
		{"*HQ,7028123401,V4,NBR,20260615120000#", 37, 0, false},
		{"*HQ,7028123401,R12,120000#", 26, 0, false},
		{"*HQ,7028123401,HTBT#", 20, 0, false},
		{"*HQ,7028123401,V4,V1", 0, 0, false},
		{"", 0, 0, false},
		{"*#", 0, 0, true},
		{"\x00\x01", 0, 0, true},
	} {
		used, heard, err := tracker.Hear([]byte(k.said))
		if used != k.used || heard.Positions != k.positions || (err != nil) != k.bad || heard.Command != "" {
			t.Errorf("%q: %d used, %+v, %v", k.said, used, heard, err)
		}
	}
}

func BenchmarkReport(b *testing.B) {
	tracker := speak(protocols.TCP, "865205035331900")
	positions := []protocols.Position{drive()}
	b.ReportAllocs()
	for b.Loop() {
		tracker.Report(positions)
	}
}
