package protocoltest

import (
	"slices"
	"testing"

	"drover/protocols"
)

// Bench reports the time and allocations of a record over the golden conversations of records, cutting included: those
// without an error in which at least half of the frames carry a position (or over all, where there are none of those).
// Logins, heartbeats and answers are not what costs a server its time.
func Bench(b *testing.B, p *protocols.Protocol) {
	type stream struct {
		network protocols.Network
		data    []byte
	}
	var streams []stream
	records := 0
	conversations := Conversations(b)
	only := slices.ContainsFunc(conversations, func(c Conversation) bool { return ofRecords(p, c) })
	for _, c := range conversations {
		if !only || ofRecords(p, c) {
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

// ofRecords says whether a conversation is one of records.
func ofRecords(p *protocols.Protocol, c Conversation) bool {
	codec := p.Codec(c.Network)
	frames, reports, failed := 0, 0, 0
	eachFrame(codec, c, func(frame []byte) {
		m, err := codec.Decode(frame, Arrival)
		frames++
		if err != nil {
			failed++
		}
		if slices.ContainsFunc(m.Positions, func(p protocols.Position) bool { return p.Located }) {
			reports++
		}
	})
	return failed == 0 && reports > 0 && 2*reports >= frames
}
