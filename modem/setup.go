package modem

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// probe asks what a modem may not know: a refusal gives "", and only a broken session sticks.
type probe struct {
	s   *session
	err error
}

func (p *probe) do(ask func() (string, error)) string {
	if p.err != nil {
		return ""
	}
	v, err := ask()
	if broken(err) {
		p.err = err
	}
	return v
}

func (p *probe) word(cmd string) string {
	return p.do(func() (string, error) { return p.s.word(cmd) })
}

func (p *probe) one(cmd, prefix string) string {
	return p.do(func() (string, error) { return p.s.one(cmd, prefix) })
}

func (p *probe) tell(cmd string) {
	p.do(func() (string, error) { return "", p.s.tell(cmd) })
}

// wakeUp ends whatever the modem was in the middle of, and waits until it answers in step.
func (s *session) wakeUp() error {
	s.at.Escape([]byte("\r\nATE0V1Q0\r\n")...)
	err := s.resync()
	s.port.tap.setBooted(false)
	return err
}

// imei is the modem's number, "" if it does not tell.
func (s *session) imei() string {
	for _, cmd := range []string{"+CGSN", "+GSN"} {
		if v, err := s.word(cmd); err == nil && len(v) >= 14 && len(v) <= 16 && digits(v) {
			return v
		}
	}
	return ""
}

// setUp finds out what the modem is, unlocks its SIM, and gives the settings that sending and receiving need.
func (s *session) setUp(ctx context.Context) error {
	s.line.progress(Probing)
	if err := s.settings(); err != nil {
		return err
	}
	if err := s.identify(); err != nil {
		return err
	}
	if err := s.unlock(ctx); err != nil {
		return err
	}
	if err := s.identifySIM(); err != nil {
		return err
	}
	if err := s.messaging(); err != nil {
		return err
	}
	s.line.phase(Registering, "")
	return nil
}

// settings are given after every start, because a reset takes them: never ATZ, which takes them too.
func (s *session) settings() error {
	p := probe{s: s}
	p.tell("E0")
	p.tell("+CMEE=1")
	if v := p.one("+CFUN?", "+CFUN:"); v != "" && !strings.HasPrefix(v, "1") {
		p.tell("+CFUN=1")
	}
	p.tell("+CREG=2")
	p.tell("+CEREG=2")
	p.tell(`+CSCS="GSM"`)
	return p.err
}

func (s *session) identify() error {
	p := probe{s: s}
	maker, model, firmware := p.word("+CGMI"), p.word("+CGMM"), p.word("+CGMR")
	imei := p.do(func() (string, error) { return s.imei(), nil })
	s.heat = thermometersOf(maker)
	s.line.update(func(st *State) {
		st.Manufacturer, st.Model, st.Firmware, st.IMEI = maker, model, firmware, imei
	})
	return p.err
}

func (s *session) identifySIM() error {
	p := probe{s: s}
	s.iccid = p.do(s.readICCID)
	s.imsi = p.word("+CIMI")
	if !digits(s.imsi) {
		s.imsi = ""
	}
	msisdn := quoted(p.one("+CNUM", "+CNUM:"), 1)
	if msisdn == "" {
		msisdn = s.line.MSISDN
	}
	smsc := quoted(p.one("+CSCA?", "+CSCA:"), 0)
	s.line.update(func(st *State) {
		if st.ICCID != s.iccid {
			st.forgetSIM()
		}
		st.ICCID, st.IMSI, st.MSISDN, st.SMSC, st.PINState = s.iccid, s.imsi, msisdn, smsc, pinReady
	})
	return p.err
}

// messaging chooses how messages and reports come: stored first, with a notice, so that none is acknowledged to the
// network before it is kept.
func (s *session) messaging() error {
	if err := s.tell("+CMGF=0"); err != nil {
		return fmt.Errorf("PDU mode: %w", err)
	}
	p := probe{s: s}
	if services := groups(p.one("+CSMS=?", "+CSMS:")); len(services) > 0 && has(services[0], 1) {
		s.acknowledge = p.do(func() (string, error) { return s.one("+CSMS=1", "+CSMS:") }) != ""
	}
	if s.acknowledge {
		p.tell(refuseDirect) // what was given to a session that ended before it was kept
	}
	s.routing = ""
	for _, r := range routings(groups(p.one("+CNMI=?", "+CNMI:"))) {
		err := s.tell("+CNMI=" + r)
		if broken(err) {
			return err
		}
		if err == nil {
			s.routing = r
			break
		}
	}
	if p.err != nil {
		return p.err
	}
	return s.chooseMemories()
}

// routings are the +CNMI settings worth trying, best first: buffered or given at once, messages stored with a +CMTI
// (mt 1), reports given directly (ds 1), else stored with a +CDSI (ds 2). offer is what +CNMI=? says, maybe nothing.
func routings(offer []string) []string {
	offers := func(field, v int) bool { return field >= len(offer) || has(offer[field], v) }
	var out []string
	for _, ds := range []int{1, 2, 0} {
		for _, mode := range []int{2, 1} {
			for _, buffer := range []int{0, 1} {
				if offers(0, mode) && offers(1, 1) && offers(3, ds) && offers(4, buffer) {
					out = append(out, fmt.Sprintf("%d,1,0,%d,%d", mode, ds, buffer))
				}
			}
		}
	}
	return out
}

// groups takes `(0,1,2),(0-3)` apart: "0,1,2" and "0-3".
func groups(s string) []string {
	var out []string
	for {
		_, rest, ok := strings.Cut(s, "(")
		if !ok {
			return out
		}
		g, rest, ok := strings.Cut(rest, ")")
		if !ok {
			return out
		}
		out = append(out, g)
		s = rest
	}
}

// has reports whether a group has v, alone or in a range.
func has(group string, v int) bool {
	return slices.ContainsFunc(strings.Split(group, ","), func(item string) bool {
		from, to, ranged := strings.Cut(strings.TrimSpace(item), "-")
		low, err := strconv.Atoi(from)
		if !ranged {
			return err == nil && low == v
		}
		high, err2 := strconv.Atoi(to)
		return errors.Join(err, err2) == nil && low <= v && v <= high
	})
}

// quoted is the n-th of the strings in quotation marks in s, "" if there are fewer.
func quoted(s string, n int) string {
	parts := strings.Split(s, `"`)
	if i := 2*n + 1; i < len(parts)-1 {
		return parts[i]
	}
	return ""
}
