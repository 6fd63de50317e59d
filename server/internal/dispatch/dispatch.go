package dispatch

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// Store is what the dispatcher asks of the database.
type Store interface {
	Device(ctx context.Context, of fleet.Scope, id fleet.DeviceID) (store.DeviceRow, error)
	CreateCommand(ctx context.Context, of fleet.Scope, c fleet.Command, n store.CommandNote) (store.CommandRow, error)
	NoteCommand(ctx context.Context, of fleet.Scope, id fleet.DeviceID, words, why string) error
	Command(ctx context.Context, of fleet.Scope, id fleet.CommandID) (store.CommandRow, error)
	Commands(ctx context.Context, of fleet.Scope, q store.CommandQuery) ([]store.CommandRow, string, error)
	EndCommand(ctx context.Context, of fleet.Scope, id fleet.CommandID, sending bool) error
	CommandTargets(ctx context.Context, of fleet.Scope, group fleet.GroupID, vehicles []fleet.VehicleID, limit int,
	) ([]store.DeviceRow, error)
	CreateBatch(ctx context.Context, of fleet.Scope, words string, list []fleet.Command, n store.CommandNote,
	) (fleet.BatchID, error)
	EndBatch(ctx context.Context, of fleet.Scope, id fleet.BatchID) error

	WaitingDevices(ctx context.Context) ([]fleet.DeviceID, error)
	DueDevices(ctx context.Context, now time.Time) ([]fleet.DeviceID, error)
	OpenCommands(ctx context.Context, device fleet.DeviceID) ([]fleet.Command, error)
	CountOpen(ctx context.Context, device fleet.DeviceID) (int, error)
	MoveCommand(ctx context.Context, was, now *fleet.Command, event string) error
	PutOff(ctx context.Context, id fleet.CommandID, due time.Time) error
	SMSOf(ctx context.Context, id fleet.CommandID) (fleet.SMS, bool, error)
	CommandFor(ctx context.Context, device fleet.DeviceID, at time.Time) (fleet.Command, bool, error)
	AnswerCommand(ctx context.Context, sms fleet.SMSID, was, now *fleet.Command, event string) error
}

// Order is a command on its way over a line.
type Order interface {
	// Sent waits until it is written. ErrNotSent: it was not, and will not be. ErrMaybeSent: nobody knows. Any other error
	// says why it has no words on that line.
	Sent(context.Context) error
	// Answer waits for what the tracker says to it; an error says that nothing comes.
	Answer(context.Context) (protocols.Result, error)
	GiveUp() // waits no longer for the answer
}

// Lines are the trackers' open lines.
type Lines interface {
	Send(fleet.DeviceID, protocols.Command) (Order, error) // ErrNotSent if it can not be now
	Reaches(fleet.DeviceID) bool                           // whether it could be
}

// What Lines and Order say.
var (
	ErrNotSent   = errors.New("it was not sent")
	ErrMaybeSent = errors.New("it may have been sent or not")
)

// Texter sends SMS.
type Texter interface {
	// Queue stores an SMS to go, with what the store gives it; an error says why it can not be one.
	Queue(ctx context.Context, m fleet.SMS, validity time.Duration) (fleet.SMS, error)
	// Cancel takes one back; an error says that it has gone.
	Cancel(context.Context, fleet.SMSID) error
}

// Journal keeps what an SMS said of a tracker, as it does what a line said.
type Journal interface {
	Append(ctx context.Context, records ...fleet.Record) error
}

// Price is what an SMS costs.
type Price struct {
	Amount   float64
	Currency string // "EUR"; "": it is not known
}

// Timing is how long is waited for what. What is 0 takes its default.
type Timing struct {
	Answer    time.Duration // over a line; 1 min
	Crowded   time.Duration // over a line for which another command waits; 5 s
	Write     time.Duration // until a line takes the bytes; 10 s
	SMSAnswer time.Duration // for the answer to an SMS after it was sent or delivered; 10 min
	Wake      time.Duration // for a tracker that was woken to dial in; 3 min
	Look      time.Duration // between two looks for what is due; 1 s
	Pace      time.Duration // between two SMS of one modem; 6 s
}

// Config is what a Dispatcher is made of.
type Config struct {
	Store     Store
	Registry  *fleet.Registry
	Lines     Lines
	SMS       Texter                             // nil: there are no modems
	Modems    func() (ready int, why string)     // how many can send now, and why none can; nil: as many as it takes
	Protocols []*protocols.Protocol              // that can be spoken
	Journal   Journal                            //
	Seal      *identity.Seal                     // of commands' bodies
	Unseal    func(*fleet.Device)                // opens a device's password
	State     func(fleet.DeviceID) (Speed, bool) // how fast a device is, as last known
	CutSpeed  float64                            // km/h above which no engine is cut
	Price     Price
	Timing    Timing
	Log       zerolog.Logger
}

// Speed is how fast something was, and when.
type Speed struct {
	KMH float64
	At  time.Time
}

