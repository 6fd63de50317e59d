package trackers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
)

// Verdict is what the database holds of a ledger's records.
type Verdict struct {
	Acknowledged int64 // different records in the ledger
	Once         int64 // of them in the database exactly once, with the same values
	Lost         int64 // not in it
	Doubled      int64 // in it more than once
	Example      string
}

// String is the verdict on a line.
func (v Verdict) String() string {
	text := fmt.Sprintf("ledger: %d acknowledged, %d stored once, %d lost, %d doubled",
		v.Acknowledged, v.Once, v.Lost, v.Doubled)
	if v.Example != "" {
		text += " (for example " + v.Example + ")"
	}
	return text
}

// Err is nil if there was something to verify and all of it is stored exactly once.
func (v Verdict) Err() error {
	switch {
	case v.Acknowledged == 0:
		return errors.New("the ledger is empty: nothing was acknowledged")
	case v.Once != v.Acknowledged:
		return fmt.Errorf("%d of %d acknowledged records are not stored exactly once", v.Acknowledged-v.Once, v.Acknowledged)
	}
	return nil
}

// A record is the same when its time is, and place (1e-5 degrees, a metre), speed (1 km/h) and course (1 degree) are,
// as near as the coarsest family says them; and it is a valid fix.
const (
	createLedger = `CREATE TEMP TABLE ledger (
		identity text, time_ms int8, latitude int4, longitude int4, speed int4, course int4)`

	countStored = `
		CREATE TEMP TABLE counted AS
		SELECT l.*, count(f.time) AS stored
		FROM (SELECT DISTINCT * FROM ledger) l
		JOIN drover.devices d USING (identity)
		LEFT JOIN drover.fixes f ON f.device_id = d.id
			AND f.time = timestamptz 'epoch' + l.time_ms * interval '1 millisecond'
			AND abs(f.latitude - l.latitude) <= 100 AND abs(f.longitude - l.longitude) <= 100
			AND abs(f.speed - l.speed) <= 10 AND least(abs(f.course - l.course), 3600 - abs(f.course - l.course)) <= 10
			AND f.flags & 3 = 3 AND f.time BETWEEN $1 AND $2
		GROUP BY 1, 2, 3, 4, 5, 6`

	judge = `SELECT (SELECT count(*) FROM (SELECT DISTINCT * FROM ledger) l),
		count(*) FILTER (WHERE stored = 1), count(*) FILTER (WHERE stored = 0), count(*) FILTER (WHERE stored > 1),
		coalesce(min(identity || ' at ' || time_ms || ' ms, stored ' || stored || ' times') FILTER (WHERE stored <> 1), '')
		FROM counted`
)

// Verify holds a ledger against the database. While records are missing it looks again, until wait is over.
func Verify(ctx context.Context, file, database string, wait time.Duration) (Verdict, error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return Verdict{}, fmt.Errorf("verify: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := loadLedger(ctx, conn, file); err != nil {
		return Verdict{}, fmt.Errorf("verify: %w", err)
	}
	for deadline := time.Now().Add(wait); ; {
		v, err := count(ctx, conn)
		if err != nil {
			return v, fmt.Errorf("verify: %w", err)
		}
		if v.Lost == 0 || time.Now().After(deadline) || !sleep(ctx, time.Second) {
			return v, nil
		}
	}
}

func loadLedger(ctx context.Context, conn *pgx.Conn, file string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	if _, err := conn.Exec(ctx, createLedger); err != nil {
		return fmt.Errorf("ledger table: %w", err)
	}
	if _, err := conn.PgConn().CopyFrom(ctx, io.Reader(in), "COPY ledger FROM STDIN"); err != nil {
		return fmt.Errorf("%s is not a ledger (%s): %w", file, ledgerColumns, err)
	}
	if _, err := conn.Exec(ctx, "ANALYZE ledger"); err != nil {
		return fmt.Errorf("ledger table: %w", err)
	}
	return nil
}

func count(ctx context.Context, conn *pgx.Conn) (v Verdict, err error) {
	var from, to *time.Time
	err = conn.QueryRow(ctx, `SELECT timestamptz 'epoch' + min(time_ms) * interval '1 millisecond',
		timestamptz 'epoch' + max(time_ms) * interval '1 millisecond' FROM ledger`).Scan(&from, &to)
	if err != nil || from == nil {
		return v, err
	}
	if _, err = conn.Exec(ctx, "DROP TABLE IF EXISTS counted"); err != nil {
		return v, err
	}
	if _, err = conn.Exec(ctx, countStored, pgx.QueryExecModeSimpleProtocol, *from, *to); err != nil {
		return v, err
	}
	err = conn.QueryRow(ctx, judge).Scan(&v.Acknowledged, &v.Once, &v.Lost, &v.Doubled, &v.Example)
	if unknown := v.Acknowledged - v.Once - v.Lost - v.Doubled; unknown > 0 {
		v.Lost += unknown
		v.Example = "a device that the database does not know"
	}
	return v, err
}
