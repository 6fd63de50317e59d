package watch

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

// Cousins that open with [ are told apart.
func TestSniffDeniesCousins(t *testing.T) {
	for _, first := range []string{
		"[2021-08-20 19:27:14,T14,1,V1.3.5,", // Mobilogix
		"[!0000000001,(T40,0.000]",           // TK102
		"[\x01\x02\x03\x04",                  // Arnavi
		"[SV,351,",                           // SVIAS
		"[3G*abcdefghij*0002*LK]", "[3G*8800000015*00x2*LK]", "[3G*8800000015*0002*]",
	} {
		if m := sniff([]byte(first)); m.Level != protocols.LevelNone || m.Need > 0 {
			t.Errorf("%q: %+v", first, m)
		}
	}
}

func TestProfileOffset(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	c.(protocols.Knower).Know(protocols.Device{Offset: protocols.Some(8 * time.Hour)})
	m, err := c.Decode([]byte("[3G*8800000015*0000*UD,150626,081530,A,47.7,N,19.2,E]"), time.Time{})
	want := time.Date(2026, 6, 15, 0, 15, 30, 0, time.UTC)
	if err != nil || len(m.Positions) != 1 || !m.Positions[0].Time.Equal(want) {
		t.Errorf("%+v %v", m, err)
	}
}

func TestCommandKeepsTheForm(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	if _, err := c.Encode(protocols.Command{Kind: protocols.Locate}); err == nil {
		t.Error("a command to nobody")
	}
	if _, err := c.Decode([]byte("[ZJ*352093081452251*0007*0002*LK]"), time.Time{}); err != nil {
		t.Fatal(err)
	}
	b, err := c.Encode(protocols.Command{Kind: protocols.Locate})
	if want := "[ZJ*352093081452251*0001*0002*CR]"; string(b) != want || err != nil {
		t.Errorf("%s %v, want %s", b, err, want)
	}
}

// A report whose end was lost gives what is whole, and nothing of the word in which it was cut.
func TestCutReport(t *testing.T) {
	data := []byte("[SG*8800000015*0087*UD,150626,120000,A,45.46388,N,9.19000,E,12.0,90.0,100,6,60,9")
	c := Protocol().Codec(protocols.TCP)
	var positions []protocols.Position
	used, err := protocols.Frames(c, data, true, func(frame []byte) error {
		m, err := c.Decode(frame, protocoltest.Arrival)
		positions = append(positions, m.Positions...)
		return err
	})
	switch {
	case err != nil || used != len(data) || len(positions) != 1:
		t.Errorf("%d bytes, %v, %v", used, positions, err)
	case !positions[0].Valid || positions[0].Speed.Value != 12 || positions[0].BatteryPercent.OK:
		t.Errorf("%+v", positions[0])
	}
}
