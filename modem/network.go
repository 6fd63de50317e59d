package modem

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// round looks at the SIM, the network, the stored messages and the balance, and decides the phase.
func (s *session) round(ctx context.Context) error {
	if err := s.sameSIM(); err != nil {
		return err
	}
	registration, err := s.network()
	if err != nil {
		return err
	}
	if err := s.route(); err != nil {
		return err
	}
	if err := s.sweep(ctx); err != nil {
		return err
	}
	s.decide(registration)
	if s.line.Balance != "" && s.line.snapshot().ready() && time.Since(s.asked) > s.timing.Balance {
		s.asked = time.Now()
		if _, err := s.ussd(s.line.Balance); err != nil {
			return onlyBroken(err)
		}
	}
	return nil
}

// sameSIM ends the session when the SIM is gone, locked or another one.
func (s *session) sameSIM() error {
	state, err := s.pinState()
	if broken(err) || errors.Is(err, errTimeout) {
		return err
	}
	if n, _ := code(err); n == cmeSIMBusy {
		return nil
	}
	if err != nil || state != pinReady {
		s.line.log.Warn().Str("state", state).AnErr("answer", err).Msg("SIM is not ready")
		return errAnew
	}
	iccid, err := s.readICCID()
	if err == nil && iccid != s.iccid {
		return errAnew
	}
	return onlyBroken(err)
}

// sameSettings ends the session when the modem has lost its settings: it started anew, and did not say so. Of all of
// them it is the mode of +CREG that is looked at, as it was after they were given.
func (s *session) sameSettings() error {
	lines, err := s.query("+CREG?", "+CREG:")
	for _, l := range lines {
		mode, _, _ := strings.Cut(l, ",")
		switch _, ok := parseRegistration(l); {
		case !ok:
		case s.mode == "":
			s.mode = mode
		case s.mode != mode:
			s.line.log.Warn().Msg("modem has started anew without a word")
			return errAnew
		}
	}
	if broken(err) || errors.Is(err, errTimeout) {
		return err
	}
	return nil // it does not tell
}

// decide sets the phase of a modem that answers.
func (s *session) decide(r Registration) {
	switch {
	case r == Denied:
		s.line.phase(Registering, "the network denies its SIM")
	case r != Home && r != Roaming:
		s.line.phase(Registering, "no network")
	case time.Now().Before(s.barred):
		s.line.phase(Barred, s.barredWhy)
	case s.complaint != "":
		s.line.phase(Degraded, s.complaint)
	default:
		s.line.phase(Ready, "")
	}
}

// network asks for signal, registration, cell and operator.
func (s *session) network() (Registration, error) {
	p := probe{s: s}
	dbm, percent := signal(p.one("+CSQ", "+CSQ:"))
	reg := s.registration(&p)
	name, plmn, access := "", "", ""
	if reg.status == Home || reg.status == Roaming {
		p.tell("+COPS=3,0")
		name = operator(p.one("+COPS?", "+COPS:")).name
		p.tell("+COPS=3,2")
		o := operator(p.one("+COPS?", "+COPS:"))
		plmn, access = o.name, o.access
	}
	heat := s.temperature(&p)
	if p.err != nil {
		return None, p.err
	}
	s.line.update(func(st *State) {
		st.SignalDBM, st.SignalPercent, st.Temperature = dbm, percent, heat
		st.Registration, st.LAC, st.CID = reg.status, reg.lac, reg.cid
		st.Operator, st.PLMN, st.Access = name, plmn, access
	})
	return reg.status, nil
}

type registered struct {
	status   Registration
	lac, cid string
}

// registration asks all three of the network's sides: a modem that is on LTE alone says so in +CEREG only.
func (s *session) registration(p *probe) registered {
	best := registered{status: None}
	for _, q := range []string{"+CREG", "+CEREG", "+CGREG"} {
		var lines []string
		p.do(func() (_ string, err error) {
			lines, err = s.query(q+"?", q+":")
			return "", err
		})
		for _, l := range lines {
			r, ok := parseRegistration(l)
			if !ok {
				continue
			}
			if r.status == Home || r.status == Roaming {
				return r
			}
			if best.status == None {
				best = r
			}
		}
	}
	return best
}

