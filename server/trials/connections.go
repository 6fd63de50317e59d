package main

import (
	"context"
	"fmt"
	"io"
	"syscall"
	"time"

	"drover/simulators/trackers"
)

// connectionsTrial holds logged-in trackers that say nothing.
type connectionsTrial struct {
	Count int `short:"n" help:"Trackers; fewer where the system does not allow as many open files." default:"20000"`
}

const (
	connectionsFloor = 12.0 // kB a connection
	filesAside       = 200  // open files that are not trackers
)

// Run prints the memory that each connection costs the server.
func (t *connectionsTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	n := t.Count
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return err
	}
	if most := int(files.Max) - filesAside; n > most {
		fmt.Fprintf(out, "the system allows a process %d open files: %d trackers in place of %d\n", files.Max, most, n)
		n = most
	}
	// One record each at the start, then silence for an hour.
	c := trackers.Config{Count: n, First: 1, Protocols: []string{"teltonika"}, Server: "127.0.0.1", Ports: r.ports,
		Interval: time.Hour, Ramp: 20 * time.Second, AckTimeout: time.Minute, Backlog: 10}
	if err := r.startServerWith(ctx, c); err != nil {
		return err
	}
	before, err := r.settledMemory(ctx)
	if err != nil {
		return err
	}
	holding, release := context.WithCancel(ctx)
	defer release()
	full := make(chan struct{})
	done := make(chan error, 1)
	go func() {
		_, err := trackers.Run(holding, c, func(s trackers.Summary) {
			if s.Lines == int64(n) && s.Acknowledged >= int64(n) && full != nil {
				close(full)
				full = nil
			}
		})
		done <- err
	}()
	opened := full
	select {
	case <-opened:
	case err := <-done:
		return fmt.Errorf("the trackers ended early: %w", err)
	case <-time.After(3 * time.Minute):
		return fmt.Errorf("not all %d trackers were acknowledged within 3 minutes", n)
	}
	after, err := r.settledMemory(ctx)
	if err != nil {
		return err
	}
	each := float64(after-before) / float64(n)
	fmt.Fprintf(out, "%d logged-in idle trackers: %.1f kB of server memory each (at most %.0f; %d kB before, "+
		"%d kB with them)\n", n, each, connectionsFloor, before, after)
	return floor(each <= connectionsFloor, "%.1f kB a connection", each)
}

// settledMemory is the server's resident memory once it has not changed for a while.
func (r *rig) settledMemory(ctx context.Context) (int, error) {
	last, same := 0, 0
	for same < 5 {
		now, err := r.memory("VmRSS")
		if err != nil {
			return 0, err
		}
		if same++; now > last+500 || now < last-500 {
			last, same = now, 0
		}
		if err := pause(ctx, time.Second); err != nil {
			return 0, err
		}
	}
	return last, nil
}
