package atrack

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

// A list that only the profile knows is read once the profile is known, and kept as bytes before.
func TestFormOfTheProfile(t *testing.T) {
	frame := newTracker("352093081452251").Report([]protocols.Position{{Located: true, Latitude: 1, Longitude: 2}})
	bare := append([]byte(nil), frame[:len(frame)-9-len(speakForm)-1]...)
	bare = append(bare, 9, 0x30, 0x39)
	c := &codec{}
	m, err := c.Decode(bare, protocoltest.Arrival)
	if err != nil || len(m.Positions) != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	c.Know(protocols.Device{Options: map[string]string{optionForm: "%SA%RP"}})
	m, err = c.Decode(bare, protocoltest.Arrival)
	if err != nil || len(m.Positions) != 1 || m.Positions[0].Satellites != protocols.Some(9) {
		t.Fatalf("%+v, %v", m, err)
	}
	if a := m.Positions[0].Attributes; a[4].Name != "rpm" || a[4].Value.Mantissa() != 12345 {
		t.Errorf("%+v", a)
	}
}

func TestOptionForm(t *testing.T) {
	for list, ok := range map[string]bool{"%SA%MV": true, "SA": false, "%": false, "%sa": false, "%SA%XYZ": true} {
		if err := options[0].Takes(list); (err == nil) != ok {
			t.Errorf("%q: %v", list, err)
		}
	}
}

func TestSniffLevels(t *testing.T) {
	report := newTracker("352093081452251").Report([]protocols.Position{{Located: true}})
	foreign := append([]byte("@Z"), report[2:]...)
	for _, k := range []struct {
		first string
		want  protocols.Level
	}{
		{string(report), protocols.LevelProof},
		{string(foreign), protocols.LevelProof},
		{"\x03\x01" + string(report[2:]), protocols.LevelProof},
		{string(report[:20]), protocols.LevelShape},
		{"@P,93D1,119,0,352093081452251,155", protocols.LevelProof},
		{"@P,93", protocols.LevelPrefix},
		{"@NTC\x01\x00\x00\x00\x00\x00\x00\x00\x13\x00\x46\x46", protocols.LevelNone},
		{"@@\x34\x00\x01123456789012345", protocols.LevelNone},
		{"\xFE\x02\x00\x01\x40\x3A\xB8\xBE\xBB\x5B\x00\x00", protocols.LevelShape},
		{"$INFO=352093081452251,AX7", protocols.LevelShape},
		{"$INFRA", protocols.LevelNone},
	} {
		if m := sniff([]byte(k.first)); m.Level != k.want {
			t.Errorf("%q: %+v, want level %d", k.first, m, k.want)
		}
	}
}

// TestChecksumLikeAComma: a binary packet whose checksum begins with 2C is no text; one in 256 was lost.
func TestChecksumLikeAComma(t *testing.T) {
	speaker := newTracker("352093081452251")
	report := speaker.Report([]protocols.Position{{Located: true}})
	for report[2] != ',' {
		report = speaker.Report([]protocols.Position{{Located: true}})
	}
	if m := sniff(report); m.Level != protocols.LevelProof {
		t.Errorf("the first bytes say %+v", m)
	}
	c := &codec{}
	for n := range report {
		if used, frame, err := c.Split(report[:n], false); used != 0 || frame != nil || err != nil {
			t.Fatalf("of %d bytes: %d, % x, %v", n, used, frame, err)
		}
	}
	n, frame, err := c.Split(report, false)
	if n != len(report) || err != nil {
		t.Fatalf("%d of %d bytes, %v", n, len(report), err)
	}
	if m, err := c.Decode(frame, protocoltest.Arrival); err != nil || len(m.Positions) != 1 {
		t.Errorf("%+v, %v", m, err)
	}
}
