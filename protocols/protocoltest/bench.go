package protocoltest

import (
	"slices"
	"testing"

	"drover/protocols"
)

// Bench reports the time and allocations of a record over the golden conversations that carry positions, cutting
// included.
func Bench(b *testing.B, p *protocols.Protocol) {
	type stream struct {
		network protocols.Network
		data    []byte
	}
	var streams []stream
	records := 0
	for _, c := range Conversations(b) {
		n := 0
		eachFrame(p.Codec(c.Network), c, func([]byte) { n++ })
		if n > 0 {
			streams = append(streams, stream{c.Network, slices.Concat(c.Arrived...)})
		}
	}
	codecs := make([]protocols.Codec, len(streams))
	for i, s := range streams {
		codecs[i] = p.Codec(s.network)
	}
	run := func() {
		for i, s := range streams {
			codec := codecs[i]
			_, _ = protocols.Frames(codec, s.data, s.network == protocols.UDP, func(frame []byte) error {
				m, _ := codec.Decode(frame, Arrival)
				records += len(m.Positions)
				return nil
			})
		}
	}
	run()
	if records == 0 {
		b.Fatal("no golden conversation carries a position")
	}
	records = 0
	b.ReportAllocs()
	for b.Loop() {
		run()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(records), "ns/record")
	b.ReportMetric(float64(records)/float64(b.N), "records/op")
}
