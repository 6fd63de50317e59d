package dispatch

import (
	"context"
	"errors"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// talk is a command that is on a line, or was and waits for its answer.
type talk struct {
	*Dispatcher
	command fleet.Command
	words   protocols.Command
	crowded chan struct{} // another one waits for the line
}

// farewell is how long the database may take for one thing at the end.
const farewell = 5 * time.Second

// talking says whether a command is on its line.
func (l *look) talking(id fleet.CommandID) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.talks[l.ID]
	return t != nil && t.command.ID == id
}

// talk sends a command over the device's line, unless another is there.
func (l *look) talk(ctx context.Context, c *fleet.Command, words protocols.Command, reason string) error {
	l.mu.Lock()
	other := l.talks[l.ID]
	l.mu.Unlock()
	if other != nil {
		select {
		case other.crowded <- struct{}{}:
		default:
		}
		return l.wait(ctx, c, fleet.LineData, "another command is on the line", l.now.Add(retry))
	}
	select {
	case l.places <- struct{}{}:
	default:
		return l.wait(ctx, c, fleet.LineData, "too many commands are on lines now", l.now.Add(retry))
	}
	now := *c
	now.State, now.Line, now.Reason = fleet.CommandSending, fleet.LineData, reason
	now.Attempts, now.Due = c.Attempts+1, c.Expires
	if err := l.move(ctx, c, &now); err != nil {
		<-l.places
		return err
	}
	t := &talk{Dispatcher: l.Dispatcher, command: now, words: words, crowded: make(chan struct{}, 1)}
	l.mu.Lock()
	l.talks[l.ID] = t
	l.mu.Unlock()
	l.busy.Go(func() { t.run(ctx) })
	return nil
}

// run has the command written and waits for its answer. What is left open when ctx ends is seen to at the next start.
func (t *talk) run(ctx context.Context) {
	now, told := t.converse(ctx)
	if told {
		t.settle(ctx, now)
	}
	t.mu.Lock()
	delete(t.talks, t.command.Device)
	t.mu.Unlock()
	<-t.places
	t.push(t.command.Device)
}

// settle writes down what came of it: while the database is away again and again, but once only when ctx has ended.
func (t *talk) settle(ctx context.Context, now fleet.Command) {
	was := t.command
	for {
		writing, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		err := t.move(writing, &was, &now)
		cancel()
		if err == nil || errors.Is(err, store.ErrMoved) || ctx.Err() != nil {
			t.command = now
			return
		}
		t.failed(ctx, err)
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
}

// converse gives what became of the command; false if nobody can say now.
func (t *talk) converse(ctx context.Context) (now fleet.Command, told bool) {
	order, err := t.config.Lines.Send(t.command.Device, t.words)
	if err == nil {
		writing, cancel := context.WithTimeout(ctx, t.config.Timing.Write)
		err = order.Sent(writing)
		cancel()
	}
	if err != nil {
		return t.unsent(err), true
	}
	now = t.command
	now.State, now.Reason, now.Sent = fleet.CommandSent, "", time.Now()
	t.settle(ctx, now)
	result, err := t.hear(ctx, order)
	switch {
	case err == nil:
		return answered(&now, &result), true
	case ctx.Err() != nil:
		return now, false
	}
	now.Reason, now.Done = "no answer came in time", time.Now()
	return now, true
}

// unsent is the command that could not be written.
func (t *talk) unsent(err error) fleet.Command {
	now := t.command
	now.Due = time.Now().Add(retry)
	switch {
	case errors.Is(err, ErrMaybeSent) && t.command.Dangerous:
		now.State, now.Reason, now.Done = fleet.CommandUnknown, "the line broke while it was sent", time.Now()
	case errors.Is(err, ErrMaybeSent) && t.command.Attempts >= maxAttempts:
		now.State, now.Reason, now.Done = fleet.CommandFailed, "the line broke each time it was sent", time.Now()
	case errors.Is(err, ErrNotSent) && t.command.Wish == fleet.LineData:
		now.State, now.Reason, now.Done = fleet.CommandFailed, "the line ended before it could be sent", time.Now()
	case errors.Is(err, ErrNotSent), errors.Is(err, ErrMaybeSent):
		now.State, now.Reason = fleet.CommandQueued, "the line ended before it could be sent"
	default: // it has no such words
		now.State, now.Reason, now.Done = fleet.CommandFailed, err.Error(), time.Now()
		if errors.Is(err, protocols.ErrNoCommand) {
			now.Reason = ErrNoWords.Error()
		}
	}
	return now
}

// hear waits for the answer: as long as it takes, but not for long while another command waits for the line.
func (t *talk) hear(ctx context.Context, order Order) (protocols.Result, error) {
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, t.config.Timing.Answer)
	defer cancel()
	go func() {
		select {
		case <-t.crowded:
		case <-ctx.Done():
			return
		}
		select {
		case <-time.After(t.config.Timing.Crowded - time.Since(start)):
			cancel()
		case <-ctx.Done():
		}
	}()
	return order.Answer(ctx)
}
