package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/sync/errgroup"
)

// liveTrial measures what readers of the live line cost, and whether one that takes nothing holds up the others.
type liveTrial struct {
	Readers  int           `help:"Browsers' worth of readers." default:"1000"`
	Vehicles int           `help:"Vehicles that report at 1 Hz." default:"10000"`
	Duration time.Duration `help:"How long each of two rounds takes." default:"20s"`
}

const (
	bytesFloor = 17.0 // of a vehicle's update, without the header of a frame, which is 16 bytes
	stallFloor = 1.5  // how much later frames may come with a stalled reader: median of the readers, as a ratio
	clockTicks = 100  // of /proc/PID/stat a second, on every Linux of today (USER_HZ)
)

// round is what readers saw in one round.
type round struct {
	frames, missed int
	bytes, updates int64
	late           []time.Duration // from the server's time in a frame to its last byte here
	cpu            time.Duration   // that the server used
	took           time.Duration
}

// Run prints the cost of a reader and the bytes of an update.
func (t *liveTrial) Run(ctx context.Context, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	feed, url, err := t.startFeed(ctx)
	if err != nil {
		return err
	}
	defer func() {
		_ = feed.Process.Signal(syscall.SIGTERM)
		_ = feed.Wait()
	}()
	alone, err := t.run(ctx, feed.Process.Pid, url, 0)
	if err != nil {
		return err
	}
	quiet, err := t.run(ctx, feed.Process.Pid, url, t.Readers)
	if err != nil {
		return err
	}
	stop, err := stall(ctx, url)
	if err != nil {
		return err
	}
	defer stop()
	stalled, err := t.run(ctx, feed.Process.Pid, url, t.Readers)
	if err != nil {
		return err
	}
	return t.judge(out, alone, quiet, stalled)
}

func (t *liveTrial) judge(out io.Writer, alone, quiet, stalled *round) error {
	idle := float64(alone.cpu) / float64(alone.took)
	each := (float64(quiet.cpu)/float64(quiet.took) - idle) / float64(t.Readers)
	a, b := quantile(quiet.late, 0.5), quantile(stalled.late, 0.5)
	perUpdate := float64(quiet.bytes-16*int64(quiet.frames)) / float64(quiet.updates)
	fmt.Fprintf(out, "the feed alone uses %.1f %% of a core; %d frames reached %d readers, %d missed\n",
		100*idle, quiet.frames, t.Readers, quiet.missed)
	fmt.Fprintf(out, "from the server's time in a frame to its last byte: p50 %s, p99 %s; "+
		"with a stalled reader %s, %s, %d missed\n",
		a.Round(time.Millisecond), quantile(quiet.late, 0.99).Round(time.Millisecond), b.Round(time.Millisecond),
		quantile(stalled.late, 0.99).Round(time.Millisecond), stalled.missed)
	fmt.Fprintf(out, "%d readers of %d vehicles at 1 Hz: %.0f µs of server CPU a reader and second, "+
		"%.2f bytes a vehicle's update (%.4f with frames' headers)\n", t.Readers, t.Vehicles, 1e6*each,
		perUpdate, float64(quiet.bytes)/float64(quiet.updates))
	return errors.Join(
		floor(perUpdate <= bytesFloor, "%.2f bytes an update", perUpdate),
		floor(quiet.missed == 0 && stalled.missed == 0, "%d and %d frames missed", quiet.missed, stalled.missed),
		floor(float64(b) <= stallFloor*float64(a)+float64(20*time.Millisecond),
			"frames come after %s with a stalled reader, %s without", b, a),
	)
}

// startFeed starts the live layer as a process, and gives its address.
func (t *liveTrial) startFeed(ctx context.Context) (*exec.Cmd, string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, "", err
	}
	feed := exec.CommandContext(ctx, self, "live-feed", "--vehicles", strconv.Itoa(t.Vehicles))
	feed.Stderr = os.Stderr
	said, err := feed.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	if err := feed.Start(); err != nil {
		return nil, "", err
	}
	url, err := bufio.NewReader(said).ReadString('\n')
	return feed, strings.TrimSpace(url), err
}

// run lets n readers read for a while.
func (t *liveTrial) run(ctx context.Context, server int, url string, n int) (*round, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	rounds := make([]round, n)
	begin := make(chan struct{})
	end := make(chan struct{})
	for i := range rounds {
		group.Go(func() error { return rounds[i].read(ctx, url, t.Vehicles, begin, end) })
	}
	if err := pause(ctx, 3*time.Second+time.Duration(n)*5*time.Millisecond); err != nil {
		return nil, errors.Join(group.Wait(), err)
	}
	all := &round{}
	before, err := processorTime(server)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	close(begin)
	if err := pause(ctx, t.Duration); err != nil {
		return nil, errors.Join(group.Wait(), err)
	}
	after, err := processorTime(server)
	if err != nil {
		return nil, err
	}
	all.cpu, all.took = after-before, time.Since(start)
	close(end)
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for i := range rounds {
		all.add(&rounds[i])
	}
	return all, nil
}

func (r *round) add(o *round) {
	r.frames, r.missed = r.frames+o.frames, r.missed+o.missed
	r.bytes, r.updates = r.bytes+o.bytes, r.updates+o.updates
	r.late = append(r.late, o.late...)
}

// read is one reader. Only what comes between begin and end counts; a gap of more than 1.5 s between the server's
// times is a frame that was missed.
func (r *round) read(ctx context.Context, url string, vehicles int, begin, end <-chan struct{}) error {
	conn, response, err := websocket.DefaultDialer.DialContext(ctx, url, nil)
	if err != nil {
		return err
	}
	response.Body.Close()
	defer conn.Close()
	context.AfterFunc(ctx, func() { conn.Close() })
	buffer := make([]byte, 16+17*vehicles)
	var last int64
	for {
		_, message, err := conn.NextReader()
		if err != nil {
			return err
		}
		n, err := io.ReadFull(message, buffer)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		select {
		case <-end:
			return nil
		case <-begin:
			if string(buffer[:2]) == "DV" {
				last = r.count(buffer[:n], last)
			}
		default:
		}
	}
}

// count takes a frame in, and gives its server time in ms.
func (r *round) count(frame []byte, last int64) int64 {
	at := int64(binary.LittleEndian.Uint64(frame[8:]))
	r.frames++
	r.bytes += int64(len(frame))
	r.updates += int64(binary.LittleEndian.Uint32(frame[4:]))
	r.late = append(r.late, time.Since(time.UnixMilli(at)))
	if last != 0 && at-last > 1500 {
		r.missed++
	}
	return at
}

// stall opens a line from which nothing is ever read.
func stall(ctx context.Context, url string) (stop func(), err error) {
	dialer := websocket.Dialer{NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetReadBuffer(4 << 10) // a wish: with a larger one it stalls a little later
		}
		return conn, err
	}}
	conn, response, err := dialer.DialContext(ctx, url, nil)
	if err != nil {
		return nil, err
	}
	response.Body.Close()
	return func() { conn.Close() }, nil
}

// processorTime is what a process has used so far, user's and system's (proc(5), fields 14 and 15 of stat).
func processorTime(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest) // from field 3 on
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields)+2)
	}
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / clockTicks, errors.Join(err1, err2)
}

func quantile(all []time.Duration, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[int(q*float64(len(all)-1))]
}
