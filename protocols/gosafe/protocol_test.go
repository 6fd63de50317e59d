package gosafe

import (
	"encoding/hex"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniffDeniesCousins(t *testing.T) {
	ulbotech, _ := hex.DecodeString("f801010352093081452251010306001122334455aabbf8")
	for _, first := range []string{
		"*HQ,7028123401,V1,", "*HQ2002812", "*GS,353218073585128,", "*GS06,35321807x585128,", "*GS06,353#",
		"*GSA6,353218073585128", string(ulbotech),
	} {
		if m := sniff([]byte(first)); m.Level != protocols.LevelNone || m.Need > 0 {
			t.Errorf("%q: %+v", first, m)
		}
	}
}

func TestTextsShareTheMessage(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	frame := []byte("*GS06,352093081452251,081530150626,,SYS:G6S;V3.37;V1.1.8,OBD:0341,TAG:x$081531150626,,SYS:G7S;V1;V2#")
	m, err := c.Decode(frame, time.Time{})
	if err != nil || len(m.Positions) != 2 {
		t.Fatalf("%+v %v", m, err)
	}
	want := [][]string{{"G6S", "V3.37", "V1.1.8", "0341", "x"}, {"G7S", "V1", "V2"}}
	for i, p := range m.Positions {
		for j, a := range p.Attributes {
			if a.Value.Raw() != want[i][j] {
				t.Errorf("record %d: %s is %q, want %q", i, a.Name, a.Value.Raw(), want[i][j])
			}
		}
	}
}

func TestIMEIsKeepTheirZeros(t *testing.T) {
	for id, want := range map[uint64]string{
		14869007258264: "014869007258264", 352093081452251: "352093081452251", 7: "000000000000007", 0: "000000000000000",
	} {
		if got := string(appendIMEI(nil, id)); got != want {
			t.Errorf("%d: %s, want %s", id, got, want)
		}
	}
}
