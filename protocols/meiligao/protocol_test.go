package meiligao

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

// Cousins that open with $$ are told apart.
func TestSniffDeniesCousins(t *testing.T) {
	for _, first := range []string{
		"$$A138,863835024426319,AAA,35,",                         // Meitrack
		"$$135,866104023192332,29,A01,,160606093046",             // Fifotrack
		"$$0108AA863835028447675|5004",                           // Totem
		"$$3f\x00gnghef6101112900174\x20\x01",                    // Castel MPIP
		"$$355922061611345,6001,2013/09/14",                      // Xirgo
		"$$\x00\x00\x01\x00\x1a\x03\x01\x06\x0e\x00\x00\x00\x00", // Wialon Combine
	} {
		if m := sniff([]byte(first)); m.Level > protocols.LevelPrefix {
			t.Errorf("%q: %+v", first, m)
		}
	}
}

func TestIdentities(t *testing.T) {
	for wire, want := range map[string]string{
		"35209308145225": "352093081452251", "1092ffffffffff": "1092", "190820157fffff": "190820157",
	} {
		id, _ := hex.DecodeString(wire)
		var c codec
		if err := c.speaker(id); err != nil || c.device != want {
			t.Errorf("%s: %q %v, want %q", wire, c.device, err, want)
		}
		if back := idOf(want); hex.EncodeToString(back[:]) != wire {
			t.Errorf("%s: written as %x", want, back)
		}
	}
	for _, wire := range []string{"ffffffffffffff", "1f2fffffffffff", "1a345678901234"} {
		id, _ := hex.DecodeString(wire)
		if _, ok := digitsOf(id, nil); ok {
			t.Errorf("%s is an identity", wire)
		}
	}
}

func TestOutputCommandOfProfile(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	c.(protocols.Knower).Know(protocols.Device{Identity: "352093081452251", Options: map[string]string{outputOption: "4114"}})
	b, err := c.Encode(protocols.Command{Kind: protocols.Immobilise})
	if err != nil || hex.EncodeToString(b[offKind:offBody+1]) != "411401" {
		t.Errorf("%x %v", b, err)
	}
}

func TestServerOfProfile(t *testing.T) {
	ask := appendFrame(nil, "$$", idOf("35209308145225"), cmdServer, nil)
	for server, want := range map[string]string{
		"": "", "example.com": "", "example.com:99999": "", "a,b:5009": "", "example.com:5009": "example.com:5009",
	} {
		c := Protocol().Codec(protocols.TCP)
		c.(protocols.Knower).Know(protocols.Device{Options: map[string]string{serverOption: server}})
		m, err := c.Decode(ask, time.Time{})
		if err != nil || want == "" && m.Reply != nil || want != "" && string(m.Reply[offBody:len(m.Reply)-tailSize]) != want {
			t.Errorf("%q: reply %q, %v", server, m.Reply, err)
		}
	}
}
