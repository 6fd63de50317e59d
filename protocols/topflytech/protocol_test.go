package topflytech

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniffLevels(t *testing.T) {
	hello := newTracker("352093081452251").Hello()
	for _, k := range []struct {
		first string
		want  protocols.Level
	}{
		{string(hello), protocols.LevelProof},
		{string(hello[:16]), protocols.LevelShape},
		{string(hello[:8]), protocols.LevelPrefix},
		{string(hello) + "\x25", protocols.LevelProof},
		{string(hello) + "x", protocols.LevelShape},
		{"##,imei:123456789012345,A;", protocols.LevelNone},
		{"&&A123,862070000000017,000,", protocols.LevelNone},
		{"%%123456789012345", protocols.LevelNone},
		{"(862070000000017BP00XG00b600000000L00074b54S00000000R0C0F0014000100f0260615120000A5231.2005N01324.2972E000.0251.25)",
			protocols.LevelShape},
		{"(013612345678BP05000", protocols.LevelNone},
		{"(862070000000017BP05000013612345678", protocols.LevelPrefix},
	} {
		if m := sniff([]byte(k.first)); m.Level != k.want {
			t.Errorf("%q: %+v, want level %d", k.first, m, k.want)
		}
	}
}

// The reply to an alarm carries its code.
func TestAlarmReply(t *testing.T) {
	p := protocols.Position{Located: true, Valid: true, Latitude: 1, Longitude: 2, Alarms: protocols.AlarmSOS}
	frame := newTracker("352093081452251").Report([]protocols.Position{p})
	m, err := (&codec{}).Decode(frame, protocoltest.Arrival)
	if err != nil || len(m.Reply) != 16 || m.Reply[15] != 3 || m.Positions[0].Alarms != protocols.AlarmSOS {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestEncodeBeforeAnybodySpoke(t *testing.T) {
	if b, err := (&codec{}).Encode(protocols.Command{Kind: protocols.Reboot}); err == nil {
		t.Errorf("%x", b)
	}
}
