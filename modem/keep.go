package modem

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// errNotKept ends a sweep: what the Keeper refuses once it will refuse again.
var errNotKept = errors.New("what arrived cannot be kept")

// keep gives what arrived to the Keeper. When it returns nil, the message is safe.
func (s *session) keep(ctx context.Context, got stored) error {
	ctx, cancel := context.WithTimeout(ctx, s.timing.Keep)
	defer cancel()
	var err error
	if r := got.report; r != nil {
		r.Modem, r.ICCID = s.line.Name, s.iccid
		err = s.line.cfg.Keeper.Report(ctx, *r)
	} else {
		m := got.message
		m.Modem, m.ICCID, m.IMSI, m.Arrived = s.line.Name, s.iccid, s.imsi, time.Now().UTC()
		m.Key = key(cmp.Or(s.iccid, s.imsi), m.Raw)
		err = s.line.cfg.Keeper.Keep(ctx, *m)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errNotKept, err)
	}
	s.line.update(func(st *State) { st.Received++ })
	return nil
}

// given is what came without being stored.
func given(e event) stored {
	_, fields, _ := strings.Cut(e.line, ":")
	raw, err := unwrap(e.body, lengthOf(strings.Split(fields, ",")))
	if err != nil {
		return stored{message: &Incoming{Raw: undamaged(e.body), Err: err.Error()}}
	}
	return decode(raw)
}

// salvage keeps what was given and not looked at before the session ended: without acknowledgements the network does
// not give it again, and with them it makes no difference.
func (s *session) salvage(ctx context.Context) {
	s.drain(eventHint)
	for _, e := range s.held {
		if e.kind != eventPDU {
			continue
		}
		if err := s.keep(ctx, given(e)); err != nil {
			s.line.log.Warn().Err(err).Msg("given by the network as the modem was lost")
		}
	}
	s.held = nil
}

// direct takes a report or message that came without being stored, and acknowledges it to the network once it is kept;
// what is not kept is refused, so that the network gives it again.
func (s *session) direct(ctx context.Context, e event) error {
	answer := "+CNMA"
	if err := s.keep(ctx, given(e)); err != nil {
		s.complain(err)
		answer = refuseDirect
	}
	if !s.acknowledge {
		return nil
	}
	if err := s.tell(answer); err != nil {
		s.line.log.Info().Err(err).Msg("acknowledged too late")
		if broken(err) {
			return err
		}
		return s.route()
	}
	return nil
}

// refuseDirect is RP-ERROR to what came directly (TS 27.005 §3.4.4).
const refuseDirect = "+CNMA=2"

// route sets again how messages and reports come. A modem whose direct report was not acknowledged in time turns them
// off (TS 27.005 §3.4.4), and says nothing about it.
func (s *session) route() error {
	if err := s.sameSettings(); err != nil {
		return err
	}
	if s.routing == "" {
		return nil
	}
	return onlyBroken(s.tell("+CNMI=" + s.routing))
}