// Dispatcher is safe for concurrent use.
type Dispatcher struct {
	config Config
	kinds  map[string][]protocols.CommandKind // over a line, by protocol
	byName map[string]*protocols.Protocol
	rounds *rounds
	places chan struct{} // one for each talk
	busy   sync.WaitGroup

	mu       sync.Mutex
	open     map[fleet.DeviceID]struct{} // that have open commands
	talks    map[fleet.DeviceID]*talk
	watchers map[fleet.CommandID][]chan struct{}
}

const (
	workers  = 16
	maxTalks = 1024
	maxOpen  = 50 // commands of a device
)

// New makes a Dispatcher; nothing is sent until Run.
func New(c Config) *Dispatcher {
	t := &c.Timing
	t.Answer, t.Crowded = cmp.Or(t.Answer, time.Minute), cmp.Or(t.Crowded, 5*time.Second)
	t.Write, t.SMSAnswer = cmp.Or(t.Write, 10*time.Second), cmp.Or(t.SMSAnswer, 10*time.Minute)
	t.Wake, t.Look = cmp.Or(t.Wake, 3*time.Minute), cmp.Or(t.Look, time.Second)
	t.Pace = cmp.Or(t.Pace, 6*time.Second)
	d := &Dispatcher{config: c, kinds: map[string][]protocols.CommandKind{}, byName: map[string]*protocols.Protocol{},
		rounds: newRounds(), places: make(chan struct{}, maxTalks), open: map[fleet.DeviceID]struct{}{},
		talks: map[fleet.DeviceID]*talk{}, watchers: map[fleet.CommandID][]chan struct{}{}}
	for _, p := range c.Protocols {
		d.byName[p.Name], d.kinds[p.Name] = p, p.Commands()
	}
	return d
}

// Run brings commands on their way until ctx ends, those of before the start first.
func (d *Dispatcher) Run(ctx context.Context) error {
	for range workers {
		d.busy.Go(func() { d.work(ctx) })
	}
	tick := time.NewTicker(d.config.Timing.Look)
	defer tick.Stop()
	for known := false; ; {
		if !known {
			known = d.takeUp(ctx)
		}
		select {
		case now := <-tick.C:
			d.lookForDue(ctx, now)
		case <-ctx.Done():
			d.rounds.close()
			d.busy.Wait()
			return nil
		}
	}
}

// takeUp learns which devices have open commands.
func (d *Dispatcher) takeUp(ctx context.Context) bool {
	devices, err := d.config.Store.WaitingDevices(ctx)
	if err != nil {
		d.failed(ctx, err)
		return false
	}
	for _, id := range devices {
		d.push(id)
	}
	return true
}

func (d *Dispatcher) lookForDue(ctx context.Context, now time.Time) {
	devices, err := d.config.Store.DueDevices(ctx, now)
	if err != nil {
		d.failed(ctx, err)
	}
	for _, id := range devices {
		d.push(id)
	}
}

// failed logs what is tried again.
func (d *Dispatcher) failed(ctx context.Context, err error) {
	if ctx.Err() == nil {
		d.config.Log.Warn().Err(err).Msg("commands can not be looked after now; it is tried again")
	}
}

// push has a device's commands looked after.
func (d *Dispatcher) push(id fleet.DeviceID) {
	d.mu.Lock()
	d.open[id] = struct{}{}
	d.mu.Unlock()
	d.rounds.put(id)
}

// Arrived is the gateway's hook: a device has dialled in. It does not block.
func (d *Dispatcher) Arrived(id fleet.DeviceID) {
	d.mu.Lock()
	_, waits := d.open[id]
	d.mu.Unlock()
	if waits {
		d.rounds.put(id)
	}
}

// SMSChanged is the hook of the SMS's queue: one came further. It does not block.
func (d *Dispatcher) SMSChanged(m fleet.SMS) {
	if m.Command != 0 && m.Device != 0 {
		d.push(m.Device)
	}
}

// work looks after one device after the other.
func (d *Dispatcher) work(ctx context.Context) {
	for {
		id, ok := d.rounds.take()
		if !ok {
			return
		}
		if err := d.look(ctx, id); err != nil {
			d.failed(ctx, err)
		}
		d.rounds.done(id)
	}
}

// changed tells who waits for a command that it came further.
func (d *Dispatcher) changed(id fleet.CommandID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, w := range d.watchers[id] {
		select {
		case w <- struct{}{}:
		default: // it has not looked yet
		}
	}
}

// watch gives a channel on which each step of a command is told, and how to end that.
func (d *Dispatcher) watch(id fleet.CommandID) (steps <-chan struct{}, end func()) {
	w := make(chan struct{}, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.watchers[id] = append(d.watchers[id], w)
	return w, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		left := d.watchers[id][:0:0]
		for _, other := range d.watchers[id] {
			if other != w {
				left = append(left, other)
			}
		}
		if d.watchers[id] = left; len(left) == 0 {
			delete(d.watchers, id)
		}
	}
}
