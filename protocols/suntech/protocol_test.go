package suntech

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniff(t *testing.T) {
	for first, want := range map[string]protocols.Level{
		"ST300STT;205170303;12;561;": protocols.LevelProof, "SA200ALV;317652": protocols.LevelProof,
		"ST910;Location;205": protocols.LevelProof, "ST3310STT;850000;": protocols.LevelProof,
		"STT;0840037569;FFFFFF;": protocols.LevelProof, "ALV;0840037569\r": protocols.LevelProof,
		"ALV;0840037569": protocols.LevelShape, "STT;0840": protocols.LevelPrefix, "ST30": protocols.LevelPrefix,
		"ST300": protocols.LevelPrefix, "BSA;0820012345;001FFF;": protocols.LevelProof,
		"\x81\x00\x4e\x05": protocols.LevelPrefix, "\x02\x00\x32\x10": protocols.LevelPrefix,
		"STX;0840037569;": 0, "STT,0840037569": 0, "XT300STT;20517": 0, "STXY300": 0, "GTS;12;": 0, "\x81\xFF\xFF": 0,
		"\x02\xFF\x00": 0, "\x02\x00\x32\x55": 0, "ST300;12345": 0, "STT;abc;": 0,
	} {
		if m := sniff([]byte(first)); m.Level != want || want == 0 && m.Need > 0 {
			t.Errorf("%q: %+v, want %d", first, m, want)
		}
	}
}

// The profile names the fields behind the message type, and says that the tracker wants an ACK.
func TestOptions(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	c.(protocols.Knower).Know(protocols.Device{Options: map[string]string{optionTail: "rpm,adc_1_v", optionAck: "yes"}})
	m, err := c.Decode([]byte("ST300STT;205170303;04;561;20260615;12:00:00;173f53;+48.856600;+002.352200;006.776;000.00;"+
		"9;1;52982186;12.75;100000;2;6328;155747;4.2;1;1750;3.10;7"), protocoltest.Arrival)
	if err != nil || string(m.Reply) != "ACK;205170303;6328\r" {
		t.Errorf("reply %q, error %v", m.Reply, err)
	}
	got := map[string]string{}
	for _, a := range m.Positions[0].Attributes {
		got[a.Name] = a.Value.String()
	}
	if got["rpm"] != "1750" || got["adc_1_v"] != "3.1" || got["io3"] != "7" {
		t.Errorf("attributes %v", got)
	}
	for names, good := range map[string]bool{"": true, "a": true, "a,b_1": true, ",a": false, "a,": false, "A": false, "a,,b": false} {
		if err := checkTail(names); (err == nil) != good {
			t.Errorf("%q: %v", names, err)
		}
	}
}

// A carriage return within serial data ends no report, one behind it does.
func TestSerialData(t *testing.T) {
	const head = "ST300UEX;511248287;45;311;20260615;12:00:00;14c943;-22.975257;-043.373065;000.000;000.00;0;0;0;12.14;100010;"
	for _, k := range []struct {
		data string
		want int
	}{
		{head + "4;a\rb\r;3E;000135;4.1;1\rnext", len(head) + 23},
		{head + "4;abcd;3E\rnext", len(head) + 10},
		{head + "40;abcd;3E\rnext", 0},
		{head + "x;abcd;3E\rnext", len(head) + 10},
		{head + "2;\x01\x10\x01\x11;3E\rnext", len(head) + 10},
	} {
		n, frame, err := (&codec{}).Split([]byte(k.data), false)
		if err != nil || n != k.want || n > 0 && len(frame) != n-1 {
			t.Errorf("%q: %d bytes, frame of %d, want %d (%v)", k.data[len(head):], n, len(frame), k.want, err)
		}
	}
}

func TestPrefixes(t *testing.T) {
	for model, want := range map[string]string{"": "", "ST340": "ST300", "ST215": "SA200", "ST600": "ST600", "ST4315": "universal", "X": ""} {
		prefix, universal := prefixOf(model)
		if universal {
			prefix = "universal"
		}
		if prefix != want {
			t.Errorf("%q: %q, want %q", model, prefix, want)
		}
	}
}

func TestUniversalCommands(t *testing.T) {
	c := &codec{id: "0840037569", universal: true}
	for _, k := range []struct {
		command protocols.Command
		want    string
	}{
		{protocols.Command{Kind: protocols.Locate}, "CMD;0840037569;03;01\r"},
		{protocols.Command{Kind: protocols.Reboot}, "CMD;0840037569;03;03\r"},
		{protocols.Command{Kind: protocols.Immobilise}, "CMD;0840037569;04;01\r"},
		{protocols.Command{Kind: protocols.Release}, "CMD;0840037569;04;02\r"},
		{protocols.Command{Kind: protocols.Output, Output: 2}, "CMD;0840037569;04;04\r"},
		{protocols.Command{Kind: protocols.Custom, Text: "05;01"}, "CMD;0840037569;05;01\r"},
	} {
		if got, err := c.Encode(k.command); err != nil || string(got) != k.want {
			t.Errorf("%v: %q %v, want %q", k.command.Kind, got, err, k.want)
		}
	}
	if _, err := c.Encode(protocols.Command{Kind: protocols.Output, Output: 9}); err == nil {
		t.Error("output 9")
	}
}
