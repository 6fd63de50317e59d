package sms

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/rs/zerolog"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/postgres/postgrestest"
	"drover/server/internal/store"
)

// scripted is a pool whose modems do what a test says.
type scripted struct {
	mu     sync.Mutex
	states map[string]modem.State
	sent   []sentPDU
	send   func(name string, pdu modem.PDU) (modem.Receipt, error) // nil: the network takes all
	next   byte
	paused map[string]bool
}

type sentPDU struct {
	modem string
	pdu   modem.PDU
	at    time.Time
}

func newScripted(names ...string) *scripted {
	p := &scripted{states: map[string]modem.State{}, paused: map[string]bool{}}
	for i, name := range names {
		p.states[name] = modem.State{Name: name, Phase: modem.Ready, ICCID: iccidOf(i), IMSI: "20801000000000" + fmt.Sprint(i)}
	}
	return p
}

func iccidOf(i int) string { return fmt.Sprintf("893301000000000000%d", i) }

func (p *scripted) Send(_ context.Context, name string, pdu modem.PDU) (modem.Receipt, error) {
	p.mu.Lock()
	s, send := p.states[name], p.send
	p.next++
	reference := p.next
	p.mu.Unlock()
	if s.Phase != modem.Ready {
		return modem.Receipt{}, errors.New("modem " + name + " is not ready")
	}
	r, err := modem.Receipt{Outcome: modem.Sent, Reference: reference, ICCID: s.ICCID, At: time.Now()}, error(nil)
	if send != nil {
		if r, err = send(name, pdu); r.Outcome == modem.Sent {
			r.Reference = reference
		}
	}
	if err == nil && r.ICCID == "" {
		r.ICCID, r.At = s.ICCID, time.Now()
	}
	if err == nil && r.Outcome != modem.Failed {
		p.mu.Lock()
		p.sent = append(p.sent, sentPDU{name, pdu, time.Now()})
		p.mu.Unlock()
	}
	return r, err
}

func (p *scripted) Pause(name string, on bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.paused[name] = on
	return nil
}

func (p *scripted) States() []modem.State {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []modem.State
	for _, s := range p.states {
		all = append(all, s)
	}
	return all
}

func (p *scripted) set(name string, change func(*modem.State)) modem.State {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.states[name]
	change(&s)
	p.states[name] = s
	return s
}

func (p *scripted) ledger() []sentPDU {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]sentPDU(nil), p.sent...)
}

// desk is a Desk on a real database.
type desk struct {
	*Desk
	t      *testing.T
	pool   *scripted
	store  *store.Store
	sql    *pgxpool.Pool
	scope  fleet.Scope // of the organization that runs the server
	device store.DeviceRow
	stop   func()

	mu      sync.Mutex
	changed []fleet.SMS
	heard   []fleet.SMS
}

const trackerPhone = "+33612345678"

// newDesk makes one with a device whose number is trackerPhone; it does not run yet.
func newDesk(t *testing.T, pool *scripted, lines ...modem.Line) *desk {
	t.Helper()
	url := postgrestest.New(t)
	s, err := store.Open(t.Context(), url, store.Options{Log: zerolog.Nop()})
	must(t, err)
	t.Cleanup(s.Close)
	d := &desk{t: t, pool: pool, store: s, stop: func() {}}
	d.sql, err = pgxpool.New(t.Context(), url)
	must(t, err)
	t.Cleanup(d.sql.Close)
	org, err := s.CreateOrganization(t.Context(), "First")
	must(t, err)
	d.scope = fleet.Scope{Organization: org.ID}
	d.device, err = s.CreateDevice(t.Context(), d.scope, store.NewDevice{Identity: "352093081452990", Phone: "0612 34 56 78"})
	must(t, err)
	d.build(lines)
	return d
}

func (d *desk) build(lines []modem.Line) {
	d.t.Helper()
	var err error
	d.Desk, err = New(Config{
		Pool: d.pool, Store: d.store, Lines: lines, Log: zerolog.Nop(), Every: 50 * time.Millisecond, BalanceAlarm: 5,
		Policy: Policy{Backoff: []time.Duration{20 * time.Millisecond, 20 * time.Millisecond}, Unasked: 20 * time.Millisecond},
		Changed: func(m fleet.SMS) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.changed = append(d.changed, m)
		},
		Heard: func(_ context.Context, m fleet.SMS) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.heard = append(d.heard, m)
			return nil
		},
	})
	must(d.t, err)
}

// run sets it to work until stop, or the test ends.
func (d *desk) run() {
	ctx, cancel := context.WithCancel(context.WithoutCancel(d.t.Context()))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = d.Run(ctx) // it ends with ctx
	}()
	d.stop = sync.OnceFunc(func() { cancel(); <-done })
	d.t.Cleanup(d.stop)
}

// restart is a server that ends in order and starts again.
func (d *desk) restart(lines ...modem.Line) {
	d.stop()
	d.build(lines)
	d.run()
}

func (d *desk) queue(m fleet.SMS) fleet.SMS {
	d.t.Helper()
	m.Organization = d.scope.Organization
	if m.Peer == "" {
		m.Peer = trackerPhone
	}
	if m.Text == "" {
		m.Text = "getgps"
	}
	m, err := d.Queue(d.t.Context(), m, 0)
	must(d.t, err)
	return m
}

func (d *desk) get(id fleet.SMSID) store.SMSRow {
	d.t.Helper()
	m, err := d.store.SMSByID(d.t.Context(), d.scope, id)
	must(d.t, err)
	return m
}

// reaches polls until an SMS is in a state.
func (d *desk) reaches(id fleet.SMSID, state fleet.SMSState) store.SMSRow {
	d.t.Helper()
	var m store.SMSRow
	eventually(d.t, func() bool { m = d.get(id); return m.State == state }, func() string {
		return fmt.Sprintf("SMS %d is %s (%s), not %s", id, m.State, m.Reason, state)
	})
	return m
}

func (d *desk) exec(sql string, args ...any) {
	d.t.Helper()
	_, err := d.sql.Exec(d.t.Context(), sql, args...)
	must(d.t, err)
}

func eventually(t *testing.T, ok func() bool, otherwise func() string) {
	t.Helper()
	for limit := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatal(otherwise())
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
