package protocoltest

import (
	"errors"
	"slices"
	"testing"

	"drover/protocols"
)

// Fuzz feeds a codec what its own conversations become when they are spoilt. It fails on a panic, on a Split that
// breaks its rules, and on a position out of range. The same bytes are read and heard as an SMS.
func Fuzz(f *testing.F, p *protocols.Protocol) {
	for _, c := range Conversations(f) {
		f.Add(slices.Concat(c.Arrived...), c.Network == protocols.UDP)
	}
	f.Fuzz(func(t *testing.T, data []byte, udp bool) {
		network := protocols.TCP
		if udp {
			network = protocols.UDP
		}
		p.Sniff(data)
		codec := p.Codec(network)
		_, err := protocols.Frames(codec, data, udp, func(frame []byte) error {
			m, _ := codec.Decode(frame, Arrival)
			for i := range m.Positions {
				if err := Plausible(&m.Positions[i]); err != nil {
					t.Errorf("position %d: %v", i, err)
				}
			}
			return nil
		})
		if errors.Is(err, protocols.ErrSplit) {
			t.Error(err)
		}
		_, _ = codec.Decode(data, Arrival)
		if p.ReadText != nil && p.HearText != nil {
			m, _ := p.ReadText(profile, string(data), Arrival)
			for i := range m.Positions {
				if err := Plausible(&m.Positions[i]); err != nil {
					t.Errorf("position %d of an SMS: %v", i, err)
				}
			}
			_, _, _ = p.HearText(profile, string(data), standing())
		}
	})
}
