package gateway

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"drover/protocols"
)

// line is a TCP connection. Its goroutine owns all but successor, which another line's may set.
type line struct {
	conversation
	conn  net.Conn
	raw   syscall.RawConn // nil with TLS
	small []byte          // what a TLS read waits with
	rest  []byte          // of an incomplete frame
	heard int             // bytes, until the device is known
	since time.Time       // of the call
	until time.Time       // when the next bytes must be here, if nothing wakes the line before

	opening bool // nothing but a prelude has come
	claimed bool // it is the line of its device, or was

	successor atomic.Pointer[successor]
}

// serve listens to the line until it ends.
func (l *line) serve(ctx context.Context) {
	var err error
	for err == nil {
		err = l.turn(ctx)
	}
	_ = l.conn.Close() // what failed before matters
	l.end(err)
}

// turn waits for bytes, keeps what they say, and answers.
func (l *line) turn(ctx context.Context) error {
	l.setDeadline()
	x, err := l.wait()
	if s := l.successor.Load(); s != nil {
		l.judge(ctx, s, err)
		err = errReplaced
	}
	if err != nil {
		if x != nil {
			l.port.gate.giveBack(x)
		}
		if x, err = l.early(err); x == nil {
			return err
		}
	}
	defer l.port.gate.giveBack(x)
	ended := l.understand(ctx, x)
	if err := x.keep(ctx, l.port.gate.config.Journal); err != nil {
		l.fail("journal", err)
		return errLater
	}
	l.family.counts[protocols.TCP].positions.Add(float64(x.positions))
	if len(x.out) > 0 {
		if err := l.write(x.out); err != nil {
			return err
		}
		l.family.counts[protocols.TCP].out.Add(float64(len(x.out)))
		l.carried.out.Add(int64(len(x.out)))
		l.port.gate.said(l.device, protocols.TCP, x.out)
	}
	return ended
}

func (l *line) write(b []byte) error {
	if err := l.conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	_, err := l.conn.Write(b)
	return err
}

