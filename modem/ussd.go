package modem

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/warthog618/sms/encoding/gsm7"
)

// ErrUSSD says that the network did not answer a code.
var ErrUSSD = errors.New("ussd")

// ussdGrace is how long a good answer may come after one that only ends the dialogue.
const ussdGrace = 3 * time.Second

// A USSD answer's kind (TS 27.007 §7.15).
const (
	ussdDone       = 0
	ussdMore       = 1 // the network waits for a choice
	ussdTerminated = 2
)

// ussdWays are the forms in which modems take a code: as UCS-2 in hexadecimal, which has the answer in one line too; as
// it is; as packed septets in hexadecimal.
var ussdWays = []struct {
	charset string
	encode  func(string) string
}{
	{"UCS2", func(c string) string { return hexUTF16(c) }},
	{"GSM", func(c string) string { return c }},
	{"GSM", func(c string) string { return strings.ToUpper(hex.EncodeToString(gsm7.Pack7BitUSSD([]byte(c), 0))) }},
}

// ussd asks the network and waits for its answer. A dialogue that it wants to go on with is ended.
func (s *session) ussd(code string) (string, error) {
	s.drain(eventUSSD) // an answer that came too late for its question
	if err := s.askUSSD(code); err != nil {
		return "", err
	}
	answer, more, err := s.awaitUSSD()
	if broken(err) {
		return "", err
	}
	s.settle() // its lines reach the tap before at, which takes one that begins with ERROR for the end of a command
	p := probe{s: s}
	if more || err != nil {
		p.tell("+CUSD=2")
	}
	p.tell(`+CSCS="GSM"`)
	if p.err != nil {
		return "", p.err
	}
	if err == nil && code == s.line.Balance {
		s.noteBalance(answer)
	}
	return answer, err
}

// askUSSD gives the code in the way that worked before, else in the first that the modem takes.
func (s *session) askUSSD(code string) error {
	var err error
	for i := range ussdWays {
		n := (s.ussdWay + i) % len(ussdWays)
		way := ussdWays[n]
		if err = s.tell(fmt.Sprintf("+CSCS=%q", way.charset)); err == nil {
			err = s.tell(fmt.Sprintf(`+CUSD=1,"%s",15`, way.encode(code)))
		}
		if err == nil || broken(err) || errors.Is(err, errTimeout) {
			s.ussdWay = n
			return err
		}
		s.settle()
	}
	return fmt.Errorf("%w: %w", ErrUSSD, err)
}

// awaitUSSD waits for an answer. One that only says that the dialogue was ended may come before the one that counts.
func (s *session) awaitUSSD() (answer string, more bool, err error) {
	deadline := time.NewTimer(s.timing.USSD)
	defer deadline.Stop()
	ended := ""
	for {
		select {
		case <-s.at.Closed():
			return "", false, s.lost()
		case <-deadline.C:
			if ended != "" {
				return ended, false, nil
			}
			return "", false, fmt.Errorf("%w: no answer within %v, or ended without one", ErrUSSD, s.timing.USSD)
		case e := <-s.port.tap.events:
			if e.kind != eventUSSD {
				s.hold(e)
				continue
			}
			kind, text := parseUSSD(e.body)
			switch kind {
			case ussdDone, ussdMore:
				return text, kind == ussdMore, nil
			case ussdTerminated:
				ended = text
				deadline.Reset(min(ussdGrace, s.timing.USSD))
			default:
				return "", false, fmt.Errorf("%w: the network refused it (+CUSD: %d)", ErrUSSD, kind)
			}
		}
	}
}

// parseUSSD reads +CUSD: kind[,"text"[,dcs]].
func parseUSSD(body string) (kind int, text string) {
	body = strings.TrimSpace(strings.TrimPrefix(body, "+CUSD:"))
	first, rest, _ := strings.Cut(body, ",")
	kind, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		return -1, ""
	}
	from, to := strings.Index(rest, `"`), strings.LastIndex(rest, `"`)
	if from < 0 || to <= from {
		return kind, ""
	}
	return kind, readUSSD(rest[from+1 : to])
}

// readUSSD tells the three forms of a text apart: modems do not keep to the one that was set.
func readUSSD(s string) string {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) == 0 {
		return s
	}
	if len(b)%2 == 0 {
		if text := utf16BE(b); readable(text) {
			return text
		}
	}
	septets := gsm7.Unpack7BitUSSD(b, 0)
	if text, err := gsm7.Decode(septets); err == nil && readable(string(text)) {
		return string(text)
	}
	return s
}

// readable reports whether s is text: letters of more than one far-off script are what wrong decoding looks like.
func readable(s string) bool {
	common := 0
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
		case !unicode.IsPrint(r):
			return false
		}
		if r < 0x80 || unicode.IsSpace(r) || unicode.IsPunct(r) {
			common++
		}
	}
	return common > 0
}

func hexUTF16(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// noteBalance puts an answer to the balance code into the state.
func (s *session) noteBalance(answer string) {
	now := time.Now().UTC()
	s.line.update(func(st *State) {
		st.BalanceText, st.BalanceAt, st.Balance, st.Currency = answer, &now, nil, ""
		if v, currency, ok := ParseBalance(st.PLMN, answer); ok {
			st.Balance, st.Currency = &v, currency
		}
	})
}
