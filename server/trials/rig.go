package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"drover/protocols/all"
	"drover/server/internal/freeport"
	"drover/server/internal/postgres"
	"drover/simulators/trackers"
)

// rig is a server with all that it needs, in a temporary folder.
type rig struct {
	dir     string
	out     io.Writer
	binary  string
	cluster *postgres.Cluster
	ports   string // for trackers.Config
	server  *exec.Cmd
	exited  chan struct{} // closed when the server is gone
	log     *os.File
}

// newRig builds the server and starts PostgreSQL.
func newRig(ctx context.Context, out io.Writer) (*rig, error) {
	dir, err := os.MkdirTemp("", "drover-trial-")
	if err != nil {
		return nil, err
	}
	r := &rig{dir: dir, out: out, binary: filepath.Join(dir, "drover")}
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL may run as another user
		return nil, err
	}
	if r.log, err = os.Create(filepath.Join(dir, "server.log")); err != nil {
		return nil, err
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", r.binary, "drover/server")
	if built, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the server: %w\n%s", err, built)
	}
	if r.ports, err = freePorts(); err != nil {
		return nil, err
	}
	return r, r.startPostgres(ctx)
}

func (r *rig) startPostgres(ctx context.Context) (err error) {
	r.cluster, err = postgres.Start(ctx, postgres.Config{Dir: filepath.Join(r.dir, "postgres"), Log: zerolog.Nop()})
	return err
}

func (r *rig) stopPostgres() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return r.cluster.Stop(ctx)
}

// freePorts finds a port for each protocol, which stays the same over restarts of the server.
func freePorts() (string, error) {
	var pairs []string
	taken := map[int]bool{}
	for _, p := range all.Protocols() {
		port, err := freeport.Find()
		for err == nil && taken[port] {
			port, err = freeport.Find()
		}
		if err != nil {
			return "", err
		}
		taken[port] = true
		pairs = append(pairs, fmt.Sprintf("%s=%d", p.Name, port))
	}
	return strings.Join(pairs, ","), nil
}

// close ends everything and removes the folder; with a failure it stays, to be looked into.
func (r *rig) close(failed *error) {
	r.stopServer(syscall.SIGTERM)
	if r.cluster != nil {
		if err := r.stopPostgres(); *failed == nil {
			*failed = err
		}
	}
	r.log.Close()
	if *failed != nil {
		fmt.Fprintf(r.out, "the trial's files stay in %s\n", r.dir)
		return
	}
	_ = os.RemoveAll(r.dir)
}

func (r *rig) data() string { return filepath.Join(r.dir, "data") }

// startServer starts the server and returns at once.
func (r *rig) startServer(extra ...string) error {
	args := []string{"serve", "--data", r.data(), "--database", r.cluster.URL(),
		"--listen", "127.0.0.1:0", "--bind", "127.0.0.1"}
	for _, pair := range strings.Split(r.ports, ",") {
		name, port, _ := strings.Cut(pair, "=")
		args = append(args, "--port", name+"=127.0.0.1:"+port)
	}
	r.server = exec.Command(r.binary, append(args, extra...)...)
	r.server.Stderr, r.server.Stdout = r.log, r.log
	if err := r.server.Start(); err != nil {
		return err
	}
	r.exited = make(chan struct{})
	go func(server *exec.Cmd, exited chan struct{}) {
		_ = server.Wait() // how it ended is in its log
		close(exited)
	}(r.server, r.exited)
	return nil
}

func (r *rig) stopServer(signal os.Signal) {
	if r.server == nil {
		return
	}
	_ = r.server.Process.Signal(signal) // it may be gone already
	<-r.exited
	r.server = nil
}

// address waits until the server is ready, and gives its base URL.
func (r *rig) address(ctx context.Context) (string, error) {
	deadline := time.Now().Add(2 * time.Minute)
	for {
		if url := r.announced(); url != "" {
			if response, err := http.Get(url + "/healthz"); err == nil {
				response.Body.Close()
				return url, nil
			}
		}
		select {
		case <-r.exited:
			return "", fmt.Errorf("the server ended; its log is %s", r.log.Name())
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return "", errors.New("the server is not ready after 2 minutes")
		}
	}
}

// announced is the address that the running server wrote down; "" while it has not.
func (r *rig) announced() string {
	var where struct {
		Address string
		PID     int
	}
	text, err := os.ReadFile(filepath.Join(r.data(), "server.json"))
	if err != nil || json.Unmarshal(text, &where) != nil || where.PID != r.server.Process.Pid {
		return ""
	}
	return where.Address
}

// register enters the simulated vehicles as devices.
func (r *rig) register(ctx context.Context, c trackers.Config) error {
	file := filepath.Join(r.dir, "devices.csv")
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := errors.Join(trackers.WriteDevices(f, c), f.Close()); err != nil {
		return err
	}
	out, err := r.command(ctx, "device", "import", "--database", r.cluster.URL(), file)
	if err != nil {
		return fmt.Errorf("device import: %w: %s", err, out)
	}
	return nil
}

func (r *rig) command(ctx context.Context, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, r.binary, args...).CombinedOutput()
	return string(out), err
}

// user makes a viewer and gives the password.
func (r *rig) user(ctx context.Context, email string) (string, error) {
	out, err := r.command(ctx, "user", "add", "--database", r.cluster.URL(), email)
	if err != nil {
		return "", fmt.Errorf("user add: %w: %s", err, out)
	}
	words := strings.Fields(out)
	return words[len(words)-1], nil
}

// memory is a figure of the server's process in kB: VmRSS (now) or VmHWM (at most so far).
func (r *rig) memory(figure string) (int, error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", r.server.Process.Pid))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), figure+":"); ok {
			return strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(rest, "kB")))
		}
	}
	return 0, fmt.Errorf("the system does not tell %s", figure)
}

// floor is an error unless ok: what a trial demands.
func floor(ok bool, format string, a ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf("under the floor: "+format, a...)
}

// startServerWith starts the server, and makes the trackers' devices welcome.
func (r *rig) startServerWith(ctx context.Context, c trackers.Config) error {
	if err := r.startServer(); err != nil {
		return err
	}
	if _, err := r.address(ctx); err != nil {
		return err
	}
	return r.register(ctx, c)
}

// pause waits, unless ctx ends before.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
