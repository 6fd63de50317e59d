package trackers

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
)

// limit is how long a test waits for anything.
const limit = 20 * time.Second

// server is the far end of the vehicles' lines. What it answers is the test's script.
type server struct {
	t        testing.TB
	protocol *protocols.Protocol
	listener net.Listener
}

func newServer(t testing.TB, protocol string) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return &server{t: t, protocol: all.Named(protocol), listener: l}
}

// ports is the setting that brings the vehicles here.
func ports(protocol string, a net.Addr) string {
	return protocol + "=" + a.String()[strings.LastIndexByte(a.String(), ':')+1:]
}

func (s *server) config() Config {
	return Config{Count: 1, First: 1, Protocols: []string{s.protocol.Name}, Server: "127.0.0.1",
		Ports: ports(s.protocol.Name, s.listener.Addr()), StartAgo: time.Hour, AckTimeout: limit, Backlog: 1000}
}

// call is one line to the server.
type call struct {
	t      testing.TB
	conn   net.Conn
	codec  protocols.Codec
	unread []byte
	heard  []protocols.Message
}

// accept waits for the next line.
func (s *server) accept() *call {
	s.t.Helper()
	if err := s.listener.(*net.TCPListener).SetDeadline(time.Now().Add(limit)); err != nil {
		s.t.Fatal(err)
	}
	conn, err := s.listener.Accept()
	if err != nil {
		s.t.Fatalf("no vehicle calls: %v", err)
	}
	s.t.Cleanup(func() { conn.Close() })
	return &call{t: s.t, conn: conn, codec: s.protocol.Codec(protocols.TCP)}
}

// next is the next message; nil when the vehicle has hung up.
func (c *call) next() *protocols.Message {
	c.t.Helper()
	for len(c.heard) == 0 {
		data := c.read()
		if data == nil {
			return nil
		}
		c.unread = append(c.unread, data...)
		used, err := protocols.Frames(c.codec, c.unread, false, func(frame []byte) error {
			m, err := c.codec.Decode(frame, time.Now().UTC())
			c.heard = append(c.heard, m)
			return err
		})
		if err != nil {
			c.t.Fatalf("the vehicle said % x: %v", c.unread, err)
		}
		c.unread = c.unread[used:]
	}
	m := c.heard[0]
	c.heard = c.heard[1:]
	return &m
}

// read is what arrives next; nil when the vehicle has hung up.
func (c *call) read() []byte {
	c.t.Helper()
	if err := c.conn.SetReadDeadline(time.Now().Add(limit)); err != nil {
		c.t.Fatal(err)
	}
	b := make([]byte, 4096)
	n, err := c.conn.Read(b)
	if os.IsTimeout(err) {
		c.t.Fatal("the vehicle says nothing")
	}
	if err != nil {
		return nil
	}
	return b[:n]
}

func (c *call) say(b []byte) {
	c.t.Helper()
	if _, err := c.conn.Write(b); err != nil {
		c.t.Fatal(err)
	}
}

// welcome answers a login.
func (c *call) welcome() *call {
	c.t.Helper()
	m := c.next()
	if m == nil || m.Device != Identity(1) || len(m.Positions) > 0 {
		c.t.Fatalf("the first message is no login of %s: %+v", Identity(1), m)
	}
	c.say(m.Reply)
	return c
}

// report is the next message, which has positions.
func (c *call) report(n int) *protocols.Message {
	c.t.Helper()
	m := c.next()
	if m == nil || len(m.Positions) != n {
		c.t.Fatalf("the message has not %d positions: %+v", n, m)
	}
	return m
}

// ended waits until the vehicle hangs up.
func (c *call) ended() {
	c.t.Helper()
	for c.next() != nil {
	}
}

// run is a Run in the background.
type run struct {
	t       testing.TB
	stop    context.CancelFunc
	done    chan struct{}
	ledger  bytes.Buffer
	summary Summary
	err     error
}

func start(t testing.TB, c Config) *run {
	ctx, cancel := context.WithCancel(t.Context())
	r := &run{t: t, stop: cancel, done: make(chan struct{})}
	if c.Ledger == nil {
		c.Ledger = &r.ledger
	}
	go func() {
		defer close(r.done)
		r.summary, r.err = Run(ctx, c, func(Summary) {})
	}()
	return r
}

// wait waits until the run ends, and gives its ledger's lines.
func (r *run) wait() []string {
	r.t.Helper()
	select {
	case <-r.done:
	case <-time.After(limit):
		r.t.Fatal("the run does not end")
	}
	return strings.Fields(strings.ReplaceAll(r.ledger.String(), "\t", "|"))
}

// lines is what the ledger should say of positions that the server has understood.
func lines(identity string, positions ...protocols.Position) []string {
	var out []string
	for _, p := range positions {
		units := func(v, unit float64) int64 { return int64(math.Round(v * unit)) }
		out = append(out, fmt.Sprintf("%s|%d|%d|%d|%d|%d", identity, p.Time.UnixMilli(), units(p.Latitude, 1e7),
			units(p.Longitude, 1e7), units(p.Speed.Value, 10), units(p.Course.Value, 10)))
	}
	return out
}
