package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/teltonika"
	"drover/simulators/trackers"
)

// latencyTrial measures a fix's way from the tracker to the map while others report.
type latencyTrial struct {
	Load     int           `help:"Fixes a second of the other trackers." default:"2000"`
	Probes   int           `help:"Trackers whose fixes are followed." default:"20"`
	Duration time.Duration `help:"How long." default:"40s"`
}

const (
	latencyFloor = 250 * time.Millisecond
	liveInterval = time.Second
)

// sent is when a probe wrote the fix with a longitude that is its own.
type sent struct {
	longitude int32
	at        time.Time
}

// Run prints the latency, less what the live line's interval makes of it: frames leave once a second, so that alone is
// a wait evenly spread from 0 to 1 s, of which the quantile q is q seconds.
func (t *latencyTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	load := trackers.Config{Count: t.Load, First: 1000, Protocols: []string{"teltonika"}, Server: "127.0.0.1",
		Ports: r.ports, Interval: time.Second, Ramp: 5 * time.Second, AckTimeout: time.Minute, Backlog: 100}
	probes := trackers.Config{Count: t.Probes, First: 1, Protocols: []string{"teltonika"}}
	if err := r.startServer(); err != nil {
		return err
	}
	url, err := r.address(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(r.register(ctx, load), r.register(ctx, probes)); err != nil {
		return err
	}
	password, err := r.user(ctx, "latency@example.org")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, t.Duration+10*time.Second)
	defer cancel()
	driven := make(chan error, 1)
	go func() {
		_, err := trackers.Run(ctx, load, func(trackers.Summary) {})
		driven <- err
	}()
	if err := pause(ctx, load.Ramp+2*time.Second); err != nil {
		return err
	}
	w, err := watch(ctx, url, "latency@example.org", password)
	if err != nil {
		return err
	}
	defer w.close()
	latencies, err := t.measure(ctx, r, w)
	cancel()
	if err := errors.Join(err, <-driven); err != nil {
		return err
	}
	return t.judge(out, latencies)
}

func (t *latencyTrial) judge(out io.Writer, latencies []time.Duration) error {
	if len(latencies) < t.Probes*5 {
		return fmt.Errorf("only %d fixes of the probes were seen", len(latencies))
	}
	slices.Sort(latencies)
	less := func(q float64) time.Duration {
		seen := latencies[int(q*float64(len(latencies)-1))]
		return max(0, seen-time.Duration(q*float64(liveInterval))).Round(time.Millisecond)
	}
	p99 := less(0.99)
	fmt.Fprintf(out, "%d fixes followed at %d fixes/s: p50 %s, p99 %s less the live line's interval (p99 at most %s)\n",
		len(latencies), t.Load, less(0.5), p99, latencyFloor)
	return floor(p99 <= latencyFloor, "p99 %s", p99)
}

// measure lets the probes report at random moments, and looks for their longitudes in the frames.
func (t *latencyTrial) measure(ctx context.Context, r *rig, w *watcher) ([]time.Duration, error) {
	reports := make(chan sent, 10_000)
	stop, cancel := context.WithTimeout(ctx, t.Duration)
	defer cancel()
	for i := range t.Probes {
		go probe(stop, portOf(r.ports, "teltonika"), 1+i, reports)
	}
	waiting := map[int32]time.Time{}
	var latencies []time.Duration
	for stop.Err() == nil {
		f, err := w.next(time.Now().Add(10 * time.Second))
		if err != nil {
			return latencies, err
		}
		for drained := false; !drained; {
			select {
			case s := <-reports:
				waiting[s.longitude] = s.at
			default:
				drained = true
			}
		}
		for _, v := range f.vehicles {
			if at, ok := waiting[v.longitude]; ok {
				latencies = append(latencies, f.at.Sub(at))
				delete(waiting, v.longitude)
			}
		}
	}
	return latencies, nil
}

// probe reports one fix every 1 to 3 s, each with a longitude of its own; an error ends it, and is missed by the count.
func probe(ctx context.Context, address string, number int, reports chan<- sent) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer conn.Close()
	context.AfterFunc(ctx, func() { conn.Close() })
	tracker := teltonika.Protocol().Speak(protocols.TCP, trackers.Identity(number))
	reply := make([]byte, 64)
	if _, err := conn.Write(tracker.Hello()); err != nil {
		return
	}
	if _, err := conn.Read(reply); err != nil {
		return
	}
	for n := 0; ctx.Err() == nil; n++ {
		longitude := math.Round(float64(number)*1e7+float64(n)*100) / 1e7
		p := protocols.Position{Time: time.Now().UTC(), Located: true, Valid: true, Latitude: 10, Longitude: longitude,
			Speed: protocols.Some(30.0), Course: protocols.Some(90.0), Satellites: protocols.Some(9)}
		data := tracker.Report([]protocols.Position{p})
		reports <- sent{int32(math.Round(longitude * 1e7)), time.Now()}
		if _, err := conn.Write(data); err != nil {
			return
		}
		if _, err := conn.Read(reply); err != nil {
			return
		}
		if pause(ctx, time.Second+rand.N(2*time.Second)) != nil {
			return
		}
	}
}

func portOf(ports, protocol string) string {
	for _, pair := range strings.Split(ports, ",") {
		if name, port, _ := strings.Cut(pair, "="); name == protocol {
			return "127.0.0.1:" + port
		}
	}
	return ""
}
