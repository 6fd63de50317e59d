package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/simulators/trackers"
)

// ingestTrial lets trackers report as fast as they are acknowledged.
type ingestTrial struct {
	Count    int           `short:"n" help:"Trackers." default:"2000"`
	Batch    int           `help:"Records a report." default:"10"`
	Duration time.Duration `help:"How long." default:"30s"`
	Pprof    string        `help:"Address on which the server shows its profiles meanwhile; none if empty."`
}

const (
	ingestRatio  = 0.35    // of plain COPY
	ingestMemory = 400_000 // kB of the server
	copyBatch    = 10_000  // rows of a transaction of the plain COPY
	copyDuration = 10 * time.Second
)

// Run prints records stored and acknowledged a second, and their ratio to plain COPY.
func (t *ingestTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	c := trackers.Config{Count: t.Count, First: 1, Protocols: []string{"teltonika"}, Server: "127.0.0.1", Ports: r.ports,
		Batch: t.Batch, Duration: t.Duration, StartAgo: 12 * time.Hour, AckTimeout: time.Minute, Backlog: 100}
	if err := r.startServer("--pprof", t.Pprof); err != nil {
		return err
	}
	if _, err := r.address(ctx); err != nil {
		return err
	}
	if err := r.register(ctx, c); err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, r.cluster.URL())
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	acknowledged, err := trackers.Run(ctx, c, func(trackers.Summary) {})
	if err != nil {
		return err
	}
	stored, err := countFixes(ctx, conn)
	if err != nil {
		return err
	}
	memory, err := r.memory("VmHWM")
	if err != nil {
		return err
	}
	fmt.Fprintln(out, acknowledged)
	if err := awaitStored(ctx, conn, acknowledged.Acknowledged); err != nil {
		return err
	}
	r.stopServer(os.Interrupt)
	plain, err := plainCopy(ctx, conn)
	if err != nil {
		return err
	}
	return t.judge(out, acknowledged, stored, plain, memory)
}

func (t *ingestTrial) judge(out io.Writer, a trackers.Summary, stored, plain float64, memory int) error {
	storedRate := stored / a.Elapsed.Seconds()
	rate := min(storedRate, a.PerSecond)
	fmt.Fprintf(out, "plain COPY through the staging table: %.0f rows/s; the server's memory at most %d MB\n",
		plain, memory/1000)
	fmt.Fprintf(out, "%d trackers: %.0f records stored/s, %.0f acknowledged/s, ratio to plain COPY %.2f (at least %.2f)\n",
		t.Count, storedRate, a.PerSecond, rate/plain, ingestRatio)
	if err := floor(memory <= ingestMemory, "%d kB of memory", memory); err != nil {
		return err
	}
	return floor(rate/plain >= ingestRatio, "ratio %.2f", rate/plain)
}

func countFixes(ctx context.Context, conn *pgx.Conn) (n float64, err error) {
	err = conn.QueryRow(ctx, "SELECT count(*)::float8 FROM drover.fixes").Scan(&n)
	return n, err
}

// awaitStored waits until all that was acknowledged is stored: the trial is void if any is lost.
func awaitStored(ctx context.Context, conn *pgx.Conn, acknowledged int64) error {
	for deadline := time.Now().Add(2 * time.Minute); ; {
		n, err := countFixes(ctx, conn)
		if err != nil || n >= float64(acknowledged) {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%d records were acknowledged, %.0f are stored", acknowledged, n)
		}
		if err := pause(ctx, 500*time.Millisecond); err != nil {
			return err
		}
	}
}

// plainCopy gives rows a second of pgx's COPY of the same rows through a staging table into the same table, emptied
// before.
func plainCopy(ctx context.Context, conn *pgx.Conn) (float64, error) {
	rows, err := sample(ctx, conn)
	if err != nil {
		return 0, err
	}
	for _, statement := range []string{
		"TRUNCATE drover.fixes", "CHECKPOINT", "CREATE TEMP TABLE plain_staging (LIKE drover.fixes) ON COMMIT DELETE ROWS",
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return 0, fmt.Errorf("plain COPY: %w", err)
		}
	}
	start, n := time.Now(), 0
	for ; time.Since(start) < copyDuration; n += len(rows) {
		if err := copyOnce(ctx, conn, rows); err != nil {
			return 0, fmt.Errorf("plain COPY: %w", err)
		}
	}
	return float64(n) / time.Since(start).Seconds(), nil
}

var fixColumns = []string{
	"time", "device_id", "received", "latitude", "longitude", "altitude", "speed", "course", "flags", "data",
}

func sample(ctx context.Context, conn *pgx.Conn) ([][]any, error) {
	found, err := conn.Query(ctx, `SELECT `+strings.Join(fixColumns, ", ")+` FROM drover.fixes LIMIT $1`, copyBatch)
	if err != nil {
		return nil, fmt.Errorf("plain COPY: %w", err)
	}
	return pgx.CollectRows(found, func(row pgx.CollectableRow) ([]any, error) { return row.Values() })
}

func copyOnce(ctx context.Context, conn *pgx.Conn, rows [][]any) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{"plain_staging"}, fixColumns, pgx.CopyFromRows(rows)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO drover.fixes SELECT * FROM plain_staging")
		return err
	})
}
