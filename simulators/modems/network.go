package modems

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"github.com/warthog618/sms/encoding/tpdu"
)

// Status of delivery reports (TP-ST, 3GPP TS 23.040, clause 9.2.3.15).
const (
	StatusReceived      = 0x00
	StatusTrying        = 0x30 // congestion, the centre still tries
	StatusNotObtainable = 0x43
	StatusExpired       = 0x46
	StatusCongestion    = 0x60 // and the centre tries no more
)

// NetworkConfig says how the network carries messages. Zero values are the defaults.
type NetworkConfig struct {
	Transit     time.Duration // from sender to recipient; 0: at once
	ReportDelay time.Duration // from delivery to its report; 0: at once
	Validity    time.Duration // of messages that name none; 0: 72 h
	AckTimeout  time.Duration // how long a modem waits for AT+CNMA before it stores instead; 0: 15 s
	LoopLimit   int           // answers of a Phone to one sender in a minute before it is silenced; 0: 20
	LedgerLimit int           // messages noted before the network refuses more; 0: 1,000,000
}

func (c NetworkConfig) withDefaults() NetworkConfig {
	orDuration := func(d *time.Duration, usual time.Duration) {
		if *d == 0 {
			*d = usual
		}
	}
	orDuration(&c.Validity, 72*time.Hour)
	orDuration(&c.AckTimeout, 15*time.Second)
	if c.LoopLimit == 0 {
		c.LoopLimit = 20
	}
	if c.LedgerLimit == 0 {
		c.LedgerLimit = 1_000_000
	}
	return c
}

// Network is a mobile network with one message centre: it carries messages between modems and Phones by their numbers.
type Network struct {
	config NetworkConfig
	log    zerolog.Logger
	agenda *agenda
	ledger *ledger

	mu          sync.Mutex
	subscribers map[string]*subscriber
	concat      counter
}

// counter numbers long messages; the network's lock guards it.
type counter int

func (c *counter) Count() int {
	*c++
	return int(*c) % 256
}

// message is one that is under way, or a part of a long one.
type message struct {
	from, to  string
	body      tpdu.TPDU // TP-PID, TP-DCS and user data
	text      string
	reference byte   // TP-MR
	sender    *Modem // nil: a Phone
	report    bool   // TP-SRR
	at        time.Time
	expires   time.Time
	done      bool // delivered, expired or failed
}

func newNetwork(c NetworkConfig, log zerolog.Logger) *Network {
	c = c.withDefaults()
	return &Network{
		config: c, log: log, agenda: newAgenda(),
		ledger: &ledger{limit: c.LedgerLimit}, subscribers: map[string]*subscriber{},
	}
}

func (n *Network) run(ctx context.Context) { n.agenda.run(ctx) }

// Attach gives a number to a Phone, in place of who had it.
func (n *Network) Attach(msisdn string, p Phone) { n.subscribe(msisdn, &subscriber{phone: p}) }

// Detach takes a number from whoever has it; what waits for it fails.
func (n *Network) Detach(msisdn string) { n.subscribe(msisdn, nil) }

func (n *Network) subscribe(msisdn string, s *subscriber) {
	n.mu.Lock()
	old := n.subscribers[msisdn]
	if s == nil {
		delete(n.subscribers, msisdn)
	} else {
		n.subscribers[msisdn] = s
	}
	n.mu.Unlock()
	if old != nil {
		n.agenda.after(0, func() {
			for _, p := range old.waiting {
				n.hand(p)
			}
			old.waiting = nil
		})
	}
}

func (n *Network) subscriber(msisdn string) *subscriber {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.subscribers[msisdn]
}

// Power turns a Phone off or on. What comes for one that is off waits as long as it is valid.
func (n *Network) Power(msisdn string, on bool) {
	n.mu.Lock()
	if s := n.subscribers[msisdn]; s != nil {
		s.off = !on
	}
	n.mu.Unlock()
	n.present(msisdn)
}

// Ledger gives up to limit entries after number after; 0, 1000 are the first thousand.
func (n *Network) Ledger(after, limit int) []Entry { return n.ledger.read(after, limit) }

// Send sends a text from a number that need not be attached. Its errors are an empty number and a network that is full.
func (n *Network) Send(from, to, text string) error {
	if from == "" || to == "" {
		return errors.New("modems: a message needs the numbers from and to")
	}
	n.mu.Lock()
	bodies, err := bodiesOf(text, &n.concat)
	n.mu.Unlock()
	if err != nil {
		return fmt.Errorf("modems: text: %w", err)
	}
	for _, b := range bodies {
		if err := n.submit(&message{from: from, to: to, body: b, text: textOf(b)}); err != nil {
			return err
		}
	}
	return nil
}

// errBusy refuses a message while too much is under way.
var errBusy = errors.New("modems: too many messages are under way")

// submit takes a message on its way. It may be called with a modem's lock held.
func (n *Network) submit(m *message) error {
	if n.agenda.full() {
		return errBusy
	}
	m.at = time.Now()
	if m.expires.IsZero() {
		m.expires = m.at.Add(n.config.Validity)
	}
	e := m.entry("", m.sender)
	e.At = m.at // to the second the time that its recipient is told (TP-SCTS)
	if err := n.ledger.submit(e); err != nil {
		return err
	}
	n.agenda.after(n.config.Transit, func() { n.hand(parcel{message: m}) })
	return nil
}

// entry is what the ledger notes of a message.
func (m *message) entry(k Kind, by *Modem) Entry {
	e := Entry{At: time.Now(), Kind: k, From: m.from, To: m.to, Text: m.text, Reference: m.reference}
	if parts, part, _, ok := m.body.ConcatInfo(); ok {
		e.Part, e.Parts = part, parts
	}
	if by != nil {
		e.Modem = by.id()
	}
	return e
}
