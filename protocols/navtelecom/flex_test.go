package navtelecom

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

// sizes are those of the paper's annex A.1, which lists a size for every field.
func TestFieldSizes(t *testing.T) {
	full := make([]byte, maskBytes)
	for i := range full {
		full[i] = 0xFF
	}
	for bits, want := range map[int]int{69: 146, 122: 404, 255: 734} {
		if got := planOf(full, bits); got.size != want {
			t.Errorf("%d fields are %d bytes, want %d", bits, got.size, want)
		}
	}
	last := uint8(0)
	for _, p := range parts {
		if p.field != last && p.field != last+1 {
			t.Errorf("field %d follows %d", p.field, last)
		}
		last = p.field
	}
	if last != 255 {
		t.Errorf("the last field is %d", last)
	}
}

// The profile names the fields of a message that came without a negotiation, until the tracker names them itself.
func TestFieldsOfTheProfile(t *testing.T) {
	tracker := newTracker("352093081452251")
	codec := newCodec()
	codec.Know(protocols.Device{Options: map[string]string{optionFields: "FFFE300A00000000020800000000002 0"}})
	if codec.plan.size != 0 {
		t.Error("a mask that is no hex was taken")
	}
	codec.Know(protocols.Device{Options: map[string]string{
		optionFields: "fffe300a000000000208000000000020", optionImmobiliser: "3"}})
	report := tracker.Report([]protocols.Position{{Time: protocoltest.Arrival, ExternalVolts: protocols.Some(12.5)}})
	used, err := protocols.Frames(codec, report, false, func(frame []byte) error {
		m, err := codec.Decode(frame, protocoltest.Arrival)
		if len(m.Positions) != 1 || m.Positions[0].ExternalVolts.Value != 12.5 {
			t.Errorf("%+v", m.Positions)
		}
		return err
	})
	if err != nil || used != len(report) {
		t.Errorf("%d of %d bytes, %v", used, len(report), err)
	}
	cut, err := codec.Encode(protocols.Command{Kind: protocols.Immobilise})
	if err != nil || string(cut[headBytes:]) != "*!3Y" {
		t.Errorf("%q, %v", cut, err)
	}
}

// The tracker obeys: an output is switched and the answer, a record, shows it.
func TestTrackerObeys(t *testing.T) {
	tracker, codec := newTracker("352093081452251"), newCodec()
	_, _ = protocols.Frames(codec, tracker.Hello(), false, func(frame []byte) error {
		_, err := codec.Decode(frame, protocoltest.Arrival)
		return err
	})
	for _, c := range []struct {
		cmd    protocols.Command
		answer string
		nack   bool
	}{
		{protocols.Command{Kind: protocols.Output, Output: 2, On: true}, "*@C", false},
		{protocols.Command{Kind: protocols.Locate}, "*#A", false},
		{protocols.Command{Kind: protocols.Reboot}, "*@DEV_RESET", false},
		{protocols.Command{Text: "*!FOO"}, "*Z:*!FOO", true},
	} {
		data, err := codec.Encode(c.cmd)
		if err != nil {
			t.Fatal(err)
		}
		_, heard, err := tracker.Hear(data)
		if err != nil {
			t.Fatal(err)
		}
		m, err := codec.Decode(heard.Reply, protocoltest.Arrival)
		if err != nil || m.Result == nil || m.Result.Text != c.answer || m.Result.Nack != c.nack {
			t.Errorf("%v: %+v, %v", c.cmd.Kind, m.Result, err)
		}
	}
}

// Of an archive that is cut at the end of a stream the records are given, and nothing is confirmed.
func TestCut(t *testing.T) {
	for _, c := range protocoltest.Conversations(t) {
		if c.Name != "ntcb-f52" {
			continue
		}
		archive := c.Arrived[1]
		codec := newCodec()
		_, frame, err := codec.Split(archive[:len(archive)-1], true)
		if err != nil {
			t.Fatal(err)
		}
		m, _ := codec.Decode(frame, protocoltest.Arrival)
		if len(m.Positions) != int(archive[headBytes+3]) || !m.Positions[0].Located || m.Reply != nil {
			t.Errorf("%+v", m)
		}
	}
}
