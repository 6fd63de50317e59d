package gateway

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// patience is how long these tests wait for what must happen.
const patience = 10 * time.Second

// house is a running gateway and what stands around it.
type house struct {
	tb       testing.TB
	gate     *Gateway
	journal  *paper
	registry *fleet.Registry
	knocks   *doorbell
	misreads *waste
	log      *safeBuffer
	arrivals chan fleet.DeviceID
	metrics  *prometheus.Registry
	stop     context.CancelFunc
	done     chan struct{}
}

// newHouse starts a gateway for both test families on free ports; change may alter the configuration.
func newHouse(tb testing.TB, change func(*Config)) *house {
	tb.Helper()
	h := &house{tb: tb, journal: &paper{}, registry: fleet.NewRegistry(), knocks: &doorbell{}, misreads: &waste{}, log: &safeBuffer{},
		arrivals: make(chan fleet.DeviceID, 1000), metrics: prometheus.NewRegistry(), done: make(chan struct{})}
	h.know(fleet.Device{ID: 1, Identity: "one"},
		fleet.Device{ID: 2, Identity: "two", Protocol: "talkative", Model: "T2"},
		fleet.Device{ID: 3, Identity: "off", Disabled: true}, fleet.Device{ID: 4, Identity: "loud", Protocol: "shouting"})
	config := Config{
		Ports: []Port{
			{Protocol: talkative, Address: "127.0.0.1:0", UDP: true},
			{Protocol: shouting, Address: "127.0.0.1:0"},
			{Address: "127.0.0.1:0", UDP: true},
		},
		Protocols: []*protocols.Protocol{talkative, shouting, hesitant}, Misreads: h.misreads, Journal: h.journal, Registry: h.registry, Knocks: h.knocks,
		Log: zerolog.New(h.log), Metrics: h.metrics,
		Arrived: func(d fleet.DeviceID) {
			select {
			case h.arrivals <- d:
			default: // benchmarks do not look
			}
		},
		Limits: Limits{Trial: 50 * time.Millisecond},
	}
	if change != nil {
		change(&config)
	}
	var err error
	if h.gate, err = New(config); err != nil {
		tb.Fatal(err)
	}
	var ctx context.Context
	ctx, h.stop = context.WithCancel(context.Background())
	go func() {
		defer close(h.done)
		if err := h.gate.Run(ctx); err != nil {
			tb.Error(err)
		}
	}()
	tb.Cleanup(h.close)
	return h
}

func (h *house) close() {
	h.stop()
	select {
	case <-h.done:
	case <-time.After(patience):
		h.tb.Error("the gateway does not stop")
	}
}

func (h *house) know(devices ...fleet.Device) { h.registry.Replace(fleet.NewSnapshot(devices, nil)) }

// caller is a tracker's end of a line.
type caller struct {
	tb   testing.TB
	conn net.Conn
	read *bufio.Reader
}

// greet dials and is let in as a device.
func (h *house) greet(n protocols.Network, device string) *caller {
	h.tb.Helper()
	c := h.dial("talkative", n)
	line := "hello " + device
	if n == protocols.TCP {
		line += "\n"
	}
	c.say(line)
	c.expect("welcome")
	return c
}

func (h *house) dial(protocol string, n protocols.Network) *caller {
	h.tb.Helper()
	at, ok := h.gate.Addr(protocol, n)
	if !ok {
		h.tb.Fatalf("no %s port for %s", n, protocol)
	}
	conn, err := net.Dial(n.String(), at.String())
	if err != nil {
		h.tb.Fatal(err)
	}
	h.tb.Cleanup(func() { conn.Close() })
	return newCaller(h.tb, conn)
}

func newCaller(tb testing.TB, conn net.Conn) *caller {
	return &caller{tb: tb, conn: conn, read: bufio.NewReader(conn)}
}

func (c *caller) say(text string) {
	c.tb.Helper()
	if _, err := c.conn.Write([]byte(text)); err != nil {
		c.tb.Fatal(err)
	}
}

// expect reads exactly these lines.
func (c *caller) expect(lines ...string) {
	c.tb.Helper()
	c.conn.SetReadDeadline(time.Now().Add(patience))
	for _, want := range lines {
		got, err := c.read.ReadString('\n')
		if err != nil || got != want+"\n" {
			c.tb.Fatalf("got %q, %v; want %q", got, err, want)
		}
	}
}

