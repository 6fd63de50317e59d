package modem_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"drover/modem"
	"drover/modem/modemtest"
)

// keeper remembers what it was told, and fails when it is broken.
type keeper struct {
	mu       sync.Mutex
	broken   error
	messages []modem.Incoming
	reports  []modem.Report
	calls    int
}

func (k *keeper) Keep(_ context.Context, m modem.Incoming) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.calls++
	if k.broken == nil && !slices.ContainsFunc(k.messages, func(o modem.Incoming) bool { return o.Key == m.Key }) {
		k.messages = append(k.messages, m)
	}
	return k.broken
}

func (k *keeper) Report(_ context.Context, r modem.Report) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.calls++
	if k.broken == nil {
		k.reports = append(k.reports, r)
	}
	return k.broken
}

func (k *keeper) breakWith(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.broken = err
}

func (k *keeper) called() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.calls
}

func (k *keeper) kept() []modem.Incoming {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.messages)
}

func (k *keeper) reported() []modem.Report {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.reports)
}

// fast are limits for modems that answer at once, wide enough for a busy machine.
var fast = modem.Timing{
	Command: time.Second, Slow: time.Second, Prompt: time.Second, Send: 2 * time.Second, USSD: 2 * time.Second, Write: time.Second, Quiet: 20 * time.Millisecond, Keep: 5 * time.Second, Ping: 100 * time.Millisecond,
	Sweep: 300 * time.Millisecond, Register: 50 * time.Millisecond, Retry: 20 * time.Millisecond,
	RetryMax: 50 * time.Millisecond, Boot: 20 * time.Millisecond, Blocked: 50 * time.Millisecond,
	Barred: 500 * time.Millisecond, Hang: 2,
}

// bench is a pool with one scripted modem, "m".
type bench struct {
	*testing.T
	modem  *modemtest.Modem
	keeper *keeper
	pool   *modem.Pool
	mu     sync.Mutex
	phases []modem.Phase
}

// start runs a pool until the test ends, which is parallel: they mostly wait. change may alter its configuration.
func start(t *testing.T, m *modemtest.Modem, change func(*modem.Config)) *bench {
	t.Helper()
	t.Parallel()
	return run(t, m, change)
}

func run(t *testing.T, m *modemtest.Modem, change func(*modem.Config)) *bench {
	t.Helper()
	b := &bench{T: t, modem: m, keeper: &keeper{}}
	c := modem.Config{Lines: []modem.Line{{Name: "m", URL: "unix:m"}}, Keeper: b.keeper, Log: zerolog.Nop(), Open: m.Open,
		Timing: fast, Changed: b.changed}
	if change != nil {
		change(&c)
	}
	pool, err := modem.NewPool(c)
	if err != nil {
		t.Fatal(err)
	}
	b.pool = pool
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- pool.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(20 * time.Second):
			t.Error("the pool does not end")
		}
	})
	return b
}

func (b *bench) changed(s modem.State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.phases) == 0 || b.phases[len(b.phases)-1] != s.Phase {
		b.phases = append(b.phases, s.Phase)
	}
}

// been reports whether the modem was told to be in a phase.
func (b *bench) been(p modem.Phase) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Contains(b.phases, p)
}

func (b *bench) state() modem.State { return b.pool.States()[0] }

// until polls until ok.
func (b *bench) until(what string, ok func() bool) {
	b.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			b.Fatalf("%s: not within 20 s; %+v; commands %q", what, b.state(), last(b.modem.Commands(), 40))
		}
	}
}

func last(commands []string, n int) []string { return commands[max(0, len(commands)-n):] }

func (b *bench) phase(p modem.Phase) {
	b.Helper()
	b.until("phase "+string(p), func() bool { return b.state().Phase == p })
}

func (b *bench) ready() *bench {
	b.Helper()
	b.phase(modem.Ready)
	return b
}

