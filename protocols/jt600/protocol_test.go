package jt600

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniff(t *testing.T) {
	lock := string(speak(protocols.TCP, "8041300978").Report(make([]protocols.Position, 1)))
	for first, want := range map[string]protocols.Level{
		"(3301210003,U01,0": protocols.LevelShape, "(3460311327,@JT)": protocols.LevelProof, "(33012": protocols.LevelPrefix,
		lock[:8]: protocols.LevelPrefix, lock[:20]: protocols.LevelPrefix, "(087073005534BP00HSO)": 0, "(013632651491,ZC20,": 0,
		"(3301210003)": 0, "(330121000,": 0, "$GPRMC,081530": 0, "x": 0,
		"\x24\x70\x28\x12\x34\x01\x08\x15\x30\x15\x06\x26\x47\x42\x34\x56\x00\x01\x91\x25\x67\x8E\x00\x00\x00": 0, // H02
	} {
		if m := sniff([]byte(first)); m.Level != want || want == 0 && m.Need > 0 {
			t.Errorf("%q: %+v, want %d", first, m, want)
		}
	}
	at := protocols.Position{Time: protocoltest.Arrival}
	lock = string(speak(protocols.TCP, "8041300978").Report([]protocols.Position{at}))
	if m := sniff([]byte(lock)); m.Level != protocols.LevelShape {
		t.Errorf("a padlock's record: %+v", m)
	}
	if m := sniff([]byte(lock[:20])); m.Level != protocols.LevelPrefix || m.Need != len(lock) {
		t.Errorf("a part of it: %+v", m)
	}
}

// Escapes are undone in binary within text.
func TestEscapes(t *testing.T) {
	if got := string(unescaped([]byte("a\x3D\x15\x3D\x14\x3D\x11\x3D\x00b\x3D"))); got != "a(),=b=" {
		t.Errorf("%q", got)
	}
}

// Noise before a message and a record whose length can not be are skipped.
func TestNoise(t *testing.T) {
	n, frame, err := (&codec{}).Split([]byte("xx$\xFF$12345\x00\x00\x00\x00(3460311327,@JT)(3"), false)
	if err != nil || string(frame) != "(3460311327,@JT)" || n != 30 {
		t.Errorf("%d %q %v", n, frame, err)
	}
	if _, _, err := (&codec{}).Split(append([]byte("("), make([]byte, maxText)...), false); err == nil {
		t.Error("a text without an end")
	}
}
