package dispatch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// Request is a command for a device.
type Request struct {
	Device    fleet.DeviceID
	Command   protocols.Command
	Line      fleet.LineKind // that is wished for
	TTL       time.Duration  // it goes within that, or not at all
	Confirmed bool           // a dangerous one is meant
	Override  bool           // the engine may be cut at whatever speed
	Wait      time.Duration  // how long to wait for the answer
}

// settle is how long is waited for a command that does not go over a line to be on its way.
const settle = 2 * time.Second

// Send writes a command down, brings it on its way and gives it as far as it came. Its errors: UnconfirmedError and
// TooFastError, ErrNoLine, ErrNoPhone, ErrNoModem, ErrNoWords, ErrBusy, why the words can not be, and the store's.
func (d *Dispatcher) Send(ctx context.Context, of fleet.Scope, r Request) (store.CommandRow, error) {
	row, err := d.config.Store.Device(ctx, of, r.Device)
	if err != nil {
		return store.CommandRow{}, err
	}
	t := d.opened(row.Device)
	c, note, err := d.prepare(ctx, of, &t, &r)
	if err != nil {
		return store.CommandRow{}, err
	}
	n, err := d.config.Store.CountOpen(ctx, t.ID)
	if err == nil && n >= maxOpen {
		err = ErrBusy
	}
	if err != nil {
		return store.CommandRow{}, err
	}
	sent, err := d.config.Store.CreateCommand(ctx, of, c, note)
	if err != nil {
		return sent, err
	}
	return d.await(ctx, of, &sent, r.Wait)
}

// opened makes a target of a device that was just read.
func (d *Dispatcher) opened(device fleet.Device) target {
	if d.config.Unseal != nil && device.Sealed != nil {
		d.config.Unseal(&device)
	}
	return d.targetOf(device)
}

// prepare makes the row of a command, unless it must not or can not be sent.
func (d *Dispatcher) prepare(ctx context.Context, of fleet.Scope, t *target, r *Request) (
	c fleet.Command, note store.CommandNote, err error,
) {
	danger, words := riskOf(t, &r.Command), wordsOf(&r.Command, t.Password)
	if err := d.mayGo(t, danger, r, words); err != nil {
		return c, note, errors.Join(err, d.config.Store.NoteCommand(ctx, of, t.ID, words, err.Error()))
	}
	line, reason, err := d.choose(t, &r.Command, r.Line)
	if err != nil {
		return c, note, err
	}
	body, err := d.seal(&letter{r.Command, r.Override}, t.ID)
	c = fleet.Command{Device: t.ID, Kind: r.Command.Kind, Words: words, Body: body, Dangerous: danger > harmless,
		Wish: r.Line, Line: line, Reason: reason, Expires: time.Now().Add(r.TTL)}
	return c, store.CommandNote{Line: r.Line, Confirmed: r.Confirmed, Override: r.Override}, err
}

// mayGo refuses what was not confirmed, or is too fast.
func (d *Dispatcher) mayGo(t *target, danger risk, r *Request, words string) error {
	if err := d.tooFast(t, danger, r.Override); err != nil {
		return err
	}
	if danger > harmless && !r.Confirmed {
		return &UnconfirmedError{Vehicle: t.vehicle, Words: words, Speed: d.speedOf(t)}
	}
	return nil
}

// await has a new command looked after, and gives it as far as it came.
func (d *Dispatcher) await(ctx context.Context, of fleet.Scope, c *store.CommandRow, wait time.Duration) (
	store.CommandRow, error,
) {
	steps, end := d.watch(c.ID)
	defer end()
	d.push(c.Device)
	if c.Line != fleet.LineData {
		wait = min(wait, settle)
	}
	limit := time.NewTimer(wait)
	defer limit.Stop()
	for {
		now, err := d.config.Store.Command(ctx, of, c.ID)
		arrived := !now.Done.IsZero() || now.Line != fleet.LineData && now.State != fleet.CommandQueued
		if err != nil || arrived {
			return now, err
		}
		select {
		case <-steps:
		case <-limit.C:
			return d.config.Store.Command(ctx, of, c.ID)
		case <-ctx.Done():
			return now, nil
		}
	}
}

// Cancel takes back a command that has not gone; store.ErrHeld if it has.
func (d *Dispatcher) Cancel(ctx context.Context, of fleet.Scope, id fleet.CommandID) error {
	c, err := d.config.Store.Command(ctx, of, id)
	if err != nil {
		return err
	}
	taken := d.takeBack(ctx, &c.Command)
	if err := d.config.Store.EndCommand(ctx, of, id, taken); err != nil {
		return err
	}
	d.changed(id)
	d.push(c.Device)
	return nil
}

// takeBack cancels the SMS of a command, and says whether that is all there was of it.
func (d *Dispatcher) takeBack(ctx context.Context, c *fleet.Command) bool {
	waits := c.State == fleet.CommandWaking || c.State == fleet.CommandSending && c.Line == fleet.LineSMS
	if !waits || d.config.SMS == nil {
		return false
	}
	m, found, err := d.config.Store.SMSOf(ctx, c.ID)
	return err == nil && found && d.config.SMS.Cancel(ctx, m.ID) == nil
}

// Offer is what can be told to a device, and how.
type Offer struct {
	Data, SMS []protocols.CommandKind // kinds that there are words for
	Online    bool
	Phone     string
	SMSReady  bool
	Reason    string // why no SMS can go
	CutSpeed  float64
	Templates []protocols.Template
}

// Offer says what can be told to a device that the scope sees.
func (d *Dispatcher) Offer(ctx context.Context, of fleet.Scope, id fleet.DeviceID) (Offer, error) {
	row, err := d.config.Store.Device(ctx, of, id)
	if err != nil {
		return Offer{}, err
	}
	t := d.opened(row.Device)
	o := Offer{Online: t.online, Phone: t.Phone, CutSpeed: d.config.CutSpeed, Data: t.kinds}
	if t.protocol != nil {
		o.SMS, o.Templates = t.protocol.Texts(), t.protocol.Guide.Templates
	} else {
		o.Data = protocols.CommandKinds()
	}
	o.SMSReady, o.Reason = d.ready()
	if err := d.reachable(&t); err != nil {
		o.SMSReady, o.Reason = false, err.Error()
	} else if len(o.SMS) == 0 {
		o.SMSReady, o.Reason = false, fmt.Sprintf("no words of SMS are known for the protocol %q", t.Device.Protocol)
	}
	return o, nil
}