// pdu is a plain command for a tracker.
func pdu(t *testing.T, to, text string) modem.PDU {
	t.Helper()
	p, err := modem.Encode(modem.Outgoing{To: to, Text: text, Plain: true, Report: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p[0]
}

func (b *bench) send(want modem.Outcome) modem.Receipt {
	b.Helper()
	r, err := b.pool.Send(context.Background(), "m", pdu(b.T, "+8829900000002", "RELAY,1#"))
	if err != nil || r.Outcome != want {
		b.Fatalf("sent with %+v, %v; want %s", r, err, want)
	}
	return r
}

func TestReady(t *testing.T) {
	b := start(t, modemtest.New(), nil).ready()
	s := b.state()
	if s.Manufacturer != "Scripted" || s.Model != "M1" || s.Firmware != "1.0" || s.IMEI != modemtest.IMEI ||
		s.ICCID != modemtest.ICCID || s.IMSI != modemtest.IMSI || s.MSISDN != modemtest.MSISDN || s.SMSC != "+8829900000000" {
		t.Errorf("identity %+v", s)
	}
	if s.Registration != modem.Home || s.PLMN != "90199" || s.Access != "lte" || s.LAC != "00A1" || s.CID != "0001B2C3" {
		t.Errorf("network %+v", s)
	}
	if s.SignalDBM == nil || *s.SignalDBM != -73 || *s.SignalPercent != 64 || s.StorageSize != 10 || s.PINState != "READY" {
		t.Errorf("signal, memory %+v", s)
	}
	r := b.send(modem.Sent)
	if r.Reference != 1 || r.ICCID != modemtest.ICCID || r.IMSI != modemtest.IMSI || r.At.IsZero() {
		t.Errorf("receipt %+v", r)
	}
	if got := b.modem.Sent(); len(got) != 1 || got[0][:2] != "00" {
		t.Errorf("the modem got %q", got)
	}
	if b.state().Sent != 1 {
		t.Errorf("%d sent", b.state().Sent)
	}
}

func TestSendIsRefusedWhereNothingCanBeSent(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CREG?", "+CREG: 2,2\n\nOK")
	b := start(t, m, nil)
	b.phase(modem.Registering)
	if _, err := b.pool.Send(t.Context(), "m", pdu(t, "5555", "x")); !errors.Is(err, modem.ErrNotReady) {
		t.Errorf("without a network: %v", err)
	}
	if _, err := b.pool.Send(t.Context(), "n", pdu(t, "5555", "x")); !errors.Is(err, modem.ErrNoModem) {
		t.Errorf("without a modem: %v", err)
	}
	if len(m.Sent()) != 0 {
		t.Error("it was sent")
	}
}

func TestSendOneAtATime(t *testing.T) {
	b := start(t, modemtest.New(), nil).ready()
	var all sync.WaitGroup
	var mu sync.Mutex
	references := map[byte]bool{}
	for range 8 {
		all.Go(func() {
			r, err := b.pool.Send(context.Background(), "m", pdu(t, "+8829900000002", "status"))
			mu.Lock()
			defer mu.Unlock()
			if err != nil || r.Outcome != modem.Sent || references[r.Reference] {
				t.Errorf("%+v, %v", r, err)
			}
			references[r.Reference] = true
		})
	}
	all.Wait()
	if n := len(b.modem.Sent()); n != 8 {
		t.Errorf("%d sent", n)
	}
}

func TestPauseAndReset(t *testing.T) {
	b := start(t, modemtest.New(), nil).ready()
	if err := b.pool.Pause("m", true); err != nil {
		t.Fatal(err)
	}
	b.phase(modem.Paused)
	if err := b.pool.Pause("m", false); err != nil {
		t.Fatal(err)
	}
	b.ready()
	if err := b.pool.Reset("m"); err != nil {
		t.Fatal(err)
	}
	b.until("reset", func() bool { return b.modem.Asked("+CFUN=1,1") == 1 })
	b.until("back", func() bool { return b.state().Restarts == 2 })
	b.ready()
	if err := b.pool.Reset("n"); !errors.Is(err, modem.ErrNoModem) {
		t.Errorf("%v", err)
	}
}

func TestConfigErrors(t *testing.T) {
	for name, c := range map[string]modem.Config{
		"no keeper":   {Lines: []modem.Line{{URL: "unix:m"}}},
		"no URL":      {Keeper: &keeper{}, Lines: []modem.Line{{}}},
		"scheme":      {Keeper: &keeper{}, Lines: []modem.Line{{URL: "http://m"}}},
		"no port":     {Keeper: &keeper{}, Lines: []modem.Line{{URL: "tcp://m"}}},
		"baud":        {Keeper: &keeper{}, Lines: []modem.Line{{URL: "serial:/dev/x?baud=3"}}},
		"imei":        {Keeper: &keeper{}, Lines: []modem.Line{{URL: "serial:/dev/x?imei=3"}}},
		"option":      {Keeper: &keeper{}, Lines: []modem.Line{{URL: "serial:/dev/x?parity=3"}}},
		"PIN":         {Keeper: &keeper{}, Lines: []modem.Line{{URL: "unix:m", PIN: "12"}}},
		"balance":     {Keeper: &keeper{}, Lines: []modem.Line{{URL: "unix:m", Balance: "AT"}}},
		"same name":   {Keeper: &keeper{}, Lines: []modem.Line{{Name: "a", URL: "unix:m"}, {Name: "a", URL: "unix:n"}}},
		"same device": {Keeper: &keeper{}, Lines: []modem.Line{{URL: "unix:m"}, {URL: "unix:m"}}},
	} {
		if p, err := modem.NewPool(c); err == nil || p != nil {
			t.Errorf("%s: accepted", name)
		}
	}
	p, err := modem.NewPool(modem.Config{Keeper: &keeper{}, Lines: []modem.Line{{URL: "unix:m"}, {URL: "tcp://[::1]:7000"}}})
	if err != nil || p.States()[1].Name != "modem1" || p.States()[0].Phase != modem.Absent {
		t.Errorf("%v", err)
	}
}
