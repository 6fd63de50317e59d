package store

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

const (
	markLife   = 5 * time.Minute  // how long a mark counts for what is stored after it
	markSettle = 10 * time.Minute // when what a mark stood for is surely committed
	maxMarks   = 200_000          // remembered; above, those that count no more are forgotten
)

// trackMarks remembers which hours of which devices have been marked as not drawn, so that most batches mark none.
type trackMarks struct {
	mu   sync.Mutex
	made map[trackHour]time.Time
}

type trackHour struct {
	device int32
	hour   int64 // since 1970
}

// due gives the hours of a batch that must be marked now.
func (m *trackMarks) due(b *Batch, now time.Time) (due []trackHour) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var last trackHour
	added := map[trackHour]struct{}{}
	for _, fixes := range [][]fleet.Fix{b.Fixes, b.Late} {
		for i := range fixes {
			f := &fixes[i]
			key := trackHour{int32(f.Device), floorDiv(f.Time.Unix(), 3600)}
			if key == last || !f.Located || !f.Valid {
				continue
			}
			last = key
			if _, twice := added[key]; !twice && now.Sub(m.made[key]) >= markLife {
				added[key] = struct{}{}
				due = append(due, key)
			}
		}
	}
	return due
}

// keep notes that these were marked, which was not before at.
func (m *trackMarks) keep(due []trackHour, at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.made)+len(due) > maxMarks {
		for key, made := range m.made {
			if at.Sub(made) >= markLife {
				delete(m.made, key)
			}
		}
	}
	if len(m.made)+len(due) > maxMarks {
		clear(m.made) // they are marked again
	}
	for _, key := range due {
		m.made[key] = at
	}
}

func floorDiv(n, by int64) int64 {
	q := n / by
	if n%by < 0 {
		q--
	}
	return q
}

// mark says in the transaction that the lines of these hours lack fixes.
func mark(ctx context.Context, tx pgx.Tx, due []trackHour) error {
	if len(due) == 0 {
		return nil
	}
	devices, hours := make([]int32, len(due)), make([]time.Time, len(due))
	for i, key := range due {
		devices[i], hours[i] = key.device, time.Unix(key.hour*3600, 0)
	}
	_, err := tx.Exec(ctx, `INSERT INTO drover.track_marks AS m (day, device_id, hour, marked)
		SELECT date_trunc('day', hour, 'UTC'), device_id, hour, clock_timestamp()
		FROM unnest($1::int4[], $2::timestamptz[]) AS d (device_id, hour) ORDER BY 1, 2, 3
		ON CONFLICT (day, device_id, hour) DO UPDATE SET marked = excluded.marked`, devices, hours)
	return err
}
