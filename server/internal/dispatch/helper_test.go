package dispatch_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/dispatch"
	"drover/server/internal/dispatch/dispatchtest"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/postgres/postgrestest"
	"drover/server/internal/store"
)

// yard is a dispatcher on a real database, with lines and modems that do as the test says.
type yard struct {
	t        *testing.T
	store    *store.Store
	pool     *pgxpool.Pool
	registry *fleet.Registry
	wires    *dispatchtest.Wires
	modems   *dispatchtest.Modems
	paper    *paper
	seal     *identity.Seal
	of       fleet.Scope
	device   fleet.Device
	change   func(*dispatch.Config)

	mu    sync.Mutex
	speed *dispatch.Speed
	*dispatch.Dispatcher
	stop func()
}

// paper is a journal in memory.
type paper struct {
	mu      sync.Mutex
	records []fleet.Record
}

func (p *paper) Append(_ context.Context, records ...fleet.Record) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.records = append(p.records, records...)
	return nil
}

func (p *paper) all() []fleet.Record {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]fleet.Record(nil), p.records...)
}

// newYard has one device of a family, with a phone number, whose waits are short; change may alter the configuration.
func newYard(t *testing.T, family string, change func(*dispatch.Config)) *yard {
	t.Helper()
	url := postgrestest.New(t)
	s, err := store.Open(t.Context(), url, store.Options{Log: zerolog.Nop()})
	must(t, err)
	t.Cleanup(s.Close)
	pool, err := pgxpool.New(t.Context(), url)
	must(t, err)
	t.Cleanup(pool.Close)
	seal, err := identity.NewSeal(identity.NewKey(), "commands")
	must(t, err)
	y := &yard{t: t, store: s, pool: pool, registry: fleet.NewRegistry(), wires: &dispatchtest.Wires{},
		modems: &dispatchtest.Modems{TB: t, Pool: pool}, paper: &paper{}, seal: seal, change: change}
	org, err := s.CreateOrganization(t.Context(), "Yard")
	must(t, err)
	y.of = fleet.Scope{Organization: org.ID}
	y.device = y.add("352093081452251", family, "+49 170 12345")
	y.start()
	return y
}

// add makes a device in a vehicle of its own.
func (y *yard) add(id, family, phone string) fleet.Device {
	y.t.Helper()
	d, err := y.store.CreateDevice(y.t.Context(), y.of, store.NewDevice{Identity: id, Name: "Van " + id, Protocol: family, Phone: phone})
	must(y.t, err)
	y.reload()
	return d.Device
}

func (y *yard) reload() {
	y.t.Helper()
	snapshot, err := y.store.LoadRegistry(y.t.Context(), nil)
	must(y.t, err)
	y.registry.Replace(snapshot)
}

// start runs a dispatcher until stop, which the test's end calls too.
func (y *yard) start() {
	config := dispatch.Config{
		Store: y.store, Registry: y.registry, Lines: y.wires, SMS: y.modems, Protocols: all.Protocols(), Journal: y.paper,
		Seal: y.seal, CutSpeed: 20, Log: zerolog.Nop(),
		State: func(fleet.DeviceID) (dispatch.Speed, bool) {
			y.mu.Lock()
			defer y.mu.Unlock()
			if y.speed == nil {
				return dispatch.Speed{}, false
			}
			return *y.speed, true
		},
		Timing: dispatch.Timing{Answer: 300 * time.Millisecond, Crowded: 50 * time.Millisecond, Look: 50 * time.Millisecond,
			Wake: 400 * time.Millisecond, SMSAnswer: time.Hour},
	}
	if y.change != nil {
		y.change(&config)
	}
	y.Dispatcher = dispatch.New(config)
	y.modems.Changed = y.SMSChanged
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func(d *dispatch.Dispatcher) {
		defer close(done)
		_ = d.Run(ctx)
	}(y.Dispatcher)
	y.stop = sync.OnceFunc(func() { cancel(); <-done })
	y.t.Cleanup(y.stop)
}

func (y *yard) drives(kmh float64, ago time.Duration) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.speed = &dispatch.Speed{KMH: kmh, At: time.Now().Add(-ago)}
}

// ask asks for a command; wish "" is auto.
func (y *yard) ask(c protocols.Command, wish fleet.LineKind) dispatch.Request {
	if wish == "" {
		wish = fleet.LineAuto
	}
	return dispatch.Request{Device: y.device.ID, Command: c, Line: wish, TTL: time.Hour}
}

func (y *yard) send(r dispatch.Request) fleet.Command {
	y.t.Helper()
	c, err := y.Send(y.t.Context(), y.of, r)
	must(y.t, err)
	return c.Command
}

// becomes waits until a command is in a state, and gives it.
func (y *yard) becomes(c fleet.Command, state fleet.CommandState) fleet.Command {
	y.t.Helper()
	return y.until(c, string(state), func(c *fleet.Command) bool { return c.State == state })
}

func (y *yard) until(c fleet.Command, what string, ok func(*fleet.Command) bool) fleet.Command {
	y.t.Helper()
	var now store.CommandRow
	eventually(y.t, func() string { return fmt.Sprintf("%s: it is %s by %q: %s", what, now.State, now.Line, now.Reason) },
		func() bool {
			var err error
			now, err = y.store.Command(y.t.Context(), y.of, c.ID)
			must(y.t, err)
			return ok(&now.Command)
		})
	return now.Command
}

// text waits for the nth SMS.
func (y *yard) text(n int) fleet.SMS {
	y.t.Helper()
	eventually(y.t, func() string { return fmt.Sprintf("%d SMS", n) }, func() bool { return len(y.modems.Messages()) >= n })
	return y.modems.Messages()[n-1]
}

func custom(text string) protocols.Command {
	return protocols.Command{Kind: protocols.Custom, Text: text}
}

func says(text string) func(protocols.Command) (protocols.Result, error) {
	return func(protocols.Command) (protocols.Result, error) { return protocols.Result{Text: text}, nil }
}

func fails(err error) func(protocols.Command) (protocols.Result, error) {
	return func(protocols.Command) (protocols.Result, error) { return protocols.Result{}, err }
}

// eventually polls until ok.
func eventually(t *testing.T, what func() string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); !ok(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain for " + what())
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
