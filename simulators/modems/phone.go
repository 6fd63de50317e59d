package modems

import (
	"fmt"
	"time"

	"github.com/warthog618/sms/encoding/tpdu"
)

// Phone is whoever has a number on the network without being a modem: a tracker, an operator's service, a test.
type Phone interface {
	// Text is called with each message once all its parts are there, by the network's goroutine: it must not block. It
	// gives what the phone answers.
	Text(from, text string) []Reply
}

// Reply is a message that a Phone answers.
type Reply struct {
	After time.Duration // after the message came
	Text  string        // cut into parts if it is long
}

// PhoneFunc is a function that is a Phone.
type PhoneFunc func(from, text string) []Reply

// Text calls f.
func (f PhoneFunc) Text(from, text string) []Reply { return f(from, text) }

// assembliesLimit is how many long messages to one number may be incomplete; one more, and all of them are forgotten.
const assembliesLimit = 50

// assembly is a long message of which parts are missing.
type assembly struct {
	parts []tpdu.TPDU
	left  int
}

// window counts a Phone's answers to one sender.
type window struct {
	since   time.Time
	answers int
}

// ring tells a Phone what has come, and sends what it answers.
func (n *Network) ring(s *subscriber, p parcel) {
	text, whole := s.assemble(p.message)
	if !whole {
		return
	}
	for _, r := range s.phone.Text(p.from, text) {
		from, to := p.to, p.from
		if !s.mayAnswer(to, n.config.LoopLimit) {
			n.log.Warn().Str("phone", from).Str("sender", to).Int("limit", n.config.LoopLimit).
				Msg("a phone answers one sender too often: it is silenced for the rest of the minute")
			n.ledger.note(Entry{At: time.Now(), Kind: Silenced, From: from, To: to, Text: r.Text})
			continue
		}
		n.agenda.after(r.After, func() {
			if err := n.Send(from, to, r.Text); err != nil {
				n.log.Warn().Err(err).Str("phone", from).Msg("an answer was not sent")
			}
		})
	}
}

// assemble puts a long message together; of a whole one it is the text at once.
func (s *subscriber) assemble(m *message) (text string, whole bool) {
	parts, part, reference, ok := m.body.ConcatInfo()
	if !ok || parts < 2 {
		return m.text, true
	}
	key := fmt.Sprintf("%s/%d/%d", m.from, reference, parts)
	a := s.parts[key]
	if a == nil {
		if s.parts == nil || len(s.parts) >= assembliesLimit {
			s.parts = map[string]*assembly{}
		}
		a = &assembly{parts: make([]tpdu.TPDU, parts), left: parts}
		s.parts[key] = a
	}
	if part < 1 || part > parts || a.parts[part-1].UD != nil {
		return "", false
	}
	a.parts[part-1] = m.body
	if a.left--; a.left > 0 {
		return "", false
	}
	delete(s.parts, key)
	return textOf(a.parts...), true
}

// sendersLimit is how many senders a Phone's answers are counted for; one more, and counting begins anew.
const sendersLimit = 100

// mayAnswer counts an answer, and breaks loops of two that answer each other.
func (s *subscriber) mayAnswer(to string, limit int) bool {
	w := s.heard[to]
	if w == nil || time.Since(w.since) > time.Minute {
		if s.heard == nil || len(s.heard) >= sendersLimit {
			s.heard = map[string]*window{}
		}
		w = &window{since: time.Now()}
		s.heard[to] = w
	}
	w.answers++
	return w.answers <= limit
}
