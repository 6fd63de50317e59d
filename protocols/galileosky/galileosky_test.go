package galileosky

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

// Encode needs the IMEI, from the tracker or from the profile, and answers carry the command's number.
func TestCommands(t *testing.T) {
	c := &codec{ignition: -1}
	if _, err := c.Encode(protocols.Command{Kind: protocols.Reboot}); err == nil {
		t.Error("a command to nobody")
	}
	c.Know(protocols.Device{Identity: "352093081452251", Options: map[string]string{optionImmobiliser: "2"}})
	data, err := c.Encode(protocols.Command{Kind: protocols.Immobilise, ID: 99})
	if err != nil {
		t.Fatal(err)
	}
	tracker := newTracker("352093081452251")
	_, heard, err := tracker.Hear(data)
	if err != nil || heard.Command != "out 2,1" {
		t.Fatalf("%+v, %v", heard, err)
	}
	m, err := c.Decode(heard.Reply, protocoltest.Arrival)
	if err != nil || m.Result == nil || m.Result.ID != 99 || m.Result.Text != "OUT(3..0) = 0100" || len(m.Positions) != 0 {
		t.Errorf("%+v, %v", m, err)
	}
}

// The ignition is what the profile says it is.
func TestIgnition(t *testing.T) {
	report := newTracker("352093081452251").Report([]protocols.Position{{
		Time: protocoltest.Arrival, Ignition: protocols.Some(true)}})
	for option, want := range map[string]protocols.Opt[bool]{
		"none": {}, "status": protocols.Some(true), "0": protocols.Some(true), "3": protocols.Some(false),
	} {
		c := &codec{ignition: -1}
		c.Know(protocols.Device{Options: map[string]string{optionIgnition: option}})
		m, err := c.Decode(report, protocoltest.Arrival)
		if err != nil || len(m.Positions) != 1 || m.Positions[0].Ignition != want {
			t.Errorf("%s: %+v, %v", option, m.Positions, err)
		}
	}
}

// A packet that has no more than an IMEI and a time may be another family's.
func TestSniff(t *testing.T) {
	imei := append([]byte{headTags, 0, 0, 0x03}, "352093081452251"...)
	alone := seal(append(imei[:len(imei):len(imei)], 0x20, 1, 2, 3, 4), 0)
	if m := sniff(alone); m.Level != protocols.LevelShape {
		t.Errorf("%+v", m)
	}
	if m := sniff(seal(append(imei[:len(imei):len(imei)], 0x04, 1, 2), 0)); m.Level != protocols.LevelProof {
		t.Errorf("%+v", m)
	}
}
