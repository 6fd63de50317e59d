package sms

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// What callers tell apart with errors.Is.
var (
	ErrFull = errors.New("too many SMS wait to be sent")
	ErrGone = errors.New("a modem has had the SMS already")
)

const (
	maxQueue        = 100_000            // messages that wait
	inHand          = 2                  // messages that a modem is given or is about to be
	defaultValidity = 24 * time.Hour     // of a message
	maxValidity     = 7 * 24 * time.Hour // networks keep them hardly longer
	every           = 30 * time.Second   // the time after which time itself is looked at
)

// Pool is what the desk asks of modem.Pool.
type Pool interface {
	Send(ctx context.Context, name string, pdu modem.PDU) (modem.Receipt, error)
	Pause(name string, on bool) error
	States() []modem.State
}

// Config is what a Desk needs.
type Config struct {
	Pool  Pool // may be set after New and before Run, since a pool wants its desk first
	Store Store
	Lines []modem.Line // those of the pool
	// Changed is told of an outgoing SMS that got another state. It must not block. May be nil.
	Changed func(fleet.SMS)
	// Heard acts on a whole SMS of a known device, which is stored. An error has it tried again later, for a day. It must
	// be idempotent: after a crash it is given the same again. nil: they are only filed.
	Heard func(context.Context, fleet.SMS) error
	// BalanceAlarm is the balance in the SIM's currency under which a modem's is worth an alarm; 0: none.
	BalanceAlarm float64
	Policy       Policy
	Every        time.Duration // between looks at what time has settled; 0 means 30 s
	Log          zerolog.Logger
	Metrics      prometheus.Registerer // may be nil
}

// Desk sends and files.
type Desk struct {
	Config
	metrics  *metrics
	couriers []*courier

	wake     chan struct{} // the postman looks again
	heard    chan struct{} // the teller does
	noticed  chan struct{} // the watch does
	outcomes chan outcome  // from the couriers to the postman

	mu         sync.Mutex
	arrived    []fleet.SMSWaiting     // queued since the postman last looked
	waiting    int                    // in the queue, the arrived and those in hand included
	lanes      map[laneKey]*lane      // what waits
	usages     map[string]*usage      // of each SIM, by ICCID
	references map[string]byte        // the last that joined the parts of a text, by recipient
	reports    []earlyReport          // that fit nothing yet
	states     map[string]modem.State // changed since the watch last looked
}

// New makes a desk; Run sets it to work. The modems' pool calls its Keep, Report and ModemChanged from then on.
func New(c Config) (*Desk, error) {
	if c.Every == 0 {
		c.Every = every
	}
	if c.Changed == nil {
		c.Changed = func(fleet.SMS) {}
	}
	c.Policy = c.Policy.withDefaults()
	d := &Desk{
		Config: c, wake: make(chan struct{}, 1), heard: make(chan struct{}, 1), noticed: make(chan struct{}, 1),
		outcomes: make(chan outcome), lanes: map[laneKey]*lane{}, usages: map[string]*usage{},
		references: map[string]byte{}, states: map[string]modem.State{},
	}
	for _, line := range c.Lines {
		d.couriers = append(d.couriers, &courier{desk: d, line: line, jobs: make(chan job, inHand)})
	}
	var err error
	d.metrics, err = newMetrics(c.Metrics)
	return d, err
}

// Run works until ctx ends. What a modem is sending then is waited for.
func (d *Desk) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return d.runPostman(ctx) })
	group.Go(func() error { return d.runTeller(ctx) })
	group.Go(func() error { return d.runWatch(ctx) })
	for _, c := range d.couriers {
		group.Go(func() error { return c.run(ctx) })
	}
	return group.Wait()
}

