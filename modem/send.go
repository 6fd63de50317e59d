package modem

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
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
	s.port.open()
	stop := s.watchPrompt()
	s.port.tap.expect("+CMGS:")
	lines, err := s.at.SMSCommand(fmt.Sprintf("+CMGS=%d", len(pdu.TPDU)), wire(pdu), at.WithTimeout(s.timing.Send))
	s.port.tap.expect("")
	stop()
	written := s.port.shut()
	r := s.receipt(lines, err, written)
	if err == nil && r.Outcome != Sent {
		err = at.ErrDeadlineExceeded // it ended in a way that it should not: back into step
	}
	if errors.Is(err, errWithheld) {
		err = at.ErrDeadlineExceeded
	}
	ended := s.judge("+CMGS", err)
	s.count(r)
	return r, onlyBroken(ended)
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

// receipt says what became of a message. written: its bytes were given to the modem.
func (s *session) receipt(lines []string, err error, written bool) Receipt {
	r := Receipt{ICCID: s.iccid, IMSI: s.imsi, At: time.Now().UTC()}
	for _, l := range lines {
		if rest, ok := strings.CutPrefix(l, "+CMGS:"); ok && err == nil {
			if mr, ok := reference(rest); ok {
				r.Outcome, r.Reference = Sent, mr
				return r
			}
		}
	}
	n, coded := code(err)
	r.Code = n
	switch {
	case !written && (err == nil || errors.Is(err, errWithheld) || errors.Is(err, at.ErrDeadlineExceeded) || s.closed()):
		r.Outcome, r.Reason = Failed, "the modem did not ask for the message"
	case !written:
		r.Outcome, r.Reason = Failed, reasonOf(err)
	case err == nil:
		r.Outcome, r.Reason = Unknown, "the modem said OK without a reference"
	case errors.Is(err, at.ErrDeadlineExceeded):
		r.Outcome, r.Reason = Unknown, "no answer in time after the message was given"
	case coded && n != cmsNetworkTimeout && n != cmsUnknown:
		r.Outcome, r.Reason = Failed, reasonOf(err)
	case coded || time.Now().Before(s.doubt):
		r.Outcome, r.Reason = Unknown, reasonOf(err)
	case errors.Is(err, at.ErrError), isTextual(err):
		r.Outcome, r.Reason = Failed, reasonOf(err)
	default:
		r.Outcome, r.Reason = Unknown, "the modem was lost after the message was given: "+err.Error()
	}
	return r
}

// isTextual reports whether err is a +CMS or +CME ERROR in words.
func isTextual(err error) bool {
	var cms at.CMSError
	var cme at.CMEError
	return errors.As(err, &cms) || errors.As(err, &cme)
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
