package totem

import (
	"errors"
	"strings"
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

const imei = "352093081452251"

// report is what the simulated tracker says of one position.
func report() string {
	t := tracker{device: imei}
	return string(t.Report([]protocols.Position{{
		Time: protocoltest.Arrival, Located: true, Valid: true, Latitude: 47.70576, Longitude: 19.209463,
	}}))
}

func TestSniffLevels(t *testing.T) {
	whole := report()
	for first, want := range map[string]protocols.Level{
		whole: protocols.LevelProof, strings.Replace(whole, "4742.", "4743.", 1): protocols.LevelShape,
		whole[:40]: protocols.LevelShape, whole[:12]: protocols.LevelPrefix, "$": protocols.LevelPrefix,
		"$$0128AA352093081452251|5004C000":   protocols.LevelShape,
		"$$A145,352093081452251,AAA,":        protocols.LevelNone, // Meitrack
		"$$95,352093081452251,1,A03,":        protocols.LevelNone, // Fifotrack
		"$$352093081452251,4001,2026/06/15,": protocols.LevelNone, // Xirgo
		"$$0128aa352093081452251|":           protocols.LevelNone, "$$0009AA3520": protocols.LevelNone, "$$B312345|": protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want level %d", first, m, want)
		}
	}
}

// The bit of a valid place is another one where there are two temperatures.
func TestValidBit(t *testing.T) {
	const front, back = "26061511580042120000", "28D2E889" + "1217127054" + "00.8" + "0000123" + "4742.3456N01912.5678E" + "0017"
	for _, k := range []struct {
		status, temperatures string
		valid                bool
	}{
		{"00004000", "", true}, {"00001000", "", false}, {"00004000", "0025", true},
		{"00001000", "00250026", true}, {"00004000", "00250026", false},
	} {
		frame := appendFrame(nil, "AA", imei+"|"+k.status+front+k.temperatures+back)
		m, err := (&codec{}).Decode(frame, protocoltest.Arrival)
		if err != nil || !m.Positions[0].Located || m.Positions[0].Valid != k.valid {
			t.Errorf("%+v: %+v, %v", k, m.Positions, err)
		}
	}
}

// What can not be read is kept before it is acknowledged.
func TestUnreadIsKept(t *testing.T) {
	for _, frame := range []string{
		"$$2EAA", "$$0040AA" + imei + "|1234567890123456XX", "$$32" + imei + "|AA12|34|567890123456789XXXX",
		"$$32" + imei + "|A|2|34567890123456789XXXX", "$$32" + imei + "|AA12345678901234567890XXX",
	} {
		m, err := (&codec{}).Decode([]byte(frame), protocoltest.Arrival)
		if err == nil {
			t.Errorf("%s: no error", frame)
		}
		if m.Reply == nil {
			continue
		}
		kept := false
		for _, a := range m.Positions[0].Attributes {
			kept = kept || a.Name == "payload"
		}
		if !kept {
			t.Errorf("%s is acknowledged but lost: %+v", frame, m.Positions)
		}
	}
}

func TestCommandRanges(t *testing.T) {
	c := &codec{}
	for _, command := range []protocols.Command{
		{Kind: protocols.Output, Output: 4}, {Kind: protocols.Output}, {Kind: protocols.Custom, Text: "a#b"},
	} {
		if data, err := c.Encode(command); err == nil || errors.Is(err, protocols.ErrNoCommand) {
			t.Errorf("%+v: %q, %v", command, data, err)
		}
	}
	c.Know(protocols.Device{Password: "12,3"})
	if data, err := c.Encode(protocols.Command{Kind: protocols.Locate}); err == nil {
		t.Errorf("a password with a comma: %q", data)
	}
}
