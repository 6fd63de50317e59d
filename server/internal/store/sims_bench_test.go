package store

import (
	"fmt"
	"testing"
	"time"

	"drover/server/internal/fleet"
)

// BenchmarkSightings is a server that has just started: each of 10,000 devices says its SIM again. Then a page of them
// is listed, and those that have an alarm after three weeks of use. All find by index: without one this takes minutes.
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
	_, err = s.pool.Exec(b.Context(), `INSERT INTO drover.sim_usage (sim_id, day, bytes_in, sms_in)
		SELECT id, date_trunc('month', now())::date + n, 1000, 1 FROM drover.sims, generate_series(0, 20) n`)
	if err != nil {
		b.Fatal(err)
	}
	_, err = s.pool.Exec(b.Context(), `UPDATE drover.sims SET budget_bytes = CASE WHEN id % 1000 = 0 THEN 100 ELSE 10000000 END`)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.pool.Exec(b.Context(), `ANALYZE`); err != nil { // as PostgreSQL does within a minute
		b.Fatal(err)
	}
	var saying, listing, warning time.Duration
	for n := 0; b.Loop(); n++ {
		start := time.Now()
		sayAll(noon().Add(time.Duration(n) * time.Second))
		said := time.Now()
		list, _, err := s.SIMs(b.Context(), of, SIMQuery{Page: Page{Limit: 100}})
		if err != nil || len(list) != 100 {
			b.Fatalf("%d SIMs: %v", len(list), err)
		}
		listed := time.Now()
		list, _, err = s.SIMs(b.Context(), of, SIMQuery{Page: Page{Limit: 100}, Alarms: true})
		if err != nil || len(list) != devices/1000 {
			b.Fatalf("%d SIMs with an alarm: %v", len(list), err)
		}
		saying, listing, warning = saying+said.Sub(start), listing+listed.Sub(said), warning+time.Since(listed)
	}
	b.ReportMetric(float64(saying.Nanoseconds())/float64(b.N*devices), "ns/sighting")
	b.ReportMetric(float64(listing.Milliseconds())/float64(b.N), "ms/page")
	b.ReportMetric(float64(warning.Milliseconds())/float64(b.N), "ms/alarms")
}
