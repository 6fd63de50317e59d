package modem

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/warthog618/modem/at"
)

var (
	// errTimeout: this command was not answered, but the modem is in step again.
	errTimeout = errors.New("no answer in time")
	// errSilent: the modem answers nothing, or is out of step and cannot be brought back.
	errSilent = errors.New("the modem does not answer")
	// errGone: the port is closed.
	errGone = errors.New("the port is gone")
	// errNoAnswer: the command ended well, without the line asked for.
	errNoAnswer = errors.New("no such line in the answer")
)

// doubtTime is how long an answer that was given up may still come and be taken for another's.
const doubtTime = time.Minute

// talker gives commands to one open modem, one at a time, and keeps question and answer in step: each command has
// exactly one final result. Where one is missing or too many, nothing is believed until the modem was silent and AT
// had its one answer. For a while after that it is careful: an answer counts only if silence before and after it
// shows that it was this command's. For one goroutine.
type talker struct {
	port   *port
	at     *at.AT
	timing Timing
	seen   int       // final results accounted for
	silent int       // commands in a row without an answer
	doubt  time.Time // until then it is careful
}

func newTalker(p *port, t Timing) *talker {
	return &talker{port: p, timing: t, at: at.New(p, at.WithTimeout(t.Command), at.WithEscTime(20*time.Millisecond))}
}

// ask gives a command and returns the lines of its answer, with whatever came between.
func (t *talker) ask(cmd string) ([]string, error) {
	if err := t.inStep(); err != nil {
		return nil, fmt.Errorf("AT%s: %w", mask(cmd), err)
	}
	if !strings.HasPrefix(cmd, "+CUSD=") { // its answer is never in the command's: it may come before OK or long after
		t.port.tap.expect(answerPrefix(cmd))
	}
	lines, err := t.at.Command(cmd, at.WithTimeout(t.patience(cmd)))
	t.port.tap.expect("")
	return lines, t.judge(cmd, err)
}

func (t *talker) patience(cmd string) time.Duration {
	for _, slow := range []string{"+CFUN=", "+CPIN=", "+CMGL", "+CMGD", "+CUSD"} {
		if strings.HasPrefix(cmd, slow) {
			return t.timing.Slow
		}
	}
	return t.timing.Command
}

// inStep makes sure, before a command, that nothing of others is still to come, and that the modem has not said that it
// lost its settings.
func (t *talker) inStep() error {
	if t.doubtful() {
		t.settle()
	}
	if t.port.tap.finalsSeen() != t.seen {
		t.suspect()
		if err := t.resync(); err != nil {
			return err
		}
	}
	if t.port.tap.hasBooted() {
		return errAnew
	}
	return nil
}

func (t *talker) doubtful() bool { return time.Now().Before(t.doubt) }

func (t *talker) suspect() { t.doubt = time.Now().Add(doubtTime) }

// judge counts lost answers, brings the modem back into step, and names the error.
func (t *talker) judge(cmd string, err error) error {
	switch {
	case errors.Is(err, at.ErrClosed), t.closed():
		return fmt.Errorf("AT%s: %w", mask(cmd), t.lost())
	case !errors.Is(err, at.ErrDeadlineExceeded):
		t.silent = 0
		t.seen++
		if t.doubtful() {
			t.settle()
			if t.port.tap.finalsSeen() != t.seen {
				break
			}
		}
		if err != nil {
			err = fmt.Errorf("AT%s: %w", mask(cmd), err)
		}
		return err
	default:
		t.silent++
		t.await(t.seen + 1)
	}
	t.suspect()
	if err := t.resync(); err != nil {
		return fmt.Errorf("AT%s: %w", mask(cmd), err)
	}
	return fmt.Errorf("AT%s: %w", mask(cmd), errTimeout)
}

// await gives a late answer as much time again.
func (t *talker) await(finals int) {
	for end := time.Now().Add(t.timing.Command); time.Now().Before(end) && !t.closed(); time.Sleep(t.timing.Quiet / 4) {
		if t.port.tap.finalsSeen() >= finals {
			return
		}
	}
}

