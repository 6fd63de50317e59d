package upro

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
		"*HQ201352093081452251,BA&A": protocols.LevelProof, "*AI200905300036,AH": protocols.LevelProof,
		"[HQ201352093081452251,AO]": protocols.LevelShape, "*HQ2013520": protocols.LevelPrefix, "*H": protocols.LevelPrefix,
		"*HQ201352093081452251,B": protocols.LevelPrefix, "*HQ,8168000008,V1": 0, "*ET,1": 0, "*GS16,": 0, "*1112": 0,
		"*HQ20": protocols.LevelPrefix, "*HQ20X13800138000,AY#": 0, "[3G*": 0, "*HQ201,ba": 0, "*HQ201x": 0, "x": 0,
		"*HQ20Y": 0, "*HQ201,BA": 0,
	} {
		if m := sniff([]byte(first)); m.Level != want || want == 0 && m.Need > 0 {
			t.Errorf("%q: %+v, want %d", first, m, want)
		}
	}
}

// The speed of the field F goes before the coarse one of A, in either order.
func TestSpeeds(t *testing.T) {
	const a = "&A1200004851396000221132060518150626"
	for frame, want := range map[string]float64{
		"*HQ200123456,BA" + a + "#":          18.52,
		"*HQ200123456,BA" + a + "&F0097#":    17.9644,
		"*HQ200123456,BA&F0097" + a + "#":    17.9644,
		"*HQ200123456,BA" + a + "&F000970#":  1.6668,
		"*HQ200123456,BA" + a + "&F00x7&V1#": 18.52,
	} {
		m, err := (&codec{}).Decode([]byte(frame), protocoltest.Arrival)
		if err != nil || m.Positions[0].Speed.Value != want {
			t.Errorf("%s: %+v %v", frame, m.Positions, err)
		}
	}
}

// A command carries the letters of the tracker's maker.
func TestMakers(t *testing.T) {
	c := &codec{}
	if _, err := c.Decode([]byte("*MG201352093081452251,AB&B0000000000#"), protocoltest.Arrival); err != nil {
		t.Fatal(err)
	}
	if got, err := c.Encode(protocols.Command{Kind: protocols.Locate}); err != nil || string(got) != "*MG2001BE#" {
		t.Errorf("%q %v", got, err)
	}
}
