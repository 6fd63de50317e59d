package store

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

const benchRows, benchDevices = 10_000, 1_000

// traffic is what a thousand trackers say in a batch: ten records each, ten seconds apart.
func traffic(devices []fleet.Device, from time.Time, round int) []fleet.Fix {
	fixes := make([]fleet.Fix, 0, benchRows)
	for i := range devices {
		d := devices[(i*389+round)%len(devices)]
		for k := range benchRows / len(devices) {
			n := round*10 + k
			fixes = append(fixes, sample(d.ID, from.Add(time.Duration(n)*10*time.Second), n))
		}
	}
	return fixes
}

// BenchmarkWrite stores such batches: states, position and all.
func BenchmarkWrite(b *testing.B) {
	s := open(b)
	_, devices := withDevices(b, s, benchDevices)
	from := noon().Add(-12 * time.Hour)
	batches := make([]*Batch, b.N)
	b.ReportAllocs()
	for i := range batches {
		if i%16 == 0 { // keep memory small
			b.StopTimer()
			for j := i; j < min(i+16, b.N); j++ {
				batches[j] = batchOf(b, s, 0, "bench", traffic(devices, from, j)...)
			}
			b.StartTimer()
		}
		batch := batches[i]
		batch.From, batch.To = uint64(i), uint64(i+1)
		for j := range batch.States {
			batch.States[j].Revision = int64(i)
		}
		mustWrite(b, s, batch)
		batches[i] = nil
	}
	report(b, s)
}

// BenchmarkCopyFrom is the same rows by pgx's own CopyFrom into a staging table and an INSERT from there.
func BenchmarkCopyFrom(b *testing.B) {
	s := open(b)
	_, devices := withDevices(b, s, benchDevices)
	from := noon().Add(-12 * time.Hour)
	mustWrite(b, s, batchOf(b, s, 0, "names", sample(devices[0].ID, from, 0)))
	conn, err := s.pool.Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(b.Context(), `CREATE TEMPORARY TABLE staging (LIKE drover.fixes) ON COMMIT DELETE ROWS`); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := range b.N {
		b.StopTimer()
		fixes := traffic(devices, from, i+1)
		b.StartTimer()
		if err := copyFrom(b.Context(), conn.Conn(), s.dictionary.now.Load(), fixes); err != nil {
			b.Fatal(err)
		}
	}
	report(b, s)
}

func copyFrom(ctx context.Context, conn *pgx.Conn, n *names, fixes []fleet.Fix) error {
	e := &encoder{names: n, missing: map[entry]struct{}{}}
	columns := []string{"time", "device_id", "received", "latitude", "longitude", "altitude", "speed", "course", "flags", "data"}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"pg_temp", "staging"}, columns, pgx.CopyFromSlice(len(fixes), func(i int) ([]any, error) {
			f := &fixes[i]
			r := rowOf(f)
			return []any{f.Time, r.device, r.received, r.latitude, r.longitude, r.altitude, r.speed, r.course, r.flags,
				e.position(nil, &r, &f.Position)}, nil
		}))
		if err == nil {
			_, err = tx.Exec(ctx, `INSERT INTO drover.fixes SELECT * FROM pg_temp.staging`)
		}
		return err
	})
}

// BenchmarkWriteLate stores such batches as if each might be stored already, though none is, among the partitions of
// 400 days.
func BenchmarkWriteLate(b *testing.B) {
	s := open(b)
	_, devices := withDevices(b, s, benchDevices)
	from := noon().Add(-12 * time.Hour)
	for day := range int64(400) {
		if err := s.ensurePartition(b.Context(), dayOf(from)-day); err != nil {
			b.Fatal(err)
		}
	}
	for i := range b.N {
		b.StopTimer()
		batch := batchOf(b, s, 0, "bench", traffic(devices, from, i)...)
		batch.Late, batch.Fixes = batch.Fixes, nil
		b.StartTimer()
		mustWrite(b, s, batch)
	}
	report(b, s)
}

// report says rows per second, and bytes per row, indexes included.
func report(b *testing.B, s *Store) {
	b.StopTimer()
	b.ReportMetric(float64(b.N*benchRows)/b.Elapsed().Seconds(), "rows/s")
	var total, indexes, rows float64
	err := s.pool.QueryRow(b.Context(), `SELECT sum(pg_total_relation_size(inhrelid)), sum(pg_indexes_size(inhrelid)),
		(SELECT count(*) FROM drover.fixes) FROM pg_inherits WHERE inhparent = 'drover.fixes'::regclass`).Scan(&total, &indexes, &rows)
	if err != nil {
		b.Fatal(err)
	}
	if rows >= 100_000 {
		b.ReportMetric(total/rows, "B/row")
		b.ReportMetric(indexes/rows, "index-B/row")
	}
}
