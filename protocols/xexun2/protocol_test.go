package xexun2

import (
	"bytes"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestEscapes(t *testing.T) {
	id := idOf("352093081452251")
	body := []byte{1, 0xFA, 0xAF, 0xFB, 0xBF, 1, 0xFB, 0xBF, 0xFA, 0xAF, 0xFA}
	b := appendFrame(nil, kindReport, 0xFAAF, id, body)
	if n := bytes.Count(b, fence); n != 2 {
		t.Errorf("%d FAAF in %x", n, b)
	}
	if got := inside(b); !bytes.Equal(got[offBody:], body) || !proved(got) {
		t.Errorf("%x became %x", body, got)
	}
}

func TestSniffDeniesCousins(t *testing.T) {
	for _, first := range []string{"\xfa\xae", "\xfb\xaf", "\xfc\x00\x40\x03", "\xaf\xfa"} {
		if m := sniff([]byte(first)); m.Level != protocols.LevelNone || m.Need > 0 {
			t.Errorf("%x: %+v", first, m)
		}
	}
}

func TestAnswerKeepsItsNumber(t *testing.T) {
	codec, tracker := Protocol().Codec(protocols.TCP), Protocol().Speak(protocols.TCP, "352093081452251")
	if _, err := codec.Decode(tracker.Report(nil), time.Time{}); err != nil {
		t.Fatal(err)
	}
	b, err := codec.Encode(protocols.Command{Kind: protocols.Reboot, ID: 77})
	if err != nil {
		t.Fatal(err)
	}
	_, heard, err := tracker.Hear(b)
	if err != nil || heard.Command != "reset" {
		t.Fatalf("%+v %v", heard, err)
	}
	m, err := codec.Decode(heard.Reply, time.Time{})
	if err != nil || m.Result == nil || m.Result.ID != 77 || m.Result.Text != "ok,reset" || m.Reply != nil {
		t.Errorf("%+v %v", m, err)
	}
}
