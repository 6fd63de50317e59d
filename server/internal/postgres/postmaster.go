package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	pidName = clusterDir + "/postmaster.pid"

	pollInterval    = 50 * time.Millisecond  // of a server that starts
	adoptedInterval = 500 * time.Millisecond // of an adopted one, whose end nobody reports
	// immediateLimit is how long a server told to drop everything may take to be gone.
	immediateLimit = 10 * time.Second
)

// postmaster is a running server's first process; ours, or an adopted one.
type postmaster struct {
	pid    int
	socket string          // folder of its socket
	exited <-chan struct{} // closed when it is gone
}

// launch starts the server; it accepts connections only later.
func (f *folder) launch(b binaries, socket string) (*postmaster, error) {
	output, err := f.root.OpenFile(startLog, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	defer output.Close()
	cmd := f.as.command(f.path, b.program("postgres"), "-D", filepath.Join(f.path, clusterDir))
	cmd.Stdout, cmd.Stderr = output, output
	if err := cmd.Start(); err != nil {
		return nil, f.explain("postgres", err, nil)
	}
	exited := make(chan struct{})
	go func() {
		defer close(exited)
		_ = cmd.Wait() // its log says why it ended
	}()
	return &postmaster{pid: cmd.Process.Pid, socket: socket, exited: exited}, nil
}

// orphan finds the server that a killed Drover left running, nil if there is none, and removes the pid file of one
// that is gone.
func (f *folder) orphan() (*postmaster, error) {
	text, err := f.root.ReadFile(pidName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	pid, socket := parsePidFile(string(text))
	switch f.identify(pid) {
	case gone:
		return nil, f.sweep(socket)
	case unclear:
		return nil, fmt.Errorf("postgres: %s/%s names process %d, a PostgreSQL server that may or may not be this "+
			"folder's: stop it, or remove that file if it is another's", f.path, pidName, pid)
	}
	exited := make(chan struct{})
	go func() {
		defer close(exited)
		for tick := time.NewTicker(adoptedInterval); f.identify(pid) != gone; <-tick.C {
		}
	}()
	return &postmaster{pid: pid, socket: socket, exited: exited}, nil
}

// sweep removes the files by which a server that is gone would keep the next from starting. PostgreSQL sees for itself
// that a process is gone, but not that its number is another's, or that it is dead and its parent has not noticed.
func (f *folder) sweep(socket string) error {
	err := f.root.Remove(pidName)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if socket == socketDir(f.path, os.TempDir()) {
		for _, name := range []string{socketFile(socket), socketFile(socket) + ".lock"} {
			if gone := os.Remove(name); !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	return nil
}

// parsePidFile reads a postmaster.pid: the process on line 1, the socket's folder on line 5 (PostgreSQL's
// utils/pidfile.h); socket is "" while the server has not come that far.
func parsePidFile(text string) (pid int, socket string) {
	lines := strings.Split(text, "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 1 {
		return 0, ""
	}
	if len(lines) > 5 {
		socket = strings.TrimSpace(lines[4])
	}
	return pid, socket
}

// identity is what is known of a process that a pid file names.
type identity int

const (
	gone    identity = iota // it has ended, or the number is another program's by now
	ours                    // the server of this folder
	unclear                 // a PostgreSQL server, of whichever folder
)

// identify tells whether process pid is the server of this folder. A server works in its cluster's folder; where that
// may not be read (no /proc, or a container's root), its command line must do. In doubt it is not gone, because two
// servers on one cluster would destroy it.
func (f *folder) identify(pid int) identity {
	if pid == 0 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return gone
	}
	pgdata := filepath.Join(f.path, clusterDir)
	here, errHere := os.Stat(pgdata)
	there, errThere := os.Stat(fmt.Sprintf("/proc/%d/cwd", pid))
	_, errProc := os.Stat("/proc/self/cwd")
	switch {
	case errHere == nil && errThere == nil && os.SameFile(here, there):
		return ours
	case errHere == nil && errThere == nil:
		return gone
	case errProc == nil && errors.Is(errThere, fs.ErrNotExist): // dead, and its parent has not noticed
		return gone
	}
	switch command := commandLine(pid); {
	case strings.Contains(command, "-D "+pgdata):
		return ours
	case strings.Contains(command, "postgres") || strings.Contains(command, "postmaster"):
		return unclear
	default:
		return gone
	}
}

func commandLine(pid int) string {
	if text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return strings.ReplaceAll(string(text), "\x00", " ")
	}
	out, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return string(out)
}

// shutdown ends the server in order, rolling back what is open (SIGINT, "fast"); if ctx ends first, at once (SIGQUIT,
// "immediate"), which loses nothing that was committed but leaves the next start a recovery.
func (p *postmaster) shutdown(ctx context.Context) error {
	if err := p.signal(syscall.SIGINT); err != nil {
		return err
	}
	select {
	case <-p.exited:
		return nil
	case <-ctx.Done():
	}
	if err := p.signal(syscall.SIGQUIT); err != nil {
		return err
	}
	limit := time.NewTimer(immediateLimit)
	defer limit.Stop()
	select {
	case <-p.exited:
		return fmt.Errorf("postgres: stopped without a last checkpoint: %w", ctx.Err())
	case <-limit.C:
		return fmt.Errorf("postgres: process %d does not stop", p.pid)
	}
}

func (p *postmaster) signal(s syscall.Signal) error {
	select {
	case <-p.exited: // its number may be another's by now
		return nil
	default:
	}
	if err := syscall.Kill(p.pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("postgres: stop process %d: %w", p.pid, err)
	}
	return nil
}
