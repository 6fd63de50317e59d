package journal

import (
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// BenchmarkAppend is 1,000 trackers that append 10 positions at a time and wait, as the gateway lets them.
func BenchmarkAppend(b *testing.B) {
	j, err := Open(b.Context(), Config{Dir: b.TempDir(), Log: zerolog.Nop()})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	const trackers = 1000
	records := make([]fleet.Record, trackers)
	for i := range records {
		records[i] = record(i+1, 0)
		one := records[i].Positions[0]
		one.Time = one.Time.Add(time.Duration(i) * time.Hour)
		one.Latitude += float64(i) / 100
		records[i].Positions = nil
		for n := range 10 {
			one.Time = one.Time.Add(time.Second)
			one.Longitude += 0.0012345
			one.Odometer = protocols.Some(float64(i*1000000 + n*1234))
			records[i].Positions = append(records[i].Positions, one)
		}
	}
	for b.Loop() {
		var all sync.WaitGroup
		for i := range records {
			all.Go(func() {
				if err := j.Append(b.Context(), records[i]); err != nil {
					b.Error(err)
				}
			})
		}
		all.Wait()
	}
	b.ReportMetric(float64(b.N*trackers*10)/b.Elapsed().Seconds(), "positions/s")
}
