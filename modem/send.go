package modem

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/warthog618/modem/at"
)

// Codes of +CMS ERROR (TS 27.005 §3.2.5; below 128 TS 24.011 annex E-2).
const (
	cmsNetworkTimeout = 332
	cmsUnknown        = 500
)

// barring are the codes with which an operator refuses a SIM's messages altogether.
var barring = []int{8, 10, 29, 50}

// meanings are what those codes say that people meet.
var meanings = map[int]string{
	1: "unassigned number", 8: "the operator bars it", 10: "calls are barred", 21: "message rejected",
	27: "recipient out of service", 28: "unidentified subscriber", 29: "facility rejected", 30: "unknown subscriber",
	38: "network out of order, or no credit", 41: "temporary failure", 42: "congestion", 47: "no resources",
	50: "not subscribed to this service", 69: "not implemented by the network", 96: "mandatory information is missing",
	111: "protocol error", 127: "interworking error", 208: "SIM memory full", 300: "modem failure",
	301: "service reserved", 302: "operation not allowed", 303: "operation not supported", 304: "invalid PDU",
	305: "invalid text", 310: "no SIM", 311: "SIM wants its PIN", 313: "SIM failure", 314: "SIM busy", 315: "wrong SIM",
	316: "SIM wants its PUK", 320: "memory failure", 321: "invalid place in memory", 322: "memory full",
	330: "service centre unknown", 331: "no network", 332: "network timeout", 500: "unknown",
	512: "collision in the modem",
}

// send gives one message to the network. The receipt is always valid; the error says that the session ends.
func (s *session) send(pdu PDU) (Receipt, error) {
	if err := s.inMode(); err != nil {
		r := s.receipt(answer{err: err})
		s.count(r)
		return r, onlyBroken(err)
	}
	s.port.open()
	stop := s.watchPrompt()
	s.port.tap.expect("+CMGS:")
	lines, err := s.at.SMSCommand(fmt.Sprintf("+CMGS=%d", len(pdu.TPDU)), wire(pdu), at.WithTimeout(s.timing.Send))
	s.port.tap.expect("")
	stop()
	got := answer{err: err, written: s.port.shut(), doubtful: s.doubtful()}
	got.reference, got.ok = referenceIn(lines)
	if !got.ok || err != nil {
		s.suspect() // an escape may have an answer, or none
	}
	ended := s.judge("+CMGS", err)
	got.lost = broken(ended) || errors.Is(ended, errTimeout)
	r := s.receipt(got)
	s.count(r)
	return r, onlyBroken(ended)
}

// inMode makes sure that the modem did not start anew without a word: in text mode it would send the PDU as text, to a
// number that is its length, and the report would be lost.
func (s *session) inMode() error {
	if s.mode != "" {
		return s.sameSettings()
	}
	return s.tell("+CMGF=0")
}

// answer is what came of giving a message.
type answer struct {
	err       error
	reference byte
	ok        bool // there is a reference
	written   bool // the message's bytes were given
	doubtful  bool // an older answer may have come in between
	lost      bool // the answer did not come, or is not certainly this message's
}

// referenceIn finds +CMGS: mr[,…] in an answer.
func referenceIn(lines []string) (byte, bool) {
	for _, l := range lines {
		if rest, ok := strings.CutPrefix(l, "+CMGS:"); ok {
			first, _, _ := strings.Cut(rest, ",")
			n, err := strconv.ParseUint(strings.TrimSpace(first), 10, 8)
			return byte(n), err == nil
		}
	}
	return 0, false
}

// wire is a PDU as modems take it: no service centre's address, so that of the SIM is used.
func wire(pdu PDU) string { return "00" + strings.ToUpper(hex.EncodeToString(pdu.TPDU)) }

// watchPrompt gives the modem its time to ask for the message. If it does not, the message is withheld for good,
// which makes sure that it was not sent, and the modem is told to forget it; if it does not react to that either, its
// port is closed. What is returned stops the watch and waits for it.
func (s *session) watchPrompt() (stop func()) {
	stopped, ended := make(chan struct{}), make(chan struct{})
	wait := func(d time.Duration) bool {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-stopped:
			return false
		case <-t.C:
			return true
		}
	}
	go func() {
		defer close(ended)
		if !wait(s.timing.Prompt) || s.port.shut() {
			return
		}
		if _, err := s.port.Write([]byte{escape}); err == nil && wait(s.timing.Command) {
			s.port.Close()
		}
	}()
	return func() { close(stopped); <-ended }
}

// receipt says what became of a message.
func (s *session) receipt(a answer) Receipt {
	r := Receipt{ICCID: s.iccid, IMSI: s.imsi, At: time.Now().UTC()}
	switch {
	case !a.written:
		r.Outcome, r.Reason = Failed, "the modem did not ask for the message"
		if refused(a.err) {
			r.Reason = reasonOf(a.err)
		}
	case a.lost:
		r.Outcome, r.Reason = Unknown, "no certain answer after the message was given"
	case a.err == nil && a.ok:
		r.Outcome, r.Reference = Sent, a.reference
	case a.err == nil:
		r.Outcome, r.Reason = Unknown, "the modem said OK without a reference"
	case vague(a.err), a.doubtful && errors.Is(a.err, at.ErrError):
		r.Outcome, r.Reason = Unknown, reasonOf(a.err)
	default:
		r.Outcome, r.Reason = Failed, reasonOf(a.err)
	}
	if r.Outcome != Sent {
		r.Code, _ = code(a.err)
	}
	return r
}

// refused reports whether err is the modem's word, in contrast to its silence.
func refused(err error) bool {
	return err != nil && !errors.Is(err, at.ErrDeadlineExceeded) && !errors.Is(err, at.ErrClosed) &&
		!errors.Is(err, errWithheld) && !errors.Is(err, errWriteStalled) && !errors.Is(err, io.ErrClosedPipe)
}

// vague reports whether err leaves open whether the network has the message.
func vague(err error) bool {
	if n, ok := code(err); ok {
		return n == cmsNetworkTimeout || n == cmsUnknown
	}
	var cms at.CMSError
	words := ""
	if errors.As(err, &cms) {
		words = strings.ToLower(string(cms))
	}
	return words == "network timeout" || words == "unknown error"
}

// count keeps the figures, and bars the SIM when the operator does.
func (s *session) count(r Receipt) {
	s.line.update(func(st *State) {
		switch r.Outcome {
		case Sent:
			st.Sent++
		case Unknown:
			st.Unknown++
			st.LastError = r.Reason
		default:
			st.Failed++
			st.LastError = r.Reason
		}
	})
	if r.Outcome == Failed && slices.Contains(barring, r.Code) {
		s.barred, s.barredWhy = time.Now().Add(s.timing.Barred), r.Reason
		s.line.phase(Barred, r.Reason)
	}
}
