package modem_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"drover/modem"
	"drover/modem/modemtest"
)

// terminal is a pseudo-terminal: the master's end, and the name of the other.
func terminal(t *testing.T) (*os.File, string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { master.Close() })
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err := errors.Join(err, unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)); err != nil {
		t.Fatal(err)
	}
	return master, fmt.Sprintf("/dev/pts/%d", n)
}

// Trap 21: a pseudo-terminal has no modem lines, which is no error; and trap 19: Close ends a Read that waits.
func TestTrapTerminal(t *testing.T) {
	master, name := terminal(t)
	p, err := modem.Open(t.Context(), "serial:"+name+"?baud=9600")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(p, "AT\r\n"); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 4)
	if _, err := io.ReadFull(master, b); err != nil || string(b) != "AT\r\n" {
		t.Fatalf("%q, %v", b, err)
	}
	if _, err := master.WriteString("OK\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(p, b); err != nil || string(b) != "OK\r\n" {
		t.Fatalf("%q, %v", b, err)
	}
	ended := make(chan error, 1)
	go func() { _, err := p.Read(b); ended <- err }()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err == nil {
			t.Error("a closed port was read")
		}
	case <-time.After(10 * time.Second):
		t.Error("Close leaves a Read waiting")
	}
}

// The whole way through a terminal, with the real Open and its lock.
func TestSerial(t *testing.T) {
	master, name := terminal(t)
	m := modemtest.New()
	c, err := m.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(c, master) }() // they end with the test
	go func() { _, _ = io.Copy(master, c) }()
	link := filepath.Join(t.TempDir(), "usb-modem")
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	b := start(t, m, func(c *modem.Config) {
		c.Open, c.Lines[0].URL, c.LockDir = nil, "serial:"+link, t.TempDir()
		c.Lines = append(c.Lines, modem.Line{Name: "other", URL: "serial:" + name})
	})
	b.until("one has it", func() bool {
		s := b.pool.States()
		return (s[0].Phase == modem.Ready) != (s[1].Phase == modem.Ready) &&
			(strings.Contains(s[0].Reason, "has the device") || strings.Contains(s[1].Reason, "has the device"))
	})
}

func TestOpenSockets(t *testing.T) {
	dir, err := os.MkdirTemp("", "m") // t.TempDir is too long for a socket's name
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	for _, c := range []struct{ network, address string }{{"tcp", "127.0.0.1:0"}, {"unix", filepath.Join(dir, "s")}} {
		l, err := net.Listen(c.network, c.address)
		if err != nil {
			t.Fatal(err)
		}
		url := "unix:" + c.address
		if c.network == "tcp" {
			url = "tcp://" + l.Addr().String()
		}
		p, err := modem.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		p.Close()
		l.Close()
		if _, err := modem.Open(t.Context(), url); err == nil {
			t.Errorf("%s: opened though nobody listens", url)
		}
	}
	if _, err := modem.Open(t.Context(), "serial:/dev/none"); err == nil {
		t.Error("opened what is not there")
	}
}
