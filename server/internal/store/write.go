package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Batch is what one transaction stores: what the steps made of a run of a journal's entries.
type Batch struct {
	Partition int
	Journal   string        // which journal, so that a new one starts anew
	From, To  uint64        // the position before and after
	Fixes     []fleet.Fix   // newer than all that their devices had stored
	Late      []fleet.Fix   // may be stored already
	States    []DeviceState // of all devices that have fixes here, each once
	Events    []fleet.Event
	Sightings []fleet.Sighting // what devices said of their SIMs; First is Last
}

// DeviceState is a device's state as it is stored.
type DeviceState struct {
	fleet.State
	Newest   time.Time // of all its stored fixes, whatever their flags; zero if it has none
	Revision int64     // as loaded, 0 if never stored; Write counts it up in the database, the caller in memory
}

// Write stores a batch, all or nothing, and says how many fixes were new. ErrMoved means that another writer moved the
// position or a device's state since they were loaded, or that this batch is stored already: load both anew and go on
// from there.
func (s *Store) Write(ctx context.Context, b *Batch) (stored int, err error) {
	w := s.newWriting(b)
	if err := w.encode(ctx); err != nil {
		w.release()
		return 0, err
	}
	for attempt := 0; ; attempt++ {
		if err := w.ensurePartitions(ctx); err != nil {
			return 0, err
		}
		stored, err = w.transact(ctx)
		if err == nil {
			w.release() // else pgx may still be reading them, for a connection that was cut (CopyFrom)
			return stored, nil
		}
		if !hasCode(err, codeCheck) || attempt > 0 {
			return 0, err
		}
		s.forgetPartitions() // one was dropped under our hands
	}
}

// maxSpare is the largest buffer that is kept for the next Write, in bytes.
const maxSpare = 4 << 20

// writing is one Write under way.
type writing struct {
	*Store
	batch       *Batch
	days        map[int64]struct{} // on which there are fixes
	lateDays    map[int64]struct{} // on which there are late ones
	fresh, late *rows
	states      stateRows
}

func (s *Store) newWriting(b *Batch) *writing {
	return &writing{Store: s, batch: b, days: map[int64]struct{}{}, lateDays: map[int64]struct{}{},
		fresh: s.spareRows(), late: s.spareRows()}
}

func (s *Store) spareRows() *rows {
	if r, ok := s.spare.Get().(*rows); ok {
		return r
	}
	return &rows{}
}

// release leaves the buffers to the next Write, unless they are oversized.
func (w *writing) release() {
	for _, r := range []*rows{w.fresh, w.late} {
		if cap(r.bytes) <= maxSpare {
			w.spare.Put(r)
		}
	}
}

// encode makes the bytes of everything, naming attributes that were never met before.
func (w *writing) encode(ctx context.Context) error {
	slices.SortFunc(w.batch.States, func(a, b DeviceState) int { return int(a.Device) - int(b.Device) }) // no deadlocks
	for {
		e := &encoder{names: w.dictionary.now.Load(), missing: map[entry]struct{}{}}
		w.fresh.encodeFixes(e, w.batch.Fixes, w.days)
		w.late.encodeFixes(e, w.batch.Late, w.lateDays)
		w.states.encode(e, w.batch.States)
		if len(e.missing) == 0 {
			return nil
		}
		if err := w.dictionary.learn(ctx, e.missing); err != nil {
			return err
		}
	}
}

func (w *writing) ensurePartitions(ctx context.Context) error {
	for _, days := range []map[int64]struct{}{w.days, w.lateDays} {
		for day := range days {
			if err := w.ensurePartition(ctx, day); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writing) transact(ctx context.Context) (stored int, err error) {
	now := time.Now()
	undrawn := w.tracks.due(w.batch, now)
	err = pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		if err := w.move(ctx, tx); err != nil {
			return err
		}
		if err := w.states.save(ctx, tx); err != nil {
			return err
		}
		n, err := copyRows(ctx, tx, w.fresh, "drover.fixes")
		if err != nil {
			return err
		}
		late, err := w.saveLate(ctx, tx)
		stored = n + late
		if err != nil {
			return err
		}
		if err := mark(ctx, tx, undrawn); err != nil {
			return err
		}
		alarms, err := saveSightings(ctx, tx, w.batch.Sightings)
		if err != nil {
			return err
		}
		return saveEvents(ctx, tx, slices.Concat(w.batch.Events, alarms))
	})
	if err != nil {
		return 0, fmt.Errorf("storing a batch: %w", err)
	}
	w.tracks.keep(undrawn, now)
	return stored, nil
}

