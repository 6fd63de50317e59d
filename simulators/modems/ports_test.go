package modems

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTerminals: a client opens the link, and the next one after it; the port that vanished has another name.
func TestTerminals(t *testing.T) {
	folder := t.TempDir()
	b := startBank(t, Config{Count: 2, Listen: "pty:" + folder})
	if got, want := b.URL(1), "serial:"+filepath.Join(folder, "modem1"); got != want {
		t.Fatalf("%q, want %q", got, want)
	}
	for range 2 {
		c := openTerminal(t, filepath.Join(folder, "modem1"))
		c.expect("AT", "AT\r"+ok)
		c.conn.Close()
		if !eventually(c.closed) {
			t.Fatal("it is not closed")
		}
	}
	b.Modem(1).Vanish()
	if b.URL(1) != "" {
		t.Errorf("%q is still there", b.URL(1))
	}
	b.Modem(1).Return()
	if !eventually(func() bool { return b.URL(1) == "serial:"+filepath.Join(folder, "modem1-1") }) {
		t.Fatalf("it came back as %q", b.URL(1))
	}
	openTerminal(t, filepath.Join(folder, "modem1-1")).expect("AT", "AT\r"+ok)
	b.Close()
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// terminalConn is a pseudo terminal as a client has it.
type terminalConn struct{ *os.File }

func (terminalConn) LocalAddr() net.Addr  { return nil }
func (terminalConn) RemoteAddr() net.Addr { return nil }

func openTerminal(t *testing.T, path string) *client {
	t.Helper()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, conn: terminalConn{file}}
	go c.read()
	t.Cleanup(func() { file.Close() })
	return c
}

// TestUnixSockets: several clients of one modem, and an echo only where they ask for it.
func TestUnixSockets(t *testing.T) {
	folder := shortFolder(t)
	b := startBank(t, Config{Listen: "unix:" + folder})
	for range 2 {
		conn, err := net.Dial("unix", strings.TrimPrefix(b.URL(0), "unix:"))
		if err != nil {
			t.Fatal(err)
		}
		c := &client{t: t, conn: conn}
		t.Cleanup(func() { conn.Close() })
		go c.read()
		c.expect("AT", ok)
	}
	if got := b.Modem(0).State().Clients; got != 2 {
		t.Errorf("%d clients", got)
	}
}

// TestReset: AT+CFUN=1,1 takes a USB modem's port away until it has booted, and it is itself again afterwards.
func TestReset(t *testing.T) {
	b := startBank(t, Config{Profiles: []string{"quectel-ec25"}, PIN: "1234"})
	c := dial(t, b, 0)
	c.ask("AT+CMEE=1;+CPIN=\"1234\"")
	c.expect("AT+CFUN=1,1", ok)
	if !eventually(func() bool { return c.closed() && b.URL(0) != "" }) {
		t.Fatalf("closed %v, and it is at %q", c.closed(), b.URL(0))
	}
	again := dial(t, b, 0)
	again.expect("AT+CMEE?", "\r\n+CMEE: 0\r\n"+ok)
	again.expect("AT+CPIN?", "\r\n+CPIN: SIM PIN\r\n"+ok)
}

// TestBoot: a serial modem keeps its line, and says that it is there again, with its echo back.
func TestBoot(t *testing.T) {
	b := startBank(t, Config{Profiles: []string{"quectel-m26"}, Listen: "pty:" + t.TempDir()})
	c := openTerminal(t, strings.TrimPrefix(b.URL(0), "serial:"))
	c.expect("ATE0", "ATE0\r"+ok)
	c.expect("AT", ok)
	b.Modem(0).Reboot(time.Millisecond)
	c.until("\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n")
	c.expect("AT", "AT\r"+ok)
}

func TestConfigsThatCannotBe(t *testing.T) {
	for want, c := range map[string]Config{
		"count is -1":                  {Count: -1},
		"count is 1001":                {Count: 1001},
		"first is -1":                  {First: -1},
		"pin is \"12\"":                {PIN: "12"},
		"listen is \"tty:x\"":          {Listen: "tty:x"},
		"listen is \"tcp\"":            {Listen: "tcp"},
		"\"nokia\" is not one of gene": {Profiles: []string{"nokia"}},
		"port \"99999\" must be 0":     {Listen: "tcp:127.0.0.1:99999"},
		"missing port":                 {Listen: "tcp:127.0.0.1"},
		"not a directory":              {Listen: "pty:/dev/null/modems"},
		"must be 0 or more":            {SubmitTime: -1},
		"fault \"x\" is not one of":    {Faults: []Rule{{When: "now", Do: "x"}}},
	} {
		if b, err := Start(t.Context(), c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", c, err, want)
			if b != nil {
				b.Close()
			}
		}
	}
}

// shortFolder is one in which a socket's path is short enough.
func shortFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "m")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// TestTheFolderIsMade: it need not be there before.
func TestTheFolderIsMade(t *testing.T) {
	for _, kind := range []string{"unix", "pty"} {
		folder := filepath.Join(shortFolder(t), "a", "b")
		startBank(t, Config{Count: 1, Listen: kind + ":" + folder})
		if found, err := filepath.Glob(filepath.Join(folder, "modem0*")); len(found) != 1 {
			t.Errorf("%s: %v %v", kind, found, err)
		}
	}
}
