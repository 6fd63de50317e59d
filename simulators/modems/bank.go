package modems

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
)

// Bank is a number of modems on one network.
type Bank struct {
	config   Config
	serial   bool // pseudo terminals: there is an echo
	commands map[string]handler
	names    []string // of the extended commands
	network  *Network
	modems   []*Modem

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	mu       sync.Mutex
	random   *rand.Rand
	happened map[Fault]int
}

// Start begins to serve modems, until ctx ends or Close. Its errors are settings that cannot be, and places where they
// cannot be served.
func Start(ctx context.Context, c Config) (*Bank, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := makeFolder(c.Listen); err != nil {
		return nil, err
	}
	warmCharsets()
	b := &Bank{
		config: c, serial: strings.HasPrefix(c.Listen, "pty:"), commands: commandTable(),
		network: newNetwork(c.Network, c.Log),
		random:  rand.New(rand.NewPCG(c.Seed, 1)), happened: map[Fault]int{},
	}
	for _, name := range slices.Sorted(maps.Keys(b.commands)) {
		if strings.IndexByte("+^*$#!", name[0]) >= 0 {
			b.names = append(b.names, name)
		}
	}
	b.ctx, b.cancel = context.WithCancel(ctx)
	b.network.Attach(ShortCode, PhoneFunc(b.balance))
	for i := range c.Count {
		m, err := b.newModem(i)
		if err != nil {
			b.Close()
			return nil, err
		}
		b.modems = append(b.modems, m)
	}
	b.work.Go(func() { b.network.run(b.ctx) })
	context.AfterFunc(b.ctx, b.hangUp)
	return b, nil
}

// newModem makes modem i, with its SIM in and its port open.
func (b *Bank) newModem(i int) (*Modem, error) {
	profile, err := profileNamed(b.config.Profiles[i%len(b.config.Profiles)])
	if err != nil {
		return nil, err
	}
	operators := Operators()
	number := b.config.First + i
	m := &Modem{
		bank: b, index: i, imei: IMEI(number), profile: profile, network: b.network, ctx: b.ctx,
		storages:     map[string]*storage{"ME": newStorage("ME", 100), "SR": newStorage("SR", 50)},
		registration: Home, lac: 0xA1, cell: 0x1B2C3, access: 7, rssi: 21, temperature: 38, functions: 1,
		conditions: conditions{barAfter: -1}, lines: map[*line]struct{}{},
	}
	m.log = b.config.Log.With().Str("modem", m.id()).Logger()
	m.reset()
	sim := NewSIM(number, operators[i%len(operators)])
	sim.PIN = b.config.PIN
	m.insert(sim)
	if err := m.Fault(b.config.Faults...); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.port, err = b.open(m)
	return m, err
}

// Count is how many modems there are; the others take a number from 0 on.
func (b *Bank) Count() int { return len(b.modems) }

// Modem is one of them.
func (b *Bank) Modem(i int) *Modem { return b.modems[i] }

// URL is where a modem is now: serial:/path, tcp://host:port or unix:/path; "" while its port is away.
func (b *Bank) URL(i int) string { return b.modems[i].State().URL }

// Network is what they are on.
func (b *Bank) Network() *Network { return b.network }

// Close ends all connections and waits for everything to end. It may be called twice.
func (b *Bank) Close() {
	b.cancel()
	b.hangUp()
	b.work.Wait()
}

func (b *Bank) hangUp() {
	for _, m := range b.modems {
		m.locked(m.vanish)
	}
}

func (b *Bank) chance() float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.random.Float64()
}

func (b *Bank) count(f Fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.happened[f]++
}

// Happened says how often each fault did, of all modems since Start; those that did not are absent.
func (b *Bank) Happened() map[Fault]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.happened)
}

// balance is the operators' service that answers any SMS with the sender's balance.
func (b *Bank) balance(from, _ string) []Reply {
	for _, m := range b.modems {
		m.mu.Lock()
		text := ""
		if m.sim != nil && m.sim.MSISDN == from {
			text = m.sim.Operator.balanceText(m.sim.Balance)
		}
		m.mu.Unlock()
		if text != "" {
			return []Reply{{Text: text}}
		}
	}
	return nil
}
