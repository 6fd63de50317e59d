package live

import (
	"testing"
	"time"

	"drover/geo"
	"drover/server/internal/fleet"
)

// BenchmarkFrame encodes a snapshot of 10,000 vehicles.
func BenchmarkFrame(b *testing.B) {
	const n = 10_000
	board := newBoard(1)
	for i := range n {
		f := at(i%3600, 52, float64(i)/1e3, float64(i%120))
		board.update(fleet.VehicleID(i+1), &f, geo.Motion{})
	}
	now := noon.Add(time.Hour)
	var picked []int32
	var frame []byte
	b.ReportAllocs()
	for b.Loop() {
		picked = board.since(picked[:0], 0)
		frame = appendFrame(frame[:0], kindSnapshot, now, board.spots, picked)
	}
	b.ReportMetric(float64(len(frame)-headerSize)/n, "B/vehicle")
}

// BenchmarkUpdate shows a fix of one of 10,000 vehicles.
func BenchmarkUpdate(b *testing.B) {
	s := newStage(b, func(c *Config) { c.Interval = time.Second })
	fixes := s.crowd(10_000)(1)
	s.live.Update(fixes)
	b.ReportAllocs()
	for i := 0; b.Loop(); i = (i + 1) % len(fixes) {
		s.live.Update(fixes[i : i+1])
	}
}

// BenchmarkCut sends 10,000 changed vehicles to 100 readers, which take everything.
func BenchmarkCut(b *testing.B) {
	const readers = 100
	s := newStage(b, func(c *Config) { c.Interval = time.Hour })
	fixes := s.crowd(10_000)
	for range readers {
		v := s.view("one")
		go func() {
			for {
				if _, _, err := v.conn.ReadMessage(); err != nil {
					return
				}
			}
		}()
	}
	board := s.live.board(1)
	until(b, "all snapshots", func() bool { return s.metric("frames_total") == readers })
	sent, second := float64(readers), 0
	for b.Loop() {
		second++
		s.live.Update(fixes(second))
		busy, err := board.cut(s.registry.Now(), noon)
		if err != nil {
			b.Fatal(err)
		}
		sent += float64(readers - busy)
		until(b, "all frames", func() bool { return s.metric("frames_total") == sent })
	}
}
