package eelink

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniffLevels(t *testing.T) {
	tcp := newTracker(protocols.TCP, "352093081452251").Hello()
	udp := newTracker(protocols.UDP, "352093081452251").Hello()
	spoilt := append([]byte(nil), udp...)
	spoilt[5]++
	for _, k := range []struct {
		first string
		want  protocols.Level
	}{
		{string(tcp), protocols.LevelProof},
		{string(tcp[:9]), protocols.LevelShape},
		{string(tcp[:3]), protocols.LevelPrefix},
		{string(udp), protocols.LevelProof},
		{string(spoilt), protocols.LevelShape},
		{string(udp[:15]), protocols.LevelPrefix},
		{"ELM327 v1.5\r\n", protocols.LevelNone},
		{"gg hello", protocols.LevelNone},
	} {
		if m := sniff([]byte(k.first)); m.Level != k.want {
			t.Errorf("%x: %+v, want level %d", k.first, m, k.want)
		}
	}
}

// The time that WHERE tells is the tracker's own.
func TestOffsetOfToldTimes(t *testing.T) {
	c := &codec{}
	c.Know(protocols.Device{Offset: protocols.Some(2 * time.Hour)})
	frame := appendCommand(nil, 1, 7, "Lat:N31.5,Lon:W82.5,Course:10.00,Speed:5.00km/h,DateTime:2026-06-15 12:00:00")
	m, err := c.Decode(frame, protocoltest.Arrival)
	if err != nil || len(m.Positions) != 1 || m.Positions[0].Time.Hour() != 10 || m.Result.ID != 7 {
		t.Errorf("%+v, %v", m, err)
	}
}

// A datagram's answers go in one datagram, and a wrong sum is flagged.
func TestDatagram(t *testing.T) {
	tr := newTracker(protocols.UDP, "352093081452251")
	frame := tr.Report([]protocols.Position{{Located: true, Latitude: 1, Longitude: 2}, {Located: true, Latitude: 3}})
	frame[5]++
	m, err := (&codec{udp: true}).Decode(frame, protocoltest.Arrival)
	if err != nil || len(m.Positions) != 2 || len(m.Reply) != udpHead+2*packageHead {
		t.Fatalf("%+v, %v", m, err)
	}
	for _, p := range m.Positions {
		if a := p.Attributes[len(p.Attributes)-1]; a.Name != "checksum_ok" {
			t.Errorf("%+v", p.Attributes)
		}
	}
}
