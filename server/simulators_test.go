package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"

	"drover/server/internal/fleet"
	"drover/server/internal/postgres/postgrestest"
	"drover/server/internal/store"
	"drover/simulators/trackers"
)

// kept is a database with one device, whose fixes the test stores itself, and a ledger.
type kept struct {
	t      *testing.T
	url    string
	conn   *pgx.Conn
	device int32
	ledger string
	noon   time.Time // of yesterday
}

const keptDevice = "359990000000018"

func newKept(t *testing.T) *kept {
	t.Helper()
	k := &kept{t: t, url: postgrestest.New(t), ledger: filepath.Join(t.TempDir(), "ledger"),
		noon: time.Now().UTC().Truncate(24 * time.Hour).Add(-12 * time.Hour)}
	db, err := store.Open(t.Context(), k.url, store.Options{Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	org, err := db.CreateOrganization(t.Context(), "Org")
	if err != nil {
		t.Fatal(err)
	}
	device, err := db.CreateDevice(t.Context(), fleet.Scope{Organization: org.ID}, store.NewDevice{Identity: keptDevice, Name: "Van"})
	if err != nil {
		t.Fatal(err)
	}
	k.device = int32(device.ID)
	if k.conn, err = pgx.Connect(t.Context(), k.url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.conn.Close(context.Background()) })
	return k
}

// at is the n-th moment in ms since 1970, a second after the one before.
func (k *kept) at(n int) int64 { return k.noon.UnixMilli() + int64(n)*1000 }

// store stores the n-th fix with that speed in 0.1 km/h.
func (k *kept) store(n, speed, flags int) {
	k.t.Helper()
	_, err := k.conn.Exec(k.t.Context(), `INSERT INTO drover.fixes
		(time, device_id, received, latitude, longitude, altitude, speed, course, flags, data)
		VALUES ($1, $2, 1500, 546872000, -33, -32768, $3, 900, $4, '')`,
		time.UnixMilli(k.at(n)), k.device, speed, flags)
	if err != nil {
		k.t.Fatal(err)
	}
}

// acknowledge makes the ledger of the n-th records, each with a speed of 50 km/h.
func (k *kept) acknowledge(identity string, records ...int) {
	k.t.Helper()
	var lines strings.Builder
	for _, n := range records {
		fmt.Fprintf(&lines, "%s\t%d\t546872000\t-33\t500\t900\n", identity, k.at(n))
	}
	if err := os.WriteFile(k.ledger, []byte(lines.String()), 0o600); err != nil {
		k.t.Fatal(err)
	}
}

func (k *kept) verify(wait time.Duration) trackers.Verdict {
	k.t.Helper()
	v, err := trackers.Verify(k.t.Context(), k.ledger, k.url, wait)
	if err != nil {
		k.t.Fatal(err)
	}
	return v
}

// TestVerify: a record that was acknowledged is stored once, or it is lost or doubled, whatever else is stored.
func TestVerify(t *testing.T) {
	const fix = 3 // located and valid
	k := newKept(t)
	for n := range 6 {
		k.store(n, 500, fix)
	}
	k.store(6, 520, fix) // another speed
	k.store(7, 500, 1)   // not valid
	k.store(8, 500, fix)
	k.store(8, 500, fix) // twice
	k.store(9, 500, fix)
	k.store(9, 500, fix|4) // twice, if with another flag
	k.store(20, 500, fix)  // not acknowledged: the answer was lost
	for name, c := range map[string]struct {
		identity string
		records  []int
		want     trackers.Verdict // but for its example
		example  string
		err      string
	}{
		"once":           {keptDevice, []int{0, 1, 2, 3, 4, 5}, trackers.Verdict{Acknowledged: 6, Once: 6}, "", ""},
		"said again":     {keptDevice, []int{0, 1, 1, 0}, trackers.Verdict{Acknowledged: 2, Once: 2}, "", ""},
		"another value":  {keptDevice, []int{5, 6}, trackers.Verdict{Acknowledged: 2, Once: 1, Lost: 1}, "stored 0 times", "1 of 2"},
		"not valid":      {keptDevice, []int{5, 7}, trackers.Verdict{Acknowledged: 2, Once: 1, Lost: 1}, "stored 0 times", "1 of 2"},
		"doubled":        {keptDevice, []int{0, 8, 9}, trackers.Verdict{Acknowledged: 3, Once: 1, Doubled: 2}, "stored 2 times", "2 of 3"},
		"lost":           {keptDevice, []int{0, 10, 11}, trackers.Verdict{Acknowledged: 3, Once: 1, Lost: 2}, "at ", "2 of 3"},
		"unknown device": {"359990000000026", []int{0, 1}, trackers.Verdict{Acknowledged: 2, Lost: 2}, "does not know", "2 of 2"},
		"nothing":        {keptDevice, nil, trackers.Verdict{}, "", "the ledger is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			k.acknowledge(c.identity, c.records...)
			got := k.verify(0)
			example := got.Example
			if got.Example = ""; got != c.want || !strings.Contains(example, c.example) || (c.example == "") != (example == "") {
				t.Errorf("the verdict is %+v (%s)", got, example)
			}
			switch err := got.Err(); {
			case c.err == "" && err != nil:
				t.Error(err)
			case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
				t.Errorf("the error is %v, want %q", err, c.err)
			}
		})
	}
}

// TestVerifyWaits: records that are on their way to the database are waited for.
func TestVerifyWaits(t *testing.T) {
	k := newKept(t)
	k.acknowledge(keptDevice, 0)
	verdict := make(chan trackers.Verdict)
	go func() {
		v, err := trackers.Verify(context.WithoutCancel(t.Context()), k.ledger, k.url, time.Minute)
		if err != nil {
			t.Error(err)
		}
		verdict <- v
	}()
	eventually(t, "a first look", func() bool {
		var looks int
		err := k.conn.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%FROM counted%'`).Scan(&looks)
		return err == nil && looks == 1
	})
	k.store(0, 500, 3)
	if v := <-verdict; v.Once != 1 || v.Err() != nil {
		t.Error(v)
	}
}

func TestVerifyRefuses(t *testing.T) {
	k := newKept(t)
	if _, err := trackers.Verify(t.Context(), k.ledger, k.url, 0); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("without a ledger the error is %v", err)
	}
	if err := os.WriteFile(k.ledger, []byte("359990000000018\tyesterday\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := trackers.Verify(t.Context(), k.ledger, k.url, 0)
	if err == nil || !strings.Contains(err.Error(), "is not a ledger (identity, time_ms, latitude") {
		t.Errorf("with another file the error is %v", err)
	}
	if _, err := trackers.Verify(t.Context(), k.ledger, "postgres://127.0.0.1:1/none", 0); err == nil {
		t.Error("without a database there is no error")
	}
}

// TestVerdict pins what the command prints.
func TestVerdict(t *testing.T) {
	v := trackers.Verdict{Acknowledged: 3, Once: 1, Lost: 2}
	if got := v.String(); got != "ledger: 3 acknowledged, 1 stored once, 2 lost, 0 doubled" {
		t.Error(got)
	}
	v.Example = "359990000000018 at 5 ms, stored 0 times"
	if got := v.String(); !strings.HasSuffix(got, "0 doubled (for example 359990000000018 at 5 ms, stored 0 times)") {
		t.Error(got)
	}
}
