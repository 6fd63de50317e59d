package bce

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

// An output is switched, and the answer is a result.
func TestOutput(t *testing.T) {
	c := &codec{ignition: -1, immobiliser: 1}
	if _, err := c.Encode(protocols.Command{Kind: protocols.Immobilise}); err == nil {
		t.Error("a command to nobody")
	}
	c.Know(protocols.Device{Identity: "352093081452251", Options: map[string]string{optionImmobiliser: "2"}})
	data, err := c.Encode(protocols.Command{Kind: protocols.Immobilise})
	if err != nil {
		t.Fatal(err)
	}
	tracker := newTracker("352093081452251")
	_, heard, err := tracker.Hear(data)
	if err != nil || heard.Command != "output 2,1" || tracker.outputs != 2 {
		t.Fatalf("%+v, %v, outputs %d", heard, err, tracker.outputs)
	}
	m, err := c.Decode(heard.Reply, protocoltest.Arrival)
	if err != nil || m.Result == nil || len(m.Result.Data) != 2 {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := c.Encode(protocols.Command{Kind: protocols.Output, Output: 3}); err == nil {
		t.Error("there is no third output")
	}
}

// The ignition is what the profile says it is.
func TestIgnition(t *testing.T) {
	for option, want := range map[string]protocols.Opt[bool]{
		"none": {}, "1": protocols.Some(true), "2": protocols.Some(false),
	} {
		tracker, c := newTracker("352093081452251"), &codec{ignition: -1}
		tracker.greeted = true
		c.Know(protocols.Device{Options: map[string]string{optionIgnition: option}})
		m, err := c.Decode(tracker.Report([]protocols.Position{{
			Time: protocoltest.Arrival, Ignition: protocols.Some(true)}}), protocoltest.Arrival)
		if err != nil || len(m.Positions) != 1 || m.Positions[0].Ignition != want {
			t.Errorf("%s: %+v, %v", option, m.Positions, err)
		}
	}
}
