package modems

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// clientsLimit is how many connections one modem has; more are closed at once.
const clientsLimit = 16

// port is where a modem's clients find it.
type port interface {
	url() string
	close()
}

// open makes a modem's port and serves it. The modem's lock is held.
func (b *Bank) open(m *Modem) (port, error) {
	kind, where, _ := strings.Cut(b.config.Listen, ":")
	m.alias = m.id()
	if m.moves > 0 {
		m.alias += "-" + strconv.Itoa(m.moves)
	}
	switch kind {
	case "pty":
		return b.openPTY(m, filepath.Join(where, m.alias))
	case "unix":
		path := filepath.Join(where, m.alias+".sock")
		if strings.HasPrefix(where, "@") {
			path = where + strings.TrimPrefix(m.alias, "modem")
		}
		return b.listen(m, "unix", path)
	}
	address, err := portOf(where, m.index, m.moves)
	if err != nil {
		return nil, err
	}
	return b.listen(m, "tcp", address)
}

// makeFolder makes that of links or sockets, if there is one.
func makeFolder(listen string) error {
	kind, where, _ := strings.Cut(listen, ":")
	if kind == "tcp" || strings.HasPrefix(where, "@") {
		return nil
	}
	if err := os.MkdirAll(where, 0o750); err != nil {
		return fmt.Errorf("modems: %s: %w", kind, err)
	}
	return nil
}

// portOf is the address of one of the modems: ports count up, and 0 or a modem that comes back takes any.
func portOf(address string, index, moves int) (string, error) {
	host, number, err := net.SplitHostPort(address)
	if err != nil {
		return "", fmt.Errorf("modems: listen: %w", err)
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n+index > 65535 {
		return "", fmt.Errorf("modems: listen: port %q must be 0, or 1 to 65535 for all modems", number)
	}
	if n > 0 {
		n += index
	}
	if moves > 0 {
		n = 0
	}
	return net.JoinHostPort(host, strconv.Itoa(n)), nil
}

// socket is a port that several clients may connect to.
type socket struct{ listener net.Listener }

func (b *Bank) listen(m *Modem, network, address string) (port, error) {
	l, err := net.Listen(network, address)
	if err != nil {
		return nil, fmt.Errorf("modems: listen: %w", err)
	}
	b.work.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			b.work.Go(func() { m.serve(conn) })
		}
	})
	return socket{l}, nil
}

// serve attaches a connection, if there are not too many.
func (m *Modem) serve(conn net.Conn) {
	if m.State().Clients >= clientsLimit {
		conn.Close()
		return
	}
	m.attach(newLine(m, conn))
}

func (s socket) url() string {
	a := s.listener.Addr()
	if a.Network() == "unix" {
		return "unix:" + a.String()
	}
	return "tcp://" + a.String()
}

func (s socket) close() { s.listener.Close() }

// terminal is a pseudo terminal with a link to it. The simulator keeps the clients' end open itself, so that the other
// does not fail between one client and the next.
type terminal struct {
	link             string
	modem, clientEnd *os.File
}

func (b *Bank) openPTY(m *Modem, link string) (port, error) {
	blocking, slave, err := pty.Open()
	if err != nil {
		return nil, fmt.Errorf("modems: pseudo terminal: %w", err)
	}
	master, err := unblocked(blocking)
	if err != nil {
		slave.Close()
		return nil, fmt.Errorf("modems: pseudo terminal: %w", err)
	}
	t := &terminal{modem: master, clientEnd: slave, link: link}
	if _, err := term.MakeRaw(int(slave.Fd())); err != nil {
		t.close()
		return nil, fmt.Errorf("modems: pseudo terminal: %w", err)
	}
	if info, err := os.Lstat(link); err == nil && info.Mode()&os.ModeSymlink != 0 {
		_ = os.Remove(link) // of a run that was killed; if it cannot be, the next line says so
	}
	if err := os.Symlink(slave.Name(), link); err != nil {
		t.close()
		return nil, fmt.Errorf("modems: pseudo terminal: %w", err)
	}
	b.work.Go(func() { m.attach(newLine(m, master)) })
	return t, nil
}

// unblocked is a file whose Close ends a Read that waits, which that of a blocking one does not. It closes the other.
func unblocked(f *os.File) (*os.File, error) {
	defer f.Close()
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return nil, errors.Join(err, unix.Close(fd))
	}
	return os.NewFile(uintptr(fd), f.Name()), nil
}

func (t *terminal) url() string { return "serial:" + t.link }

func (t *terminal) close() {
	if target, err := os.Readlink(t.link); err == nil && target == t.clientEnd.Name() {
		_ = os.Remove(t.link) // one that stays leads nowhere
	}
	t.clientEnd.Close()
	t.modem.Close()
}
