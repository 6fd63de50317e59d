package modem

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const (
	pinReady  = "READY"
	pinWanted = "SIM PIN"
	pinTries  = 3 // what a SIM allows before it wants the PUK
	simTries  = 10
)

// Codes of +CME ERROR (TS 27.007 §9.2).
const (
	cmePINWanted   = 11
	cmePUKWanted   = 12
	cmeSIMBusy     = 14
	cmeBadPassword = 16
)

// unlock waits for the SIM, and enters its PIN if it wants one, once. An errBlocked says that a person is needed.
func (s *session) unlock(ctx context.Context) error {
	entered := false
	for try := 0; ; try++ {
		state, err := s.pinState()
		n, _ := code(err)
		switch {
		case broken(err):
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case s.line.isPaused():
			return errPaused
		case (errors.Is(err, errTimeout) || n == cmeSIMBusy) && try < simTries:
			s.line.wait(ctx, s.timing.Retry)
		case n == cmePUKWanted || strings.HasPrefix(state, "SIM PUK"):
			return errBlocked{PUK, "its SIM wants the PUK: enter it in a phone"}
		case n == cmePINWanted || state == pinWanted:
			if entered {
				return errBlocked{Blocked, "its SIM still wants the PIN after it was entered"}
			}
			if err := s.enterPIN(ctx); err != nil {
				return err
			}
			entered = true
		case err != nil:
			return errBlocked{SIMError, "no SIM that works: " + err.Error()}
		case state != pinReady:
			return errBlocked{Blocked, "it wants: " + state}
		default:
			return s.accepted(ctx, entered)
		}
	}
}

// pinState is what +CPIN? says: READY, SIM PIN, SIM PUK…
func (s *session) pinState() (string, error) {
	state, err := s.one("+CPIN?", "+CPIN:")
	s.line.update(func(st *State) { st.PINState = state })
	return state, err
}

// accepted forgets that the PIN was tried, once the SIM is open.
func (s *session) accepted(ctx context.Context, entered bool) error {
	if !entered {
		return nil
	}
	if err := s.line.cfg.PINs.Forget(ctx, s.pinNoted); err != nil {
		return fmt.Errorf("forget the tried PIN: %w", err)
	}
	return nil
}

// enterPIN enters the PIN if that cannot cost the last tries, and notes it before, so that a wrong one is tried once.
func (s *session) enterPIN(ctx context.Context) error {
	l := s.line
	l.progress(PIN)
	left, known := s.pinRetries()
	if known {
		l.update(func(st *State) { st.PINRetries = &left })
	}
	key := s.pinKey()
	pin, err := s.pin(ctx, key)
	if err != nil {
		return err
	}
	tried, err := l.cfg.PINs.Tried(ctx, key)
	if err != nil {
		return fmt.Errorf("was the PIN tried before: %w", err)
	}
	anyway := l.PINAnyway && !l.pinSpent
	switch {
	case tried && !anyway:
		return errBlocked{Blocked, "its PIN was tried once and not accepted: correct it"}
	case known && left < pinTries && !anyway:
		return errBlocked{Blocked, fmt.Sprintf("only %d tries for the PIN are left: it is not risked", left)}
	}
	if err := l.cfg.PINs.Note(ctx, key); err != nil {
		return fmt.Errorf("note that the PIN is tried: %w", err)
	}
	l.pinSpent, s.pinNoted = true, key
	err = s.tell(`+CPIN="` + pin + `"`)
	if err == nil || broken(err) || errors.Is(err, errTimeout) {
		return ignoreTimeout(err)
	}
	reason := "its PIN was refused: " + err.Error()
	if n, _ := code(err); n == cmeBadPassword {
		reason = "its PIN is wrong: correct it"
	}
	if left, known := s.pinRetries(); known {
		l.update(func(st *State) { st.PINRetries = &left })
	}
	return errBlocked{Blocked, reason}
}

// pin is the PIN of the settings, or else the one that is known for the SIM.
func (s *session) pin(ctx context.Context, key string) (string, error) {
	if s.line.PIN != "" {
		return s.line.PIN, nil
	}
	pin, err := s.line.cfg.PINs.PIN(ctx, key)
	switch {
	case err != nil:
		return "", fmt.Errorf("what is the PIN: %w", err)
	case pin == "":
		return "", errBlocked{Blocked, "its SIM wants a PIN and none is set"}
	case !isPIN(pin):
		return "", errBlocked{Blocked, "the PIN that is set for its SIM is not 4 to 8 digits"}
	}
	return pin, nil
}

// pinKey names the SIM, or the modem if the locked SIM does not tell what it is.
func (s *session) pinKey() string {
	if iccid, err := s.readICCID(); err == nil && iccid != "" {
		return iccid
	}
	return "imei:" + s.line.snapshot().IMEI
}

// pinRetries is how many tries are left, from +CPINR, else from the SIM itself: VERIFY without a PIN answers 63Cx.
func (s *session) pinRetries() (int, bool) {
	lines, _ := s.query("+CPINR", "+CPINR:")
	for _, l := range lines {
		f := strings.Split(l, ",")
		if n, err := strconv.Atoi(strings.TrimSpace(f[min(1, len(f)-1)])); err == nil && strings.HasPrefix(f[0], pinWanted) {
			return n, true
		}
	}
	answer, _ := s.one(`+CSIM=10,"0020000100"`, "+CSIM:")
	sw := strings.ToUpper(quoted(answer, 0))
	if rest, ok := strings.CutPrefix(sw, "63C"); ok {
		n, err := strconv.ParseInt(rest, 16, 8)
		return int(n), err == nil
	}
	return 0, false
}

var (
	iccidDigits  = regexp.MustCompile(`(?:^|[^0-9A-Fa-f])(89[0-9]{16,18})[Ff]?(?:[^0-9A-Fa-f]|$)`)
	iccidSwapped = regexp.MustCompile(`(?:^|[^0-9A-Fa-f])(98[0-9]{16}[0-9Ff][0-9])(?:[^0-9A-Fa-f]|$)`)
)

// iccidCommands are tried in turn; the last reads the SIM's file EF-ICCID (TS 51.011 §10.1.1), which works where the
// makers' own are missing.
var iccidCommands = []string{"+CCID", "^ICCID?", "+QCCID", "+CICCID", "+CRSM=176,12258,0,0,10"}

// readICCID is the SIM's serial number, 18 to 20 digits.
func (s *session) readICCID() (string, error) {
	if s.iccidCommand != "" {
		return s.iccidFrom(s.iccidCommand)
	}
	for _, cmd := range iccidCommands {
		iccid, err := s.iccidFrom(cmd)
		if broken(err) {
			return "", err
		}
		if iccid != "" {
			s.iccidCommand = cmd
			return iccid, nil
		}
	}
	return "", nil
}

func (s *session) iccidFrom(cmd string) (string, error) {
	lines, err := s.ask(cmd)
	if err != nil {
		return "", err
	}
	for _, l := range lines {
		if m := iccidDigits.FindStringSubmatch(l); m != nil {
			return m[1], nil
		}
		if m := iccidSwapped.FindStringSubmatch(l); m != nil {
			return swap(m[1]), nil
		}
	}
	return "", nil
}

// swap exchanges the nibbles of each octet, as SIMs store digits, and drops the filler.
func swap(digits string) string {
	b, err := hex.DecodeString(digits)
	if err != nil {
		return ""
	}
	for i := range b {
		b[i] = b[i]<<4 | b[i]>>4
	}
	return strings.TrimRight(hex.EncodeToString(b), "f")
}
