package protocoltest

import (
	"testing"

	"drover/protocols"
)

// Cut holds a family to what it promises of a report whose last byte is missing at the end of a stream: the positions
// before the last are given, and nothing is confirmed.
func Cut(t *testing.T, p *protocols.Protocol) {
	t.Helper()
	const reported = 3
	tracker, codec := p.Speak(protocols.TCP, "352093081452251"), p.Codec(protocols.TCP)
	given := 0
	hear := func(frame []byte) error {
		m, _ := codec.Decode(frame, Arrival)
		given = 0
		for i := range m.Positions {
			if m.Positions[i].Located {
				given++
			}
		}
		if given > 0 && m.Reply != nil {
			t.Errorf("what was cut is confirmed by %x", m.Reply)
		}
		return nil
	}
	if _, err := protocols.Frames(codec, tracker.Hello(), false, hear); err != nil {
		t.Fatal(err)
	}
	report := tracker.Report(journey(reported, tracker))
	if _, err := protocols.Frames(codec, report[:len(report)-1], true, hear); err != nil {
		t.Fatal(err)
	}
	if given < reported-1 {
		t.Errorf("%d of %d positions are given", given, reported)
	}
}