// parseRegistration reads an answer (TS 27.007 §7.2): n,stat[,lac,cid[,AcT]]. The line that modems say unasked begins
// with stat; there the second field is quoted or missing, and it is refused.
func parseRegistration(s string) (registered, bool) {
	f := strings.Split(s, ",")
	if len(f) < 2 || len(strings.TrimSpace(f[1])) > 2 {
		return registered{}, false
	}
	stat, err := strconv.Atoi(strings.TrimSpace(f[1]))
	if err != nil {
		return registered{}, false
	}
	r := registered{status: None}
	switch stat {
	case 1, 6, 9: // 6: for SMS only; 9: without circuit-switched fallback
		r.status = Home
	case 5, 7, 10:
		r.status = Roaming
	case 2:
		r.status = Searching
	case 3:
		r.status = Denied
	}
	if len(f) >= 4 {
		r.lac, r.cid = strings.Trim(f[2], `" `), strings.Trim(f[3], `" `)
	}
	return r, true
}

// signal reads +CSQ: 0…31 stands for -113…-51 dBm in steps of 2, 99 for unknown (TS 27.007 §8.5).
func signal(s string) (dbm, percent *int) {
	rssi, _, _ := strings.Cut(s, ",")
	n, err := strconv.Atoi(strings.TrimSpace(rssi))
	if err != nil || n < 0 || n > 31 {
		return nil, nil
	}
	d, p := -113+2*n, n*100/31
	return &d, &p
}

type network struct{ name, access string }

// operator reads +COPS: mode,format,"name",AcT (TS 27.007 §7.3).
func operator(s string) network {
	n := network{name: quoted(s, 0)}
	if i := strings.LastIndex(s, `",`); i >= 0 {
		n.access = accessNames[strings.TrimSpace(s[i+2:])]
	}
	return n
}

// accessNames are the AcT of +COPS.
var accessNames = map[string]string{
	"0": "gsm", "1": "gsm", "3": "gsm", "8": "gsm", "2": "umts", "4": "umts", "5": "umts", "6": "umts",
	"7": "lte", "10": "lte", "9": "nb-iot", "11": "nr", "12": "nr", "13": "lte",
}

// thermometer is how a maker's modems tell their temperature: the pattern's group is in °C.
type thermometer struct {
	maker, command, prefix string
	pattern                *regexp.Regexp
}

// thermometers are those known. The first of several sensors counts; older Quectel say mode, millivolts and °C.
var thermometers = []thermometer{
	{"quectel", "+QTEMP", "+QTEMP:", regexp.MustCompile(`^(-?\d+)`)},
	{"quectel", "+QTEMP?", "+QTEMP:", regexp.MustCompile(`^\d+,\d+,(-?\d+)`)},
	{"simcom", "+CPMUTEMP", "+CPMUTEMP:", regexp.MustCompile(`(-?\d+)`)},
	{"u-blox", "+UTEMP?", "+UTEMP:", regexp.MustCompile(`(-?\d+(?:\.\d+)?)`)},
}

func thermometersOf(maker string) []thermometer {
	var out []thermometer
	for _, t := range thermometers {
		if strings.Contains(strings.ToLower(maker), t.maker) {
			out = append(out, t)
		}
	}
	return out
}

// temperature asks the thermometers that may be there; after the first time only the one that is.
func (s *session) temperature(p *probe) *float64 {
	for i, t := range s.heat {
		if v := t.read(p); v != nil {
			s.heat = s.heat[i : i+1]
			return v
		}
	}
	s.heat = nil
	return nil
}

func (t thermometer) read(p *probe) *float64 {
	m := t.pattern.FindStringSubmatch(p.one(t.command, t.prefix))
	if m == nil {
		return nil
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil || v < -60 || v > 150 {
		return nil
	}
	return &v
}

// reasonOf is an error of a network or SIM for people: its code (TS 27.005 §3.2.5) and what that means.
func reasonOf(err error) string {
	n, ok := code(err)
	if !ok {
		return err.Error()
	}
	if meaning := meanings[n]; meaning != "" {
		return fmt.Sprintf("error %d: %s", n, meaning)
	}
	return fmt.Sprintf("error %d", n)
}
