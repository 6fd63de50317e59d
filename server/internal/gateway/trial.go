package gateway

import (
	"context"
	"errors"
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"drover/server/internal/fleet"
)

// successor is the line on which the device has called again.
type successor struct {
	remote string
	until  time.Time // the end of the trial
}

// judge ends the trial of a line whose device has called again: err is what its wait came to.
func (l *line) judge(ctx context.Context, s *successor, err error) {
	g := l.port.gate
	if g.stopping.Load() || !alive(err, unacknowledged(l.conn)) || !g.lines.mayTell(l.login, time.Now()) {
		return
	}
	at := time.Now().UTC().Truncate(time.Millisecond)
	text := "two trackers use one identity: " + s.remote + " called while the line from " + l.remote.String() +
		" was alive"
	record := fleet.Record{Device: l.login, Protocol: l.family.name, Received: at,
		Event: &fleet.Event{Device: l.login, Time: at, Kind: "conflict", Text: text}}
	if err := g.config.Journal.Append(ctx, record); err != nil {
		l.fail("journal", err)
	}
	g.often.add("conflict", func() string { return text })
}

// alive judges what the wait of a line on trial came to: it spoke (no error), or it stood until the end with all that
// it was sent acknowledged. Any other error, or bytes that nobody took, say that it was dead.
func alive(err error, unacked int) bool {
	return err == nil || errors.Is(err, os.ErrDeadlineExceeded) && unacked == 0
}

// claim makes this the line of its device, and puts the one before on trial.
func (l *line) claim(at time.Time) {
	if l.login == 0 || l.claimed {
		return
	}
	old := l.port.gate.lines.claim(l)
	l.port.gate.arrived(l.login)
	if old == nil {
		return
	}
	until := at.Add(l.port.gate.limits.Trial)
	old.successor.Store(&successor{remote: l.remote.String(), until: until})
	if tcp, ok := tcpOf(old.conn); ok {
		// An old kernel that can not probe leaves the trial to what the tracker says.
		_ = tcp.SetKeepAliveConfig(net.KeepAliveConfig{Enable: true, Idle: time.Second, Interval: time.Second, Count: 2})
	}
	old.hearUntil(until)
}

// unacknowledged is how many bytes were sent that the far kernel has not taken; 0 where the own kernel does not tell.
func unacknowledged(conn net.Conn) int {
	tcp, ok := tcpOf(conn)
	if !ok {
		return 0
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return 0
	}
	bytes := 0
	_ = raw.Control(func(fd uintptr) { // fails on a closed line, which has none
		if n, err := unix.IoctlGetInt(int(fd), unix.TIOCOUTQ); err == nil {
			bytes = n
		}
	})
	return bytes
}
