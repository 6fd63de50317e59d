package khd

import (
	"encoding/hex"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestIdentities(t *testing.T) {
	for wire, want := range map[string]string{
		"3099934c": "48251976",
		"0c9a9f26": "12263138",
		"22836665": "22836665", // 66 is no two digits
		"1f29402d": "1f29402d", // 80 was not added
	} {
		b, _ := hex.DecodeString(wire)
		if got := identity(b); got != want {
			t.Errorf("%s: %s, want %s", wire, got, want)
		}
	}
}

func TestTheProfileSetsTheClock(t *testing.T) {
	tracker := newTracker("12263138")
	at := protocoltest.Arrival
	report := tracker.Report([]protocols.Position{{Time: at, Latitude: 1, Located: true, Valid: true}})
	c := &codec{}
	c.Know(protocols.Device{Offset: protocols.Some(8 * time.Hour)})
	m, err := c.Decode(report, at)
	if err != nil || len(m.Positions) != 1 || !m.Positions[0].Time.Equal(at.Add(-8*time.Hour)) {
		t.Errorf("%+v, %v", m.Positions, err)
	}
}

func TestSplitIsBounded(t *testing.T) {
	if _, _, err := (&codec{}).Split([]byte{0x29, 0x29, 0x80, 0xFF, 0xFF, 0}, false); err == nil {
		t.Error("a frame of 65535 bytes was waited for")
	}
	c := &codec{}
	noise := make([]byte, maxNoise)
	_, _, _ = c.Split(noise, false)
	if _, _, err := c.Split(noise, false); err == nil {
		t.Error("noise was passed over for ever")
	}
}

func TestCommands(t *testing.T) {
	c := &codec{}
	if _, err := c.Encode(protocols.Command{Kind: protocols.Locate}); err == nil {
		t.Error("a command went to nobody")
	}
	tracker := newTracker("12263138")
	if _, err := c.Decode(tracker.Hello(), protocoltest.Arrival); err != nil {
		t.Fatal(err)
	}
	for _, command := range []protocols.Command{
		{Kind: protocols.Interval}, {Kind: protocols.Interval, Every: 24 * time.Hour}, {Kind: protocols.Custom, Text: "3"},
	} {
		if data, err := c.Encode(command); err == nil {
			t.Errorf("%+v became %x", command, data)
		}
	}
	tracker.Report([]protocols.Position{{Time: protocoltest.Arrival}})
	for words, kind := range map[string]byte{"39": kindReply, "30": kindDemand} {
		data, err := c.Encode(protocols.Command{Kind: protocols.Custom, Text: words})
		if err != nil {
			t.Fatal(err)
		}
		_, heard, err := tracker.Hear(data)
		if err != nil || heard.Command != words || heard.Reply[2] != kind {
			t.Fatalf("%s: %+v, %v", words, heard, err)
		}
		if m, err := c.Decode(heard.Reply, protocoltest.Arrival); err != nil || m.Result == nil {
			t.Errorf("%s: %+v, %v", words, m, err)
		}
	}
}

func TestSniff(t *testing.T) {
	whole := newTracker("12263138").Hello()
	if m := sniff(whole); m.Level != protocols.LevelProof {
		t.Errorf("a login: %+v", m)
	}
	whole[5] ^= 1
	if m := sniff(whole); m.Level != protocols.LevelShape {
		t.Errorf("a login with a bad checksum: %+v", m)
	}
	if m := sniff([]byte("))0123456789")); m.Level != protocols.LevelNone {
		t.Errorf("text: %+v", m)
	}
}
