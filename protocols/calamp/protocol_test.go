package calamp

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniffLevels(t *testing.T) {
	report := newTracker("352093081452251").Report([]protocols.Position{{Located: true, Latitude: 1}})
	for _, k := range []struct {
		first string
		want  protocols.Level
	}{
		{string(report), protocols.LevelShape},
		{string(report[:12]), protocols.LevelPrefix},
		{string(report) + "x", protocols.LevelPrefix},
		{"\x89\x05jklmn\x01\x01\x01\x02\x00\x01", protocols.LevelNone},
		{"\x83\x05\x12\x34\x56\x78\x90\x01\x01\x07\x02\x00\x01", protocols.LevelNone},
		{"\x01\x02\x00\x01", protocols.LevelNone},
	} {
		if m := sniff([]byte(k.first)); m.Level != k.want {
			t.Errorf("%x: %+v, want level %d", k.first, m, k.want)
		}
	}
}

// Accumulators get the names that the profile has.
func TestAccumulatorNames(t *testing.T) {
	report := newTracker("352093081452251").Report([]protocols.Position{{Located: true, Latitude: 1}})
	report[len(report)-2] = 5
	for _, v := range []byte{0x10, 0x20, 0x30, 0x40, 0x50} {
		report = append(report, 0, 0, v, 0)
	}
	c := &codec{}
	const list = "odometer_m,external_mv,battery_mv,-,hours_s"
	if err := options[0].Takes(list); err != nil {
		t.Fatal(err)
	}
	c.Know(protocols.Device{Options: map[string]string{optionAccumulators: list}})
	m, err := c.Decode(report, protocoltest.Arrival)
	if err != nil || len(m.Positions) != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	p := m.Positions[0]
	if p.Odometer != protocols.Some(4096.0) || p.ExternalVolts != protocols.Some(8.192) ||
		p.BatteryVolts != protocols.Some(12.288) {
		t.Errorf("%+v", p)
	}
	last := p.Attributes[len(p.Attributes)-2:]
	if last[0].Name != "acc_3" || last[1].Name != "hours_s" {
		t.Errorf("%+v", last)
	}
	if options[0].Takes("Odo meter") == nil {
		t.Error("a name with a space was taken")
	}
}
