package store

import (
	"fmt"
	"testing"
	"time"

	"drover/server/internal/fleet"
)

// BenchmarkSightings is a server that has just started: each of 10,000 devices says its SIM again. Then a page of them
// is listed. Both find by index: without one this takes minutes.
func BenchmarkSightings(b *testing.B) {
	const devices, each = 10_000, 500
	s := open(b)
	of, d := withDevices(b, s, 1)
	_, err := s.pool.Exec(b.Context(), `INSERT INTO drover.devices (organization_id, identity)
		SELECT $1, 'x' || n FROM generate_series(1, $2) n`, of.Organization, devices)
	if err != nil {
		b.Fatal(err)
	}
	sayAll := func(at time.Time) {
		for k := 0; k < devices; k += each {
			batch := batchOf(b, s, 0, "sims")
			for n := k; n < k+each; n++ {
				batch.Sightings = append(batch.Sightings, fleet.Sighting{Device: d[0].ID + 1 + fleet.DeviceID(n),
					ICCID: fmt.Sprintf("8933%015d", n), IMSI: fmt.Sprintf("20801%010d", n), First: at, Last: at})
			}
			mustWrite(b, s, batch)
		}
	}
	sayAll(noon())
	if _, err := s.pool.Exec(b.Context(), `ANALYZE`); err != nil { // as PostgreSQL does within a minute
		b.Fatal(err)
	}
	var saying, listing time.Duration
	for n := 0; b.Loop(); n++ {
		start := time.Now()
		sayAll(noon().Add(time.Duration(n) * time.Second))
		said := time.Now()
		list, _, err := s.SIMs(b.Context(), of, Page{Limit: 100})
		if err != nil || len(list) != 100 {
			b.Fatalf("%d SIMs: %v", len(list), err)
		}
		saying, listing = saying+said.Sub(start), listing+time.Since(said)
	}
	b.ReportMetric(float64(saying.Nanoseconds())/float64(b.N*devices), "ns/sighting")
	b.ReportMetric(float64(listing.Milliseconds())/float64(b.N), "ms/page")
}
