package modems

import (
	"bytes"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for what must come.
const patience = 10 * time.Second

// client is the far end of a modem's line, as a program has it.
type client struct {
	t    *testing.T
	conn net.Conn

	mu  sync.Mutex
	got bytes.Buffer
	end bool
}

func startBank(t *testing.T, c Config) *Bank {
	t.Helper()
	b, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func dial(t *testing.T, b *Bank, i int) *client {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.URL(i), "tcp://"))
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, conn: conn}
	t.Cleanup(func() { conn.Close() })
	go c.read()
	return c
}

func (c *client) read() {
	buf := make([]byte, 4096)
	for {
		n, err := c.conn.Read(buf)
		c.mu.Lock()
		c.got.Write(buf[:n])
		c.end = err != nil
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (c *client) said() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.got.String()
}

func (c *client) closed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.end
}

func (c *client) write(s string) {
	c.t.Helper()
	if _, err := c.conn.Write([]byte(s)); err != nil {
		c.t.Fatal(err)
	}
}

// until waits for what ends with one of these, and takes all of it.
func (c *client) until(ends ...string) string {
	c.t.Helper()
	var got string
	if !eventually(func() bool {
		got = c.said()
		for _, end := range ends {
			if strings.HasSuffix(got, end) {
				return true
			}
		}
		return false
	}) {
		c.t.Fatalf("waited for one of %q, got %q", ends, got)
	}
	c.mu.Lock()
	c.got.Next(len(got))
	c.mu.Unlock()
	return got
}

// contains waits until something was said, and leaves it there.
func (c *client) contains(what string) {
	c.t.Helper()
	if !eventually(func() bool { return strings.Contains(c.said(), what) }) {
		c.t.Fatalf("waited for %q, got %q", what, c.said())
	}
}

// ask sends a command and takes its answer, up to OK, an error or a prompt; what follows stays.
func (c *client) ask(command string) string {
	c.t.Helper()
	c.write(command + "\r")
	return c.answer()
}

func (c *client) answer() string {
	c.t.Helper()
	length := 0
	if !eventually(func() bool {
		length = answerLength(c.said())
		return length > 0
	}) {
		c.t.Fatalf("no whole answer: %q", c.said())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.got.Next(length))
}

// answerLength is how much of what was said belongs to the first answer, 0 if it has no end yet.
func answerLength(said string) int {
	at := 0
	for line := range strings.SplitAfterSeq(said, "\r\n") {
		at += len(line)
		words := strings.TrimSuffix(line, "\r\n")
		whole := words != line
		if words == "> " || whole && (words == "OK" || words == "ERROR" ||
			strings.HasPrefix(words, "+CME ERROR") || strings.HasPrefix(words, "+CMS ERROR")) {
			return at
		}
	}
	return 0
}

// expect asks and compares.
func (c *client) expect(command, want string) {
	c.t.Helper()
	if got := c.ask(command); got != want {
		c.t.Errorf("%s\ngot  %q\nwant %q", command, got, want)
	}
}

const ok = "\r\nOK\r\n"

// send sends a text in text mode, and gives the whole answer.
func (c *client) send(to, text string) string {
	c.t.Helper()
	c.ask("AT+CMGF=1")
	if got := c.ask(fmt.Sprintf("AT+CMGS=%q", to)); got != "\r\n> " {
		return got
	}
	return c.ask(text + "\x1a")
}

// eventually polls until it holds.
func eventually(holds func() bool) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if holds() {
			return true
		}
	}
	return holds()
}

// entries waits until the ledger has as many of a kind, and gives them.
func entries(t *testing.T, b *Bank, k Kind, count int) []Entry {
	t.Helper()
	var found []Entry
	if !eventually(func() bool {
		found = nil
		for _, e := range b.Network().Ledger(0, 1_000_000) {
			if e.Kind == k {
				found = append(found, e)
			}
		}
		return len(found) >= count
	}) {
		t.Fatalf("waited for %d entries %q, got %+v", count, k, b.Network().Ledger(0, 100))
	}
	if len(found) != count {
		t.Fatalf("%d entries %q, want %d: %+v", len(found), k, count, found)
	}
	return found
}