// move claims the position: a second writer waits here for the first, and then finds the position moved.
func (w *writing) move(ctx context.Context, tx pgx.Tx) error {
	b := w.batch
	tag, err := tx.Exec(ctx, `UPDATE drover.journal_positions SET sequence = $4, changed = now()
		WHERE journal = $1 AND partition = $2 AND sequence = $3`, b.Journal, b.Partition, int64(b.From), int64(b.To))
	if err == nil && tag.RowsAffected() == 0 {
		return ErrMoved
	}
	return err
}

func copyRows(ctx context.Context, tx pgx.Tx, r *rows, table string) (int, error) {
	if r.count == 0 {
		return 0, nil
	}
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, bytes.NewReader(r.bytes), `COPY `+table+` FROM STDIN (FORMAT binary)`)
	return int(tag.RowsAffected()), err
}

// saveLate stores the late fixes that are not there yet, and those that came twice once. Each is looked for by the
// index, since a plan that hashes the stored rows would read days to find a few.
func (w *writing) saveLate(ctx context.Context, tx pgx.Tx) (int, error) {
	if w.late.count == 0 {
		return 0, nil
	}
	_, err := tx.Exec(ctx, `CREATE TEMPORARY TABLE IF NOT EXISTS late_fixes (LIKE drover.fixes) ON COMMIT DELETE ROWS;
		SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off`)
	if err != nil {
		return 0, err
	}
	if _, err := copyRows(ctx, tx, w.late, "pg_temp.late_fixes"); err != nil {
		return 0, err
	}
	stored := 0
	for day := range w.lateDays { // one by one, so that the plan has one partition rather than all
		tag, err := tx.Exec(ctx, `INSERT INTO drover.fixes SELECT DISTINCT ON (device_id, time,
				latitude, longitude, altitude, speed, course, flags & $1::int2, data) * FROM pg_temp.late_fixes l
			WHERE l.time >= $2 AND l.time < $3
			AND NOT EXISTS (SELECT FROM drover.fixes f WHERE f.time >= $2 AND f.time < $3
				AND f.device_id = l.device_id AND `+bin("f.time")+` = `+bin("l.time")+` AND f.time = l.time
				AND f.latitude = l.latitude AND f.longitude = l.longitude
				AND f.altitude = l.altitude AND f.speed = l.speed AND f.course = l.course
				AND f.flags & $1::int2 = l.flags & $1::int2 AND f.data = l.data)`, sameRecord, startOf(day), startOf(day+1))
		if err != nil {
			return stored, err
		}
		stored += int(tag.RowsAffected())
	}
	return stored, nil
}

// bin is the expression that the index fixes_device has of a time.
func bin(time string) string {
	return "date_bin('10 min', " + time + ", timestamptz '2000-01-01 00:00:00+00')"
}

// saveEvents stores the events that are not there yet: a record that was sent twice tells nothing twice.
func saveEvents(ctx context.Context, tx pgx.Tx, events []fleet.Event) error {
	if len(events) == 0 {
		return nil
	}
	var devices []int32
	var times []time.Time
	var kinds, texts []string
	for _, e := range events {
		devices, times = append(devices, int32(e.Device)), append(times, e.Time)
		kinds, texts = append(kinds, cleanText(e.Kind)), append(texts, cleanText(e.Text))
	}
	_, err := tx.Exec(ctx, `INSERT INTO drover.events (organization_id, device_id, time, kind, text)
		SELECT d.organization_id, e.device_id, e.time, e.kind, e.text
		FROM unnest($1::int4[], $2::timestamptz[], $3::text[], $4::text[]) WITH ORDINALITY
			AS e (device_id, time, kind, text, n)
		JOIN drover.devices d ON d.id = e.device_id
		WHERE NOT EXISTS (SELECT FROM drover.events k
			WHERE (k.device_id, k.time, k.kind, k.text) = (e.device_id, e.time, e.kind, e.text))
		ORDER BY e.n`, devices, times, kinds, texts)
	return err
}

// cleanText is s as PostgreSQL takes it.
func cleanText(s string) string {
	if isText(s) {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// Position is how far a partition of a journal has been stored: 0 for one that is new.
func (s *Store) Position(ctx context.Context, partition int, journal string) (uint64, error) {
	var sequence int64
	err := s.pool.QueryRow(ctx, `INSERT INTO drover.journal_positions AS p (journal, partition, sequence)
		VALUES ($1, $2, 0) ON CONFLICT (journal, partition) DO UPDATE SET sequence = p.sequence
		RETURNING sequence`, journal, partition).Scan(&sequence)
	if err != nil {
		return 0, fmt.Errorf("the position of partition %d: %w", partition, err)
	}
	return uint64(sequence), nil
}
