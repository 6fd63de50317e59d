package castel

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

// Cousins that open with @@ or $$ are told apart.
func TestSniffDeniesCousins(t *testing.T) {
	for _, first := range []string{
		"@@\x00\x12\x35\x20\x93\x08\x14\x52\x25\x40\x00\x01", // what a Meiligao server says
		"$$A138,863835024426319,AAA,35,",                     // Meitrack
		"$$\x00\x11\x35\x20\x93\x08\x14\x52\x25\x50\x00",     // Meiligao
		"@@,1,1,",
	} {
		if m := sniff([]byte(first)); m.Level > protocols.LevelPrefix {
			t.Errorf("%q: %+v", first, m)
		}
	}
}

func TestEngineIsCutInCCOnly(t *testing.T) {
	c := &codec{version: 12, device: "611150000956"}
	if b, err := c.Encode(protocols.Command{Kind: protocols.Immobilise}); err != nil || b[4] != 12 || b[27] != 1 {
		t.Errorf("%x %v", b, err)
	}
	for _, version := range []int{noVersion, 3, 4} {
		c.version = version
		if b, err := c.Encode(protocols.Command{Kind: protocols.Immobilise}); err == nil {
			t.Errorf("version %d: %x", version, b)
		}
	}
}

func TestPIDTable(t *testing.T) {
	if len(pidLengths) != 0x70 || len(pidNumbers) != 6*256 {
		t.Fatalf("%d lengths, %d letters of names", len(pidLengths), len(pidNumbers))
	}
	for pid, want := range map[byte]int{0x05: 1, 0x0C: 2, 0x01: 4, 0x1F: 2, 0x21: 2, 0x2F: 1, 0x42: 2, 0x4F: 4, 0x5A: 1, 0xFF: 0} {
		if got := pidLength(pid); got != want {
			t.Errorf("%02x: %d, want %d", pid, got, want)
		}
	}
}

func TestLoginReplyCarriesTheTime(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	tracker := Protocol().Speak(protocols.TCP, "213L2017000422")
	m, err := c.Decode(tracker.Hello(), time.Unix(0x01020304, 0))
	if err != nil || len(m.Reply) != 41 || string(m.Reply[33:37]) != "\x04\x03\x02\x01" {
		t.Errorf("%x %v", m.Reply, err)
	}
}
