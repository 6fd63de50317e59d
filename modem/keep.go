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

// direct takes a report or message that came without being stored, and acknowledges it to the network once it is kept;
// what is not kept is refused, so that the network gives it again.
func (s *session) direct(ctx context.Context, e event) error {
	_, fields, _ := strings.Cut(e.line, ":")
	raw, err := unwrap(e.body, lengthOf(strings.Split(fields, ",")))
	got := stored{message: &Incoming{Raw: undamaged(e.body)}}
	if err != nil {
		got.message.Err = err.Error()
	} else {
		got = decode(raw)
	}
	answer := "+CNMA"
	if err := s.keep(ctx, got); err != nil {
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