// Queue stores an SMS to go, and gives it as it is stored. Without an ICCID it is sent by the SIM that its device
// obeys, or that sent to the number last. It is tried until m.Expires (zero: for validity), and the network keeps it
// for validity (0: a day; at most a week). Its errors are modem.ErrEmpty, ErrNotGSM7, ErrTooLong and ErrNumber, before
// anything is stored, and ErrFull.
func (d *Desk) Queue(ctx context.Context, m fleet.SMS, validity time.Duration) (fleet.SMS, error) {
	m.Peer = fleet.Number(m.Peer)
	if validity <= 0 {
		validity = defaultValidity
	}
	m.Validity = min(validity, maxValidity)
	if m.Expires.IsZero() {
		m.Expires = time.Now().Add(m.Validity)
	}
	pdus, err := modem.Encode(modem.Outgoing{
		To: m.Peer, Text: m.Text, Plain: m.Plain, Validity: m.Validity, Report: true,
	}, d.reference)
	if err != nil {
		return m, err
	}
	if m.ICCID == "" {
		if m.ICCID, m.Strict, err = d.Store.SMSSender(ctx, m.Device, m.Peer); err != nil {
			return m, err
		}
	}
	if !d.reserve() {
		return m, ErrFull
	}
	tpdus := make([][]byte, len(pdus))
	for i := range pdus {
		tpdus[i] = pdus[i].TPDU
	}
	m.Reason = d.whyNot(m.Peer, m.ICCID, m.Strict)
	if m, err = d.Store.QueueSMS(ctx, m, tpdus); err != nil {
		d.release()
		return m, fmt.Errorf("queue SMS: %w", err)
	}
	d.mu.Lock()
	d.arrived = append(d.arrived, fleet.SMSWaiting{
		ID: m.ID, Peer: m.Peer, ICCID: m.ICCID, Strict: m.Strict, Priority: m.Priority, Due: m.Due, Expires: m.Expires,
		Parts: len(tpdus),
	})
	d.mu.Unlock()
	signal(d.wake)
	return m, nil
}

// Cancel takes back an SMS that no modem has yet, also one that carries a command; otherwise ErrGone. Whoever cancels
// is not told by Changed.
func (d *Desk) Cancel(ctx context.Context, id fleet.SMSID) error {
	_, err := d.Store.EndSMS(ctx, id)
	if errors.Is(err, store.ErrHeld) {
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	return err
}

// Able says how many modems could send now, and if none can, why, for people.
func (d *Desk) Able() (ready int, why string) {
	seats := d.seats()
	for i := range seats {
		if seats[i].Free {
			ready++
		}
	}
	if ready == 0 {
		why = d.whyNot("", "", false)
	}
	return ready, why
}

// whyNot says why no modem could send to a number now; "": one could.
func (d *Desk) whyNot(to, iccid string, only bool) string {
	_, reason, ok := modem.Choose(d.seats(), modem.Wish{To: to, Sticky: iccid, Strict: only})
	if ok {
		return ""
	}
	return reason
}

// seats are the modems, the ready ones of which are free, whatever their limits.
func (d *Desk) seats() []modem.Seat {
	byName := map[string]modem.State{}
	for _, s := range d.Pool.States() {
		byName[s.Name] = s
	}
	seats := make([]modem.Seat, len(d.couriers))
	for i, c := range d.couriers {
		s := byName[c.line.Name]
		seats[i] = modem.Seat{Modem: c.line.Name, ICCID: s.ICCID, Prefixes: c.line.Prefixes,
			Waiting: int(c.inHand.Load()), Free: isReady(s.Phase)}
	}
	return seats
}

func isReady(p modem.Phase) bool { return p == modem.Ready || p == modem.Degraded }

// reference gives the next number that joins the parts of a text to one recipient. The first is random, so that a
// restart does not join new parts with old ones.
func (d *Desk) reference(to string) byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	last, known := d.references[to]
	if !known {
		if len(d.references) >= maxQueue {
			clear(d.references)
		}
		var random [1]byte
		_, _ = rand.Read(random[:]) // never fails (crypto/rand)
		last = random[0]
	}
	d.references[to] = last + 1
	return last + 1
}

// reserve takes a place in the queue, if there is one.
func (d *Desk) reserve() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.waiting >= maxQueue {
		return false
	}
	d.waiting++
	return true
}

func (d *Desk) release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting--
}

// signal wakes who waits on a channel of one place, at most once.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
