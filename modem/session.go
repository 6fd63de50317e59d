package modem

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/warthog618/modem/at"
)

var (
	errReset  = errors.New("the modem was reset")
	errPaused = errors.New("the modem was paused")
	errAnew   = errors.New("the modem or its SIM started anew")
)

// session is one open modem, from the first AT until the port is closed. It belongs to its line's goroutine, but for
// requests and gone.
type session struct {
	*talker
	line     *line
	requests chan request  // unbuffered: what waits for a modem waits at the caller
	gone     chan struct{} // closed when no request is taken any more

	// What the modem is and can, found out in setUp.
	iccid, imsi  string
	mode         string   // of +CREG after the settings were given, "" if it does not tell
	routing      string   // +CNMI setting that it took, "" if none
	acknowledge  bool     // +CSMS=1: direct messages and reports want +CNMA
	memories     []string // to be swept
	main         [3]string
	heat         []thermometer
	pinNoted     string // key under which the PIN was noted as tried
	iccidCommand string // that told the ICCID
	ussdWay      int

	// What is to be done.
	held      []event   // came while a USSD answer was awaited
	asked     time.Time // for the balance
	barred    time.Time // no sending until then
	barredWhy string
	complaint string // what does not work; "" if all does
}

// request is work for the session's goroutine; work returns an error that ends the session, or nil.
type request struct {
	work func(*session) error
	done chan struct{}
}

func newSession(l *line, rwc io.ReadWriteCloser, lock *os.File) *session {
	p := newPort(rwc, lock, newTap(), l.cfg.Timing.Write)
	return &session{talker: newTalker(p, l.cfg.Timing), line: l, requests: make(chan request), gone: make(chan struct{})}
}

func (s *session) close() { s.port.Close() }

// serve does what is asked and looks after the modem until it is lost, and returns why.
func (s *session) serve(ctx context.Context) error {
	defer close(s.gone)
	round, ping := time.NewTimer(0), time.NewTicker(s.timing.Ping)
	defer round.Stop()
	defer ping.Stop()
	for {
		err := s.step(ctx, round, ping)
		if errors.Is(err, errSilent) {
			err = s.revive()
		}
		if err != nil {
			s.salvage(context.WithoutCancel(ctx))
			return err
		}
	}
}

// step does one thing.
func (s *session) step(ctx context.Context, round *time.Timer, ping *time.Ticker) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.at.Closed():
		return s.lost()
	case <-s.line.wake:
		return s.poked()
	case r := <-s.requests:
		defer close(r.done)
		err := s.after(ctx, r.work(s))
		if broken(err) {
			s.line.progress(Opening) // who asked must not find it ready now
		}
		return err
	case e := <-s.port.tap.events:
		return s.after(ctx, s.event(ctx, e))
	case <-round.C:
		err := s.round(ctx)
		round.Reset(s.pace())
		return s.after(ctx, err)
	case <-ping.C:
		if s.port.quietFor() < s.timing.Ping {
			return nil
		}
		return ignoreTimeout(s.tell(""))
	}
}

// pace is how long until the next round.
func (s *session) pace() time.Duration {
	if s.line.snapshot().Phase == Registering {
		return s.timing.Register
	}
	return s.timing.Sweep
}

// after does what gathered while something else was done.
func (s *session) after(ctx context.Context, err error) error {
	for err == nil && len(s.held) > 0 {
		e := s.held[0]
		s.held = s.held[1:]
		err = s.event(ctx, e)
	}
	if err == nil && s.port.tap.overflowed() {
		err = s.sweep(ctx)
	}
	return ignoreTimeout(err)
}

// ignoreTimeout drops the loss of one answer: the modem is in step again.
func ignoreTimeout(err error) error {
	if errors.Is(err, errTimeout) {
		return nil
	}
	return err
}

func (s *session) poked() error {
	if s.line.isPaused() {
		return errPaused
	}
	if s.line.takeReset() {
		return s.reboot()
	}
	return nil
}

// reboot resets the modem. Its settings are lost with it, and often its port too: the session ends.
func (s *session) reboot() error {
	_, err := s.at.Command("+CFUN=1,1", at.WithTimeout(s.timing.Command)) // in step or not
	s.line.log.Warn().AnErr("answer", err).Msg("modem reset")
	return errReset
}

// revive is the lower part of the ladder for a modem that fell silent: the settings anew if it answers, else a reset
// that it may still obey, and the port opened again.
func (s *session) revive() error {
	if s.closed() {
		return errSilent
	}
	s.line.phase(Probing, "it fell silent")
	err := s.wakeUp()
	if err == nil {
		err = s.settings()
	}
	switch {
	case err == nil:
		return s.messaging()
	case errors.Is(err, errAnew):
		return err
	}
	s.at.Escape()
	_ = s.reboot() // whether it worked shows when the port is opened again
	return errSilent
}

func (s *session) event(ctx context.Context, e event) error {
	switch e.kind {
	case eventHint:
		s.drain(eventHint) // one sweep is for all of them
		return s.sweep(ctx)
	case eventPDU:
		return s.direct(ctx, e)
	case eventSIM:
		return s.round(ctx)
	case eventReboot:
		if !s.port.tap.hasBooted() {
			return nil // it was before the settings
		}
		s.line.log.Info().Str("said", e.line).Msg("modem has started anew")
		return errAnew
	}
	return nil // a +CUSD that nobody asked for
}

// drain forgets the events of a kind that wait, and holds the others.
func (s *session) drain(kind eventKind) {
	for {
		select {
		case e := <-s.port.tap.events:
			if e.kind != kind {
				s.hold(e)
			}
		default:
			return
		}
	}
}

// hold keeps an event for later; of more than tapEvents the newest are dropped, as the tap does.
func (s *session) hold(e event) {
	if len(s.held) < tapEvents {
		s.held = append(s.held, e)
		return
	}
	s.port.tap.lose()
}