// resync waits until the modem is silent and then asks AT until that has exactly one answer.
func (t *talker) resync() error {
	for range t.timing.Hang {
		t.settle()
		before := t.port.tap.finalsSeen()
		_, err := t.at.Command("", at.WithTimeout(t.timing.Command))
		t.settle()
		if t.closed() {
			return t.lost()
		}
		t.seen = t.port.tap.finalsSeen()
		if err == nil && t.seen == before+1 {
			t.silent = 0
			return nil
		}
		if errors.Is(err, at.ErrDeadlineExceeded) {
			t.silent++
		}
		if t.silent > t.timing.Hang {
			break
		}
	}
	return errSilent
}

// settle waits until the modem has said nothing for a while, twenty times as long at most: some never are quiet.
func (t *talker) settle() {
	for range 20 {
		rest := t.timing.Quiet - t.port.quietFor()
		if rest <= 0 || t.closed() {
			return
		}
		time.Sleep(max(rest, t.timing.Quiet/2))
	}
}

func (t *talker) closed() bool {
	select {
	case <-t.at.Closed():
		return true
	case <-t.port.done:
		return true
	default:
		return false
	}
}

// lost says why the port is closed: it is gone, or the modem took no bytes.
func (t *talker) lost() error {
	if t.port.stalled.Load() {
		return errSilent
	}
	return errGone
}

// tell gives a command whose answer is only whether it worked.
func (t *talker) tell(cmd string) error {
	_, err := t.ask(cmd)
	return err
}

// query gives a command and returns what follows prefix ("+CSQ:") in the lines that begin so.
func (t *talker) query(cmd, prefix string) ([]string, error) {
	lines, err := t.ask(cmd)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range lines {
		if rest, ok := strings.CutPrefix(l, prefix); ok {
			out = append(out, strings.TrimSpace(rest))
		}
	}
	return out, nil
}

// one is query for commands that answer one line.
func (t *talker) one(cmd, prefix string) (string, error) {
	out, err := t.query(cmd, prefix)
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("AT%s: %w", mask(cmd), errNoAnswer)
	}
	if err != nil {
		return "", err
	}
	return out[0], nil
}

// word gives a command that answers one bare line, or one with the command's own prefix, and skips what modems say
// unasked.
func (t *talker) word(cmd string) (string, error) {
	lines, err := t.ask(cmd)
	if err != nil {
		return "", err
	}
	for _, l := range lines {
		if rest, ok := strings.CutPrefix(l, answerPrefix(cmd)); ok {
			return strings.Trim(strings.TrimSpace(rest), `"`), nil
		}
		if unasked(l) || strings.HasPrefix(l, "AT") {
			continue
		}
		return strings.Trim(strings.TrimSpace(l), `"`), nil
	}
	return "", fmt.Errorf("AT%s: %w", mask(cmd), errNoAnswer)
}

// unasked reports whether a bare line is one that modems say by themselves.
func unasked(line string) bool {
	switch line {
	case "RING", "NO CARRIER", "BUSY", "RDY", "SMS READY", "SMS Ready", "Call Ready", "PB DONE", "SMS DONE":
		return true
	}
	return line == "" || strings.ContainsAny(line[:1], "+^$*%#&")
}

// answerPrefix is what the lines of a command's answer begin with: "+CSQ:" for "+CSQ" and "+CREG:" for "+CREG?".
func answerPrefix(cmd string) string {
	if cmd == "" || !strings.ContainsAny(cmd[:1], "+^$*%#") {
		return ""
	}
	if end := strings.IndexAny(cmd, "=?"); end >= 0 {
		cmd = cmd[:end]
	}
	return cmd + ":"
}

// mask hides a PIN in what is logged.
func mask(cmd string) string {
	if strings.HasPrefix(cmd, "+CPIN=") {
		return "+CPIN=…"
	}
	return cmd
}

// code is the number of a +CMS or +CME ERROR; ok is false for other errors and for texts.
func code(err error) (n int, ok bool) {
	var cms at.CMSError
	var cme at.CMEError
	var text string
	switch {
	case errors.As(err, &cms):
		text = string(cms)
	case errors.As(err, &cme):
		text = string(cme)
	default:
		return 0, false
	}
	n, err = strconv.Atoi(text)
	return n, err == nil
}

// broken reports whether err means that the session cannot go on, in contrast to a refusal.
func broken(err error) bool {
	return errors.Is(err, errGone) || errors.Is(err, errSilent) || errors.Is(err, errAnew)
}

// onlyBroken drops what does not end a session.
func onlyBroken(err error) error {
	if broken(err) {
		return err
	}
	return nil
}