// setDeadline says until when the next bytes must arrive.
func (l *line) setDeadline() {
	l.until = time.Now().Add(l.port.gate.limits.IdleTimeout)
	if l.login == 0 {
		l.until = l.since.Add(l.port.gate.limits.LoginTimeout)
	}
	if l.undecided() {
		l.until = earlier(l.until, time.Now().Add(l.port.gate.limits.Decide))
	}
	l.hearUntil(l.until)
	// The others set their deadline after their mark, so one of both is always seen.
	if s := l.successor.Load(); s != nil {
		l.hearUntil(s.until)
	}
	if l.port.gate.stopping.Load() || l.mail.Load().waiting() {
		l.wake()
	}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// undecided says whether the line waits only to be surer whose language it is.
func (l *line) undecided() bool { return !l.placed && !l.pressed && len(l.rest) > 0 }

// early deals with a wait that ended without bytes: a command to deliver, or enough waited for whose language it is. It
// gives an exchange where there is something to understand; otherwise the line ends with the error, if there is one.
func (l *line) early(err error) (*exchange, error) {
	if !errors.Is(err, os.ErrDeadlineExceeded) || l.port.gate.stopping.Load() {
		return nil, err
	}
	if l.mail.Load().waiting() || time.Now().Before(l.until) {
		return nil, l.deliver(l.write)
	}
	if !l.undecided() {
		return nil, err
	}
	l.pressed = true
	x := l.port.gate.borrow()
	x.in = append(x.in, l.rest...)
	return x, nil
}

// wake ends the wait for bytes.
func (l *line) wake() { l.hearUntil(time.Unix(1, 0)) }

// hearUntil may be called by any goroutine.
func (l *line) hearUntil(t time.Time) {
	_ = l.conn.SetReadDeadline(t) // fails on a closed line only, whose next read says so
}

// wait gives an exchange with the line's unread bytes and the ones that have just arrived. Meanwhile the line holds
// no buffer.
func (l *line) wait() (*exchange, error) {
	if l.raw == nil {
		return l.waitTLS()
	}
	var x *exchange
	var n int
	var failed error
	err := l.raw.Read(func(fd uintptr) bool {
		x = l.port.gate.borrow()
		x.in = append(x.in, l.rest...)
		for {
			n, failed = unix.Read(int(fd), x.room())
			if !errors.Is(failed, unix.EINTR) {
				break
			}
		}
		if errors.Is(failed, unix.EAGAIN) {
			l.port.gate.giveBack(x)
			x = nil
			return false
		}
		return true
	})
	switch {
	case err != nil:
		return x, err
	case failed != nil:
		return x, os.NewSyscallError("read", failed)
	case n == 0:
		return x, io.EOF
	}
	x.in = x.in[:len(x.in)+n]
	return x, nil
}

func (l *line) waitTLS() (*exchange, error) {
	n, err := l.conn.Read(l.small)
	if n == 0 && err == nil {
		err = io.ErrNoProgress
	}
	if n == 0 {
		return nil, err
	}
	x := l.port.gate.borrow()
	x.in = append(append(x.in, l.rest...), l.small[:n]...)
	return x, nil
}

// room is where more bytes can be read to.
func (x *exchange) room() []byte {
	if cap(x.in)-len(x.in) < readSize/2 {
		grown := make([]byte, len(x.in), len(x.in)+readSize)
		copy(grown, x.in)
		x.in = grown
	}
	return x.in[len(x.in):cap(x.in)]
}

// understand decodes what has arrived and keeps the rest. An error ends the line once what is owed was sent.
func (l *line) understand(ctx context.Context, x *exchange) error {
	at := time.Now().UTC().Truncate(time.Millisecond)
	l.family.counts[protocols.TCP].in.Add(float64(len(x.in) - len(l.rest)))
	l.carried.in.Add(int64(len(x.in) - len(l.rest)))
	if l.login == 0 {
		l.heard += len(x.in) - len(l.rest)
	}
	used, err := l.openAndHear(ctx, x, at)
	l.claim(at)
	left := x.in[used:]
	switch {
	case err != nil:
		return err
	case len(left) >= l.port.gate.limits.Frame:
		return errTooLong
	case l.login == 0 && l.heard >= strangerBytes:
		return errTooMuch
	}
	if len(left) == 0 {
		l.rest = nil
		return nil
	}
	l.rest = append([]byte(nil), left...)
	return nil
}

// openAndHear hears what has come after the prelude, if there is one.
func (l *line) openAndHear(ctx context.Context, x *exchange, at time.Time) (used int, err error) {
	if l.opening {
		used, wait, err := l.open(x.in)
		if wait || err != nil {
			return used, err
		}
		x.in = x.in[used:]
	}
	return l.hear(ctx, x, x.in, false, at)
}

// end counts and logs why a line ended, and lists a stranger who said something that nobody understood.
func (l *line) end(err error) {
	switch {
	case l.knocked || errors.Is(err, errRefused) || errors.Is(err, errReplaced) || errors.Is(err, errLater):
	case errors.Is(err, net.ErrClosed) || l.port.gate.stopping.Load():
	case l.login == 0 && l.heard > 0:
		l.fail("unreadable", err)
		l.knock(reasonUnreadable, l.identity, time.Now().UTC().Truncate(time.Millisecond))
	case errors.Is(err, errTooLong):
		l.fail("too_long", err)
	case errors.Is(err, os.ErrDeadlineExceeded):
		l.port.gate.metrics.errors.WithLabelValues(l.family.name, "silent").Inc()
	case l.lost(err):
	case l.raw == nil && l.login == 0:
		l.fail("tls", err)
	default:
		l.fail("split", err)
	}
	l.port.gate.config.Log.Debug().Str("protocol", l.family.name).Stringer("remote", l.remote).
		Int32("device", int32(l.login)).AnErr("why", err).Msg("line closed")
}

// lost tells a line that the far end or the network ended from one that went wrong.
func (l *line) lost(err error) bool {
	var sys *os.SyscallError
	var op *net.OpError
	return errors.Is(err, io.EOF) || errors.As(err, &sys) || errors.As(err, &op)
}