// expectAnyOrder reads these lines, in whatever order they come.
func (c *caller) expectAnyOrder(lines ...string) {
	c.tb.Helper()
	for range lines {
		c.conn.SetReadDeadline(time.Now().Add(patience))
		line, err := c.read.ReadString('\n')
		i := slices.Index(lines, strings.TrimSuffix(line, "\n"))
		if err != nil || i < 0 {
			c.tb.Fatalf("heard %q, %v, want one of %q", line, err, lines)
		}
		lines = slices.Delete(slices.Clone(lines), i, i+1)
	}
}

// expectClosed reads until the gateway hangs up; nothing more may come.
func (c *caller) expectClosed() {
	c.tb.Helper()
	c.conn.SetReadDeadline(time.Now().Add(patience))
	got, err := c.read.ReadString('\n')
	var timeout net.Error
	if got != "" || err == nil || errors.As(err, &timeout) && timeout.Timeout() {
		c.tb.Fatalf("got %q, %v; want a closed line", got, err)
	}
}

// expectSilence says that nothing comes for a moment.
func (c *caller) expectSilence() {
	c.tb.Helper()
	c.conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if got, err := c.read.ReadString('\n'); !isTimeout(err) {
		c.tb.Fatalf("got %q, %v; want silence", got, err)
	}
}

func isTimeout(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

// until polls until ok or patience is over.
func until(tb testing.TB, what string, ok func() bool) {
	tb.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); !ok(); <-tick.C {
		if time.Now().After(deadline) {
			tb.Fatalf("waited in vain for: %s", what)
		}
	}
}

// metric is the sum of a family's values whose labels include all of those given ("name=value").
func (h *house) metric(name string, labels ...string) float64 {
	h.tb.Helper()
	families, err := h.metrics.Gather()
	if err != nil {
		h.tb.Fatal(err)
	}
	sum := 0.0
	for _, f := range families {
		if f.GetName() != "drover_gateway_"+name {
			continue
		}
		for _, m := range f.GetMetric() {
			have := map[string]bool{}
			for _, l := range m.GetLabel() {
				have[l.GetName()+"="+l.GetValue()] = true
			}
			if !slices.ContainsFunc(labels, func(l string) bool { return !have[l] }) {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return sum
}

// paper is a journal in memory that can be slow or broken.
type paper struct {
	mu      sync.Mutex
	groups  [][]fleet.Record
	broken  error
	hold    chan struct{} // appends wait until it is closed
	waiting int
	forget  bool // what was appended
}

func (p *paper) Append(ctx context.Context, records ...fleet.Record) error {
	p.mu.Lock()
	hold := p.hold
	p.waiting++
	p.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting--
	if p.broken != nil {
		return p.broken
	}
	if p.forget {
		return nil
	}
	p.groups = append(p.groups, append([]fleet.Record(nil), records...))
	return nil
}

func (p *paper) set(hold chan struct{}, broken error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hold, p.broken = hold, broken
}

func (p *paper) inFlight() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.waiting
}

func (p *paper) records() []fleet.Record {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []fleet.Record
	for _, g := range p.groups {
		all = append(all, g...)
	}
	return all
}

func (p *paper) events() []fleet.Event {
	var all []fleet.Event
	for _, r := range p.records() {
		if r.Event != nil {
			all = append(all, *r.Event)
		}
	}
	return all
}

// doorbell remembers knocks.
type doorbell struct {
	mu    sync.Mutex
	heard []fleet.Knock
}

func (d *doorbell) Knock(k fleet.Knock) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard = append(d.heard, k)
}

func (d *doorbell) all() []fleet.Knock {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]fleet.Knock(nil), d.heard...)
}

// safeBuffer is a log that can be read while it is written.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// waste is the test's Misreads.
type waste struct {
	mu   sync.Mutex
	kept []fleet.Misread
}

func (w *waste) Misread(m fleet.Misread) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.kept = append(w.kept, m)
}

func (w *waste) all() []fleet.Misread {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.kept)
}
