package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"drover/simulators/trackers"
)

// chaosTrial kills the server and stops PostgreSQL under load, and then holds the ledger against the database.
type chaosTrial struct {
	Count   int           `short:"n" help:"Trackers of all protocols." default:"1000"`
	Kills   int           `help:"Times that the server gets SIGKILL." default:"10"`
	Outages int           `help:"Times that PostgreSQL is stopped." default:"2"`
	Outage  time.Duration `help:"For how long." default:"20s"`
	Gap     time.Duration `help:"Mean time between two kills." default:"10s"`
}

// Run prints the verdict on the ledger last.
func (t *chaosTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	c := trackers.Config{Count: t.Count, First: 1, Server: "127.0.0.1", Ports: r.ports, Interval: time.Second,
		Ramp: 5 * time.Second, AckTimeout: 20 * time.Second, Backlog: 5000, Cut: 0.002, Malformed: 0.002,
		OutageEvery: 3 * time.Minute, Outage: 10 * time.Second}
	if err := r.startServerWith(ctx, c); err != nil {
		return err
	}
	password, err := r.user(ctx, "chaos@example.org")
	if err != nil {
		return err
	}
	ledger := filepath.Join(r.dir, "ledger")
	file, err := os.Create(ledger)
	if err != nil {
		return err
	}
	defer file.Close()
	c.Ledger = file
	driving, park := context.WithCancel(ctx)
	defer park()
	driven := make(chan error, 1)
	go func() {
		summary, err := trackers.Run(driving, c, func(trackers.Summary) {})
		fmt.Fprintln(out, summary)
		driven <- err
	}()
	frames, err := t.trouble(ctx, out, r, password)
	park()
	if err := errors.Join(err, <-driven); err != nil {
		return err
	}
	verdict, err := trackers.Verify(ctx, ledger, r.cluster.URL(), 2*time.Minute)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d kills, %d outages of PostgreSQL, %d live frames with changes while it was away; %s\n",
		t.Kills, t.Outages, frames, verdict)
	if frames == 0 && t.Outages > 0 {
		return floor(false, "the live line delivered nothing while PostgreSQL was away")
	}
	return verdict.Err()
}

// trouble spreads the outages among the kills. The last kill falls into the last outage: the server then starts while
// the database is away.
func (t *chaosTrial) trouble(ctx context.Context, out io.Writer, r *rig, password string) (frames int, err error) {
	every := max(1, t.Kills/max(1, t.Outages))
	outages := 0
	for kill := 1; kill <= t.Kills; kill++ {
		if err := pause(ctx, t.Gap/2+rand.N(t.Gap)); err != nil {
			return frames, err
		}
		last := kill == t.Kills
		if kill%every == 0 && outages < t.Outages {
			outages++
			n, err := t.outage(ctx, out, r, password, last)
			frames += n
			if err != nil || last {
				return frames, errors.Join(err, pause(ctx, t.Gap))
			}
		}
		if err := t.kill(ctx, out, r); err != nil {
			return frames, err
		}
	}
	return frames, pause(ctx, t.Gap)
}

func (t *chaosTrial) kill(ctx context.Context, out io.Writer, r *rig) error {
	r.stopServer(os.Kill)
	if err := r.startServer(); err != nil {
		return err
	}
	start := time.Now()
	_, err := r.address(ctx)
	fmt.Fprintf(out, "killed; ready again after %s\n", time.Since(start).Round(time.Millisecond))
	return err
}

// outage stops PostgreSQL and counts the frames that show changes meanwhile.
func (t *chaosTrial) outage(
	ctx context.Context, out io.Writer, r *rig, password string, kill bool,
) (frames int, err error) {
	url, err := r.address(ctx)
	if err != nil {
		return 0, err
	}
	w, err := watch(ctx, url, "chaos@example.org", password)
	if err != nil {
		return 0, err
	}
	defer w.close()
	if err := r.stopPostgres(); err != nil {
		return 0, err
	}
	stopped := time.Now()
	watched := t.Outage
	if kill {
		watched = t.Outage * 2 / 3
	}
	for time.Since(stopped) < watched {
		f, err := w.next(stopped.Add(watched + 5*time.Second))
		if err != nil {
			return frames, fmt.Errorf("while PostgreSQL is away: %w", err)
		}
		if len(f.vehicles) > 0 {
			frames++
		}
	}
	if kill {
		r.stopServer(os.Kill)
		if err := r.startServer(); err != nil {
			return frames, err
		}
		if err := pause(ctx, t.Outage-watched); err != nil {
			return frames, err
		}
	}
	if err := r.startPostgres(ctx); err != nil {
		return frames, err
	}
	_, err = r.address(ctx)
	away := time.Since(stopped).Round(time.Second)
	fmt.Fprintf(out, "PostgreSQL was away for %s: %d live frames with changes meanwhile\n", away, frames)
	return frames, err
}
