package minifinder2

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func TestCut(t *testing.T)         { protocoltest.Cut(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniffDeniesCousins(t *testing.T) {
	for _, first := range []string{
		"\xab\xab\x00\x00\x00\x00\x00\x00\x01\x00", // Dolphin
		"\xab\x10\x00\x00\x00\x00\x00\x00\x01",
		"\xab\x10\x02\x00\x00\x00\x00\x00\x55\x01",
		"\xab\x10\x02\x00\x00\x00\x00\x00\x01\x01",
	} {
		if m := sniff([]byte(first)); m.Level != protocols.LevelNone || m.Need > 0 {
			t.Errorf("%x: %+v", first, m)
		}
	}
}

func TestAcknowledgedOnlyIfWanted(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	for properties, want := range map[byte]bool{0x00: false, 0x10: true, 0x18: true, 0x08: false} {
		b := seal(append(open(nil, properties, 7, cmdData), 9, keyStatus, 1, 2, 3, 4, 5, 6, 7, 8), 0)
		m, err := c.Decode(b, time.Time{})
		if err != nil || (m.Reply != nil) != want {
			t.Errorf("properties %02x: reply %x, %v", properties, m.Reply, err)
		}
	}
}

func TestCommandIsAnsweredByItsNumber(t *testing.T) {
	codec, tracker := Protocol().Codec(protocols.TCP), Protocol().Speak(protocols.TCP, "352093081452251")
	b, err := codec.Encode(protocols.Command{Kind: protocols.Custom, Text: "02:01f0", ID: 513})
	if err != nil {
		t.Fatal(err)
	}
	_, heard, err := tracker.Hear(b)
	if err != nil || heard.Command != "02:01f0" {
		t.Fatalf("%+v %v", heard, err)
	}
	m, err := codec.Decode(heard.Reply, time.Time{})
	if err != nil || m.Result == nil || m.Result.ID != 513 || m.Result.Nack {
		t.Errorf("%+v %v", m.Result, err)
	}
	for _, words := range []string{"02", "02:0", "02:05f0", "zz:01f0", "02f001f0"} {
		if b, err := codec.Encode(protocols.Command{Kind: protocols.Custom, Text: words}); err == nil {
			t.Errorf("%q became %x", words, b)
		}
	}
}
