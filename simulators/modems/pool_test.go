package modems_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"drover/modem"
	"drover/simulators/modems"
)

const (
	vehicle  = "+8829900000042" // answers what is sent to it
	patience = time.Minute      // that a test has with what must come; the machine may be slow
)

// paces are limits for modems that answer at once, wide enough for a busy machine.
var paces = modem.Timing{
	Command: time.Second, Slow: 2 * time.Second, Prompt: time.Second, Send: 3 * time.Second, USSD: 3 * time.Second,
	Write: time.Second, Quiet: 30 * time.Millisecond, Ping: 200 * time.Millisecond, Sweep: 300 * time.Millisecond,
	Register: 100 * time.Millisecond, Retry: 50 * time.Millisecond, RetryMax: 200 * time.Millisecond,
	Boot: 100 * time.Millisecond, Blocked: 200 * time.Millisecond, Barred: 500 * time.Millisecond,
}

// bench is a pool with simulated modems, for one test or, by in, for another.
type bench struct {
	*testing.T
	*stand
}

// stand is all of a bench, and what it sent and kept.
type stand struct {
	*keeper
	bank  *modems.Bank
	pool  *modem.Pool
	wire  wire
	power atomic.Bool // the hook can take it away

	mu     sync.Mutex
	phases []modem.Phase // of all modems
	sent   []attempt
}

// in is the same bench in a subtest.
func (b *bench) in(t *testing.T) *bench { return &bench{t, b.stand} }

// attempt is a message that was given to the pool, and what it said of it.
type attempt struct {
	text string
	modem.Receipt
	err error
}

// start runs a pool with lines m0… for the bank's modems, until the test ends. url is where it looks for one of them.
func start(t *testing.T, c modems.Config, url func(*modems.Bank, int) string) *bench {
	t.Helper()
	c.Network.LoopLimit = 1000
	bank, err := modems.Start(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bank.Close)
	bank.Network().Attach(vehicle, modems.PhoneFunc(func(_, text string) []modems.Reply {
		return []modems.Reply{{Text: "echo " + text}}
	}))
	b := &bench{t, &stand{keeper: newKeeper(), bank: bank}}
	config := modem.Config{Keeper: b.keeper, Log: zerolog.Nop(), Timing: paces, Changed: b.changed, Open: b.wire.open,
		Recover: b.hook}
	for i := range bank.Count() {
		config.Lines = append(config.Lines, modem.Line{Name: fmt.Sprintf("m%d", i), URL: url(bank, i), PIN: c.PIN})
	}
	if b.pool, err = modem.NewPool(config); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.pool.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(patience):
			t.Error("the pool does not end")
		}
		if t.Failed() {
			t.Logf("states %+v\nsaid last:\n%s", b.pool.States(), b.wire.last())
		}
	})
	return b
}

// hook is asked to take the first modem's power away for a moment, and does if there is power to take.
func (b *bench) hook(context.Context, modem.Line) error {
	if !b.power.Load() {
		return errors.New("there is no switch")
	}
	b.bank.Modem(0).Reboot(100 * time.Millisecond)
	return nil
}

func (b *bench) changed(s modem.State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.phases = append(b.phases, s.Phase)
}

// been reports whether a modem was in a phase after the first n changes.
func (b *bench) been(p modem.Phase, n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Contains(b.phases[n:], p)
}

func (b *bench) changes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.phases)
}

// until polls until it holds.
func (b *bench) until(what string, holds func() bool) {
	b.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			b.Fatalf("%s: not within %s", what, patience)
		}
	}
}

// ready waits until all modems are, without a complaint.
func (b *bench) ready() {
	b.Helper()
	b.until("ready", func() bool {
		return !slices.ContainsFunc(b.pool.States(), func(s modem.State) bool { return s.Phase != modem.Ready })
	})
}

// send gives a vehicle's command to a modem.
func (b *bench) send(name, text string) attempt {
	b.Helper()
	p, err := modem.Encode(
		modem.Outgoing{To: vehicle, Text: text, Plain: true, Report: true, Validity: time.Hour}, nil)
	if err != nil {
		b.Fatal(err)
	}
	a := attempt{text: text}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	a.Receipt, a.err = b.pool.Send(ctx, name, p[0])
	if a.err != nil && !errors.Is(a.err, modem.ErrNotReady) {
		b.Errorf("%s: %v", text, a.err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent = append(b.sent, a)
	return a
}

// exchange sends until the network has taken a message, and waits for the vehicle's answer and the delivery report.
func (b *bench) exchange(name, text string) {
	b.Helper()
	var a attempt
	n := 0
	b.until("sent: "+text, func() bool {
		n++
		a = b.send(name, fmt.Sprintf("%s, try %d", text, n))
		return a.Outcome == modem.Sent
	})
	b.until("the answer to "+a.text, func() bool { return b.kept()["echo "+a.text] == 1 })
	b.until("the report of "+a.text, func() bool { return b.reports(a.Reference, modem.Delivered) > 0 })
}

func (b *bench) attempts() []attempt {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.sent)
}

// wire remembers what modems and pool said to each other.
type wire struct {
	mu    sync.Mutex
	lines []line
}

type line struct {
	at   time.Time
	pool bool // else a modem
	text string
}

func (w *wire) open(ctx context.Context, url string) (io.ReadWriteCloser, error) {
	port, err := modem.Open(ctx, url)
	return &tapped{port, w}, err
}

func (w *wire) note(pool bool, b []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, line{time.Now(), pool, string(b)})
}

func (w *wire) since(n int) []line {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.lines[min(n, len(w.lines)):])
}

// last is what was said last, for people.
func (w *wire) last() (text string) {
	all := w.since(0)
	for _, s := range all[max(0, len(all)-200):] {
		text += fmt.Sprintf("%s %s %q\n", s.at.Format("05.000"), map[bool]string{true: ">", false: "<"}[s.pool], s.text)
	}
	return text
}

type tapped struct {
	io.ReadWriteCloser
	wire *wire
}

func (t *tapped) Read(b []byte) (int, error) {
	n, err := t.ReadWriteCloser.Read(b)
	t.wire.note(false, b[:n])
	return n, err
}

func (t *tapped) Write(b []byte) (int, error) {
	t.wire.note(true, b)
	return t.ReadWriteCloser.Write(b)
}
