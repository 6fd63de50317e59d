package modem

import (
	"context"
	"errors"
)

// errBlocked ends a session that waits for a person.
type errBlocked struct {
	phase  Phase
	reason string
}

func (e errBlocked) Error() string { return string(e.phase) + ": " + e.reason }

// ladder is what is done about a modem that was lost. Its lower rungs are in the session: bring question and answer
// back into step (talker.resync), apply the settings anew and reset (session.revive).
type ladder struct {
	line  *line
	fails int // in a row
	ever  bool
}

const (
	rungPower      = 3  // fails in a row until the power hook is asked
	rungPowerAgain = 10 // and every so many after that
	rungAlert      = 4  // fails in a row until people are told
)

// done is called when the modem serves again.
func (d *ladder) done() {
	d.fails = 0
	if d.ever {
		d.line.update(func(s *State) { s.Restarts++ })
	}
	d.ever = true
}

// climb waits, or does what the next rung says, after a session ended with err.
func (d *ladder) climb(ctx context.Context, err error) {
	l, t := d.line, d.line.cfg.Timing
	if ctx.Err() != nil || l.isPaused() {
		return
	}
	l.update(func(s *State) {
		s.forgetNetwork()
		s.LastError = err.Error()
	})
	var blocked errBlocked
	switch {
	case errors.As(err, &blocked):
		l.phase(blocked.phase, blocked.reason)
		l.wait(ctx, t.Blocked)
		return
	case errors.Is(err, errReset):
		l.phase(Opening, "it was reset")
		l.wait(ctx, t.Boot)
		return
	}
	d.fails++
	if !errors.Is(err, errTaken) {
		d.power(ctx)
	}
	switch {
	case errors.Is(err, errAbsent), errors.Is(err, errTaken), errors.Is(err, errGone):
		l.phase(Absent, err.Error())
	case d.fails < rungAlert:
		l.phase(Opening, err.Error())
	default:
		l.log.Error().Err(err).Int("tries", d.fails).Msg("modem does not come back")
		l.phase(Hung, "resets and new starts did not help: look at its power and cable: "+err.Error())
	}
	l.wait(ctx, min(t.Retry<<min(d.fails-1, 16), t.RetryMax))
}

// power asks the hook after a few fails and then now and again: a modem that just got its power needs a while to start.
func (d *ladder) power(ctx context.Context) {
	l := d.line
	if l.cfg.Recover == nil || (d.fails != rungPower && d.fails%rungPowerAgain != 0) {
		return
	}
	l.log.Warn().Int("tries", d.fails).Msg("asking the power hook for the modem")
	if err := l.cfg.Recover(ctx, l.Line); err != nil {
		l.log.Error().Err(err).Msg("power hook")
		l.update(func(s *State) { s.LastError = "power hook: " + err.Error() })
	}
}
