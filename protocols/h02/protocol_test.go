package h02

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

// Cousins that open with * or $ are told apart.
func TestSniffDeniesCousins(t *testing.T) {
	for _, first := range []string{
		"*HQ20028123401,BA&A0815304742345601912567860000150626#", // Upro
		"*ET,135790246811221,DW,A,050915,",                       // EasyTrack
		"*GS16,359913060650380,100#",                             // GoSafe
		"*1112223334,CMD-D,A,DATE:090905,",                       // Carscop
		"$GPRMC,081530,A,4742.3456,N,",                           // NMEA
		"$1,357804048043099,D001,",                               // T-80
		"*HQ,7028123401,#", "*HQ,12345678901234567,V1,", "*HQ,7028123401,VVVVVVV,",
	} {
		if m := sniff([]byte(first)); m.Level != protocols.LevelNone || m.Need > 0 {
			t.Errorf("%q: %+v", first, m)
		}
	}
}

func TestSniffLevels(t *testing.T) {
	for _, k := range []struct {
		first string
		want  protocols.Level
	}{
		{sentenceV1, protocols.LevelProof},
		{"*HQ,7028123401,V1,", protocols.LevelShape},
		{"*HQ,70281", protocols.LevelPrefix},
		{"*TH,,V1,", protocols.LevelShape},
		{string(record(t, "06", shortTail)), protocols.LevelShape},
		{string(record(t, "06", shortTail)[:20]), protocols.LevelPrefix},
	} {
		if m := sniff([]byte(k.first)); m.Level != k.want {
			t.Errorf("%q: %+v, want level %d", k.first, m, k.want)
		}
	}
}

func TestDegrees(t *testing.T) {
	for text, want := range map[string]float64{
		"4730.0000": 47.5, "01930.0000": 19.5, "930.0": 9.5, "47300000": 47.5, "019300000": 19.5, "-47-30.0000": 47.5,
		"-9-6": 9.1, "0.0000": 0, "4730.": 47.5,
	} {
		if got, ok := degrees([]byte(text)); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "-", "--", "-47", "-47-", "4760.0", "47x0.0", "4730..0", ".", "-47-60.0", "123456789012345678",
	} {
		if got, ok := degrees([]byte(text)); ok {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestBatteryLevels(t *testing.T) {
	for v, want := range map[int]float64{1: 0, 2: 10, 3: 20, 4: 60, 5: 80, 6: 100, 7: 7, 100: 100, 0xF1: 0, 0xF6: 100} {
		if got, charging, ok := levelPercent(v); !ok || got != want || charging != (v > 0xF0) {
			t.Errorf("%d: %v, charging %v, %v", v, got, charging, ok)
		}
	}
	for _, v := range []int{0, 101, 0xF0, 0xF7, 0xFF} {
		if got, _, ok := levelPercent(v); ok {
			t.Errorf("%d: %v", v, got)
		}
	}
}
