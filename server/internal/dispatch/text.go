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

// text sends a command as an SMS, unless another waits for its answer.
func (l *look) text(ctx context.Context, c *fleet.Command, command protocols.Command, reason string) error {
	if l.texted != 0 && l.texted != c.ID {
		return l.wait(ctx, c, fleet.LineSMS, fmt.Sprintf("waits for the answer to command %d", l.texted), l.now.Add(later))
	}
	words, err := l.target.text(&command)
	if err != nil {
		return l.end(ctx, c, fleet.CommandFailed, err.Error())
	}
	now := *c
	now.State, now.Line, now.Reason = fleet.CommandSending, fleet.LineSMS, reason
	now.Attempts, now.Due = c.Attempts+1, l.now
	if err := l.move(ctx, c, &now); err != nil {
		return err
	}
	l.texted = c.ID
	return l.queue(ctx, c, words, c.Dangerous)
}

// wake sends an SMS that makes the tracker dial in.
func (l *look) wake(ctx context.Context, c *fleet.Command, reason string) error {
	words, err := l.wakeWords()
	if err != nil {
		return l.end(ctx, c, fleet.CommandFailed, err.Error())
	}
	now := *c
	now.State, now.Line, now.Reason, now.Attempts = fleet.CommandWaking, fleet.LineWake, reason, c.Attempts+1
	now.Due = l.now.Add(l.config.Timing.Wake)
	if err := l.move(ctx, c, &now); err != nil {
		return err
	}
	return l.queue(ctx, c, words, false)
}

// queue gives an SMS to the modems. One that can not be an SMS fails the command in plain words.
func (l *look) queue(ctx context.Context, c *fleet.Command, words string, dangerous bool) error {
	_, err := l.config.SMS.Queue(ctx, fleet.SMS{
		Organization: c.Organization, Device: c.Device, Command: c.ID, User: c.User, Peer: l.number(), Text: words,
		ICCID: l.Sender, Strict: l.Sender != "" && !l.AnySender, Plain: true, Dangerous: dangerous, State: fleet.SMSQueued,
		Priority: 1, Expires: c.Expires,
	}, time.Until(c.Expires))
	if errors.Is(err, store.ErrUnreachable) || ctx.Err() != nil {
		return err // follow sees that there is none
	}
	if err != nil {
		l.texted = 0
		return l.end(ctx, c, fleet.CommandFailed, err.Error())
	}
	return l.config.Store.PutOff(ctx, c.ID, earliest(c.Expires, l.dueOf(c)))
}

func (l *look) dueOf(c *fleet.Command) time.Time {
	if c.State == fleet.CommandWaking {
		return c.Due
	}
	return l.now.Add(later)
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// follow makes of a command what became of its SMS.
func (l *look) follow(ctx context.Context, c *fleet.Command) error {
	m, found, err := l.config.Store.SMSOf(ctx, c.ID)
	switch {
	case err != nil:
		return err
	case !found && c.State == fleet.CommandSending: // the server ended before it gave it to the modems
		l.texted = 0
		return l.wait(ctx, c, fleet.LineSMS, "", l.now)
	case c.State == fleet.CommandUnknown && m.State != fleet.SMSDelivered:
		return nil
	}
	now := *c
	switch m.State {
	case fleet.SMSSent:
		now.State, now.Sent, now.Reason = fleet.CommandSent, m.Sent, m.Reason
	case fleet.SMSDelivered:
		now.State, now.Delivered, now.Reason, now.Done = fleet.CommandDelivered, m.Done, m.Reason, time.Time{}
		if now.Sent = m.Sent; now.Delivered.IsZero() {
			now.Delivered = l.now
		}
		if l.answersNothing(m.Text) {
			now.Reason, now.Done = "its tracker answers nothing to this", l.now
		}
	case fleet.SMSFailed:
		return l.endText(ctx, c, fleet.CommandFailed, m.Reason)
	case fleet.SMSExpired:
		return l.endText(ctx, c, fleet.CommandExpired, m.Reason)
	case fleet.SMSUnknown:
		return l.endText(ctx, c, fleet.CommandUnknown, m.Reason)
	case fleet.SMSCancelled:
		return l.endText(ctx, c, fleet.CommandCancelled, m.Reason)
	default:
		if m.Reason != "" {
			now.Reason = m.Reason
		}
	}
	return l.progress(ctx, c, &now)
}

// answersNothing says whether the family's trackers do what an SMS says and are silent about it, so that the next
// command need not wait.
func (l *look) answersNothing(text string) bool {
	if l.protocol == nil || l.protocol.HearText == nil {
		return false
	}
	c, replies, ok := l.protocol.HearText(l.Profile(), text, protocols.Position{})
	return ok && c.Kind != protocols.Custom && len(replies) == 0
}

// endText ends a command that went by SMS, so that the next can go.
func (l *look) endText(ctx context.Context, c *fleet.Command, s fleet.CommandState, reason string) error {
	if err := l.end(ctx, c, s, reason); err != nil {
		return err
	}
	l.texted = 0
	return nil
}

// progress notes how far a command has come by SMS, and waits no longer than it should for the answer.
func (l *look) progress(ctx context.Context, c, now *fleet.Command) error {
	if now.State != c.State {
		now.Due = l.now.Add(l.config.Timing.SMSAnswer)
		if !now.Done.IsZero() {
			l.texted = 0
		}
		return l.move(ctx, c, now)
	}
	if now.State != fleet.CommandSending && !l.now.Before(c.Due) {
		return l.endText(ctx, c, c.State, "no answer came in time")
	}
	if now.State == fleet.CommandSending && now.Reason != c.Reason {
		now.Due = l.now.Add(later)
		return l.move(ctx, c, now)
	}
	if now.State == fleet.CommandSending && !l.now.Before(c.Due) {
		return l.config.Store.PutOff(ctx, c.ID, l.now.Add(later))
	}
	return nil
}

// woken waits for a tracker that was sent an SMS to dial in.
func (l *look) woken(ctx context.Context, c *fleet.Command) error {
	if l.online {
		now := *c
		now.State, now.Reason = fleet.CommandQueued, "the tracker was woken and has dialled in"
		if err := l.move(ctx, c, &now); err != nil {
			return err
		}
		return l.start(ctx, c)
	}
	m, found, err := l.config.Store.SMSOf(ctx, c.ID)
	if err != nil {
		return err
	}
	var why string
	switch {
	case !found:
		return l.wait(ctx, c, fleet.LineWake, "", l.now) // the server ended before it gave it to the modems
	case m.State == fleet.SMSFailed || m.State == fleet.SMSExpired || m.State == fleet.SMSCancelled:
		why = "the SMS that should wake the tracker did not go: " + m.Reason
	case !l.now.Before(c.Due):
		why = fmt.Sprintf("the tracker was woken by SMS and did not dial in within %s", l.config.Timing.Wake)
	default:
		return nil
	}
	if c.Wish == fleet.LineWake {
		return l.end(ctx, c, fleet.CommandExpired, why)
	}
	return l.wait(ctx, c, fleet.LineLogin, why+"; it goes when the tracker dials in", l.now.Add(later))
}
