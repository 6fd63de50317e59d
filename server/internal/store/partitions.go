package store

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// ahead is for how many days to come there are partitions.
const ahead = 3

// partitions remembers which days have one. Days count from 1970-01-01 UTC.
type partitions struct {
	mu    sync.Mutex
	known map[int64]struct{}
}

func dayOf(t time.Time) int64 {
	seconds := t.Unix()
	day := seconds / 86400
	if seconds%86400 < 0 {
		day--
	}
	return day
}

func startOf(day int64) time.Time { return time.Unix(day*86400, 0).UTC() }

func partitionName(day int64) string { return "fixes_" + startOf(day).Format("20060102") }

// makeAhead makes the partitions of today and the next days.
func (s *Store) makeAhead(ctx context.Context, now time.Time) error {
	today := dayOf(now)
	for day := today - 1; day <= today+ahead; day++ {
		if err := s.ensurePartition(ctx, day); err != nil {
			return err
		}
	}
	return nil
}

// ensurePartition makes a day's partition unless it is there. Attaching a table stops no reader or writer, as creating
// it in place would.
func (s *Store) ensurePartition(ctx context.Context, day int64) error {
	s.partitions.mu.Lock()
	defer s.partitions.mu.Unlock()
	if _, known := s.partitions.known[day]; known {
		return nil
	}
	name := partitionName(day)
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var there bool
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('drover.fixes'))`); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, "drover."+name).Scan(&there)
		if err != nil || there {
			return err
		}
		from, to := startOf(day).Format(time.RFC3339), startOf(day+1).Format(time.RFC3339)
		_, err = tx.Exec(ctx, fmt.Sprintf(`
			CREATE TABLE drover.%[1]s (LIKE drover.fixes INCLUDING DEFAULTS INCLUDING STORAGE);
			ALTER TABLE drover.fixes ATTACH PARTITION drover.%[1]s FOR VALUES FROM ('%[2]s') TO ('%[3]s')`, name, from, to))
		return err
	})
	if err != nil {
		return fmt.Errorf("making the partition of %s: %w", startOf(day).Format(time.DateOnly), err)
	}
	s.partitions.known[day] = struct{}{}
	return nil
}

// forgetPartitions makes the next write look for its partitions anew.
func (s *Store) forgetPartitions() {
	s.partitions.mu.Lock()
	defer s.partitions.mu.Unlock()
	clear(s.partitions.known)
}

// days gives the days that have a partition, in order.
func (s *Store) days(ctx context.Context) ([]int64, error) {
	rows, err := s.pool.Query(ctx, `SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'drover.fixes'::regclass`)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	var days []int64
	for _, name := range found {
		if t, err := time.Parse("fixes_20060102", name); err == nil {
			days = append(days, dayOf(t))
		}
	}
	slices.Sort(days)
	return days, nil
}

// dropOld drops the partitions that are older than the retention. It waits two seconds at most for readers and writers,
// since all others wait behind it; what it cannot drop now is for the next time.
func (s *Store) dropOld(ctx context.Context, now time.Time) (dropped int, err error) {
	days, err := s.days(ctx)
	if err != nil {
		return 0, err
	}
	oldest := dayOf(now.Add(-s.retention))
	for _, day := range days {
		if day >= oldest {
			break
		}
		err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, `SET LOCAL lock_timeout = '2s'; DROP TABLE drover.`+partitionName(day))
			return err
		})
		if err != nil {
			return dropped, fmt.Errorf("dropping the partition of %s: %w", startOf(day).Format(time.DateOnly), err)
		}
		dropped++
	}
	if dropped > 0 {
		s.forgetPartitions()
	}
	return dropped, nil
}
