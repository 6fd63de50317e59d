package dispatch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

const (
	maxAttempts = 3                // of a command that is not dangerous, over a line
	later       = 30 * time.Second // until a command is looked after again that something else should wake before
	retry       = 5 * time.Second  // after something that is there in a moment
)

// look is one look at a device's open commands.
type look struct {
	*Dispatcher
	target
	now    time.Time
	texted fleet.CommandID // the command whose answer by SMS is waited for; 0 for none
}

// look brings each open command of a device one step further, if it can go further.
func (d *Dispatcher) look(ctx context.Context, id fleet.DeviceID) error {
	list, err := d.config.Store.OpenCommands(ctx, id)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		d.forget(id)
		return nil
	}
	device, known := d.config.Registry.Now().DeviceByID(id)
	l := &look{Dispatcher: d, target: d.targetOf(device), now: time.Now()}
	for i := range list {
		if l.texted == 0 && waitsForText(&list[i]) {
			l.texted = list[i].ID
		}
	}
	for i := range list {
		c := &list[i]
		if !known && c.Done.IsZero() {
			err = l.end(ctx, c, fleet.CommandFailed, "the device was retired")
		} else {
			err = l.step(ctx, c)
		}
		if err != nil && !errors.Is(err, store.ErrMoved) { // somebody else was faster
			return err
		}
	}
	return nil
}

// forget takes a device without open commands off the list, unless one came meanwhile.
func (d *Dispatcher) forget(id fleet.DeviceID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.rounds.wanted(id) {
		delete(d.open, id)
	}
}

func waitsForText(c *fleet.Command) bool {
	return c.Line == fleet.LineSMS && c.Done.IsZero() && (c.State == fleet.CommandSending ||
		c.State == fleet.CommandSent || c.State == fleet.CommandDelivered)
}

func (l *look) step(ctx context.Context, c *fleet.Command) error {
	switch {
	case c.Line == fleet.LineSMS && c.State != fleet.CommandQueued:
		return l.follow(ctx, c)
	case c.State == fleet.CommandWaking:
		return l.woken(ctx, c)
	case c.State == fleet.CommandQueued && !l.now.Before(c.Expires):
		return l.end(ctx, c, fleet.CommandExpired, "its time was over before it could go")
	case c.State == fleet.CommandQueued && c.Line == fleet.LineData && c.Attempts > 0 && l.now.Before(c.Due):
		return nil // the line has just ended
	case c.State == fleet.CommandQueued:
		return l.start(ctx, c)
	case l.talking(c.ID):
		return nil
	case c.State == fleet.CommandSending:
		return l.orphan(ctx, c)
	}
	return l.end(ctx, c, c.State, "the server was started anew before an answer came")
}

// start has a command go by the line that is best now.
func (l *look) start(ctx context.Context, c *fleet.Command) error {
	letter, err := l.unseal(c)
	if err != nil {
		return l.end(ctx, c, fleet.CommandFailed, "the server's key is not the one under which it was kept")
	}
	line, reason, err := l.choose(&l.target, &letter.Command, l.wishOf(c))
	if err != nil {
		return l.end(ctx, c, fleet.CommandFailed, err.Error())
	}
	if line == fleet.LineLogin && l.online {
		line, reason = fleet.LineData, "the tracker has dialled in"
	}
	if line == fleet.LineLogin {
		return l.wait(ctx, c, line, reason, l.now.Add(time.Minute))
	}
	if err := l.tooFast(&l.target, riskOf(&l.target, &letter.Command), letter.Override); err != nil {
		return l.end(ctx, c, fleet.CommandFailed, "not sent: "+err.Error())
	}
	switch line {
	case fleet.LineData:
		return l.talk(ctx, c, letter.Command, reason)
	case fleet.LineWake:
		return l.wake(ctx, c, reason)
	}
	return l.text(ctx, c, letter.Command, reason)
}

// wishOf is the line that is wished for now: who was woken in vain is waited for.
func (l *look) wishOf(c *fleet.Command) fleet.LineKind {
	if c.Wish == fleet.LineAuto && c.Line == fleet.LineLogin && c.Attempts > 0 {
		return fleet.LineLogin
	}
	return c.Wish
}

// wait leaves a command queued, with the reason for people.
func (l *look) wait(ctx context.Context, c *fleet.Command, line fleet.LineKind, reason string, until time.Time) error {
	if c.Expires.Before(until) {
		until = c.Expires
	}
	if c.Line == line && c.Reason == reason && c.State == fleet.CommandQueued {
		return l.config.Store.PutOff(ctx, c.ID, until)
	}
	now := *c
	now.State, now.Line, now.Reason, now.Due = fleet.CommandQueued, line, reason, until
	return l.move(ctx, c, &now)
}

// orphan is a command that was being written when the server ended.
func (l *look) orphan(ctx context.Context, c *fleet.Command) error {
	switch {
	case c.Dangerous:
		return l.end(ctx, c, fleet.CommandUnknown, "the server ended while it was sent")
	case c.Attempts >= maxAttempts:
		return l.end(ctx, c, fleet.CommandFailed, "the line broke each time it was sent")
	}
	return l.wait(ctx, c, c.Line, "it is sent again: the server ended while it was sent", l.now)
}

// end gives a command its last state.
func (d *Dispatcher) end(ctx context.Context, c *fleet.Command, state fleet.CommandState, reason string) error {
	now := *c
	now.State, now.Reason, now.Done = state, reason, time.Now()
	return d.move(ctx, c, &now)
}

// move brings a command into a state, and tells who waits for it. c becomes what it is now.
func (d *Dispatcher) move(ctx context.Context, c, now *fleet.Command) error {
	if err := d.config.Store.MoveCommand(ctx, c, now, eventOf(c, now)); err != nil {
		return err
	}
	*c = *now
	d.moved(c)
	return nil
}

func (d *Dispatcher) moved(c *fleet.Command) {
	d.changed(c.ID)
	if !c.Done.IsZero() || c.State == fleet.CommandQueued {
		d.push(c.Device) // what comes behind it can go
	}
}

// eventOf tells the vehicle's events what became of a dangerous command; "" for nothing.
func eventOf(was, now *fleet.Command) string {
	if !now.Dangerous || was.State == now.State {
		return ""
	}
	switch now.State {
	case fleet.CommandQueued, fleet.CommandSending, fleet.CommandWaking:
		return ""
	}
	text := fmt.Sprintf("%s: %s", now.Words, now.State)
	if now.Reason != "" {
		text += " (" + now.Reason + ")"
	}
	return text
}

// answered gives a command the tracker's answer.
func answered(c *fleet.Command, r *protocols.Result) fleet.Command {
	now := *c
	now.State, now.Reason, now.Done = fleet.CommandAnswered, "", time.Now()
	now.Answer, now.AnswerData = r.Text, r.Data
	switch {
	case r.Nack:
		now.State = fleet.CommandRefused
	case r.Deferred:
		now.Reason = "the tracker will do it when it can, such as when the vehicle is slower"
		now.Parsed = parsedOf(nil, true)
	}
	return now
}

// parsedOf is what was read of an answer, as JSON: the members of its last position, and whether the tracker will do it
// later; nil for nothing.
func parsedOf(positions []protocols.Position, deferred bool) []byte {
	members := map[string]any{}
	for i := range positions {
		_ = json.Unmarshal(positions[i].AppendJSON(nil), &members) // its own JSON can be read
	}
	if deferred {
		members["deferred"] = true
	}
	if len(members) == 0 {
		return nil
	}
	text, err := json.Marshal(members)
	if err != nil {
		return nil
	}
	return text
}
