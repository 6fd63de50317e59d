package cellocator

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniffLevels(t *testing.T) {
	for first, want := range map[string]protocols.Level{
		"MCGP\x00": protocols.LevelProof, "MCPG\x00\x01": protocols.LevelProof, "MCGP": protocols.LevelPrefix,
		"M": protocols.LevelPrefix, "MCGPZ": protocols.LevelNone, "MCGG\x00": protocols.LevelNone, "MAC": protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want level %d", first, m, want)
		}
	}
}

// The mileage's unit is the profile's.
func TestMileageUnit(t *testing.T) {
	tr := newTracker("352093081452251")
	frame := tr.Report([]protocols.Position{{Odometer: protocols.Some(5_000_000.0)}})
	for unit, want := range map[string]float64{"": 5_000_000, "1000": 5_000_000, "100": 500_000} {
		c := &codec{}
		c.Know(protocols.Device{Options: map[string]string{optionUnit: unit}})
		m, err := c.Decode(frame, protocoltest.Arrival)
		if err != nil || m.Positions[0].Odometer != protocols.Some(want) {
			t.Errorf("%q: %+v, %v", unit, m.Positions, err)
		}
	}
}

// A custom command is a code and data; anything else is refused.
func TestCustom(t *testing.T) {
	c := &codec{name: "1", id: 1, code: [4]byte{'M', 'C', 'G', 'P'}}
	if b, err := c.Encode(protocols.Command{Text: "031500"}); err != nil || len(b) != commandLength || b[16] != 0x15 {
		t.Errorf("%x, %v", b, err)
	}
	for _, words := range []string{"", "0315", "03150", "0315FF", "zzzzzz"} {
		if b, err := c.Encode(protocols.Command{Text: words}); err == nil {
			t.Errorf("%q became %x", words, b)
		}
	}
}
