package modems

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// rulesLimit is how many rules a modem takes.
const rulesLimit = 1000

// verdict is what rules do to one command line.
type verdict struct {
	silent        bool
	noPrompt      bool
	lostReference bool
	bareOK        bool
	half          bool
	doubleCR      bool
	late          time.Duration
	inside        string
	refusal       error
}

// reportPlan is what rules do to one delivery report.
type reportPlan struct {
	lost, swap, temporary bool
	late, later           time.Duration
}

// happens says whether a rule's time has come.
func (a *armed) happens(m *Modem) bool {
	a.seen++
	if a.Nth > 0 && a.seen != a.Nth {
		return false
	}
	if a.Probability > 0 && m.bank.chance() >= a.Probability {
		return false
	}
	m.bank.count(a.Do)
	return true
}

// judge looks which rules a command line meets. Those for the modem's state happen before it is carried out.
func (m *Modem) judge(requests []request) *verdict {
	m.mu.Lock()
	defer m.mu.Unlock()
	v := &verdict{}
	for _, a := range m.rules {
		if !a.meets(requests) || !a.happens(m) {
			continue
		}
		switch {
		case a.fault.answer != nil:
			a.fault.answer(v, a.argument)
		case a.fault.state != nil:
			a.fault.state(m, a.argument)
		}
	}
	v.silent = v.silent || m.hung != nil || m.booting || m.port == nil
	return v
}

// meets says whether one of the commands begins as the rule says.
func (a *armed) meets(requests []request) bool {
	if a.When == triggerCommand {
		return true
	}
	begins := strings.TrimPrefix(strings.ToUpper(a.When), "AT")
	if begins == "" {
		return len(requests) == 0
	}
	for _, r := range requests {
		if strings.HasPrefix(r.String(), begins) {
			return true
		}
	}
	return false
}

// String is the command as it was typed, in capitals but for its arguments.
func (r request) String() string {
	switch r.form {
	case read:
		return r.name + "?"
	case test:
		return r.name + "=?"
	case set:
		return r.name + "=" + r.args
	}
	return r.name + r.args
}

// judgeEvent lets the state's faults happen at an event. The lock is held.
func (m *Modem) judgeEvent(event string) {
	for _, a := range m.rules {
		if a.When == event && a.fault.state != nil && a.happens(m) {
			a.fault.state(m, a.argument)
		}
	}
}

// judgeArrival is what rules do to a message that arrives. The lock is held.
func (m *Modem) judgeArrival(pdu *stored) {
	m.judgeEvent(eventDeliver)
	for _, a := range m.rules {
		if a.When == eventDeliver && a.fault.spoil != nil && a.happens(m) {
			a.fault.spoil(pdu)
		}
	}
}

func (m *Modem) planReport() reportPlan {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.judgeEvent(eventReport)
	var p reportPlan
	for _, a := range m.rules {
		if a.When == eventReport && a.fault.report != nil && a.happens(m) {
			a.fault.report(&p, a.argument)
		}
	}
	return p
}

// Fault gives the modem rules besides those that it has. Its errors name what a rule cannot be.
func (m *Modem) Fault(rules ...Rule) error {
	var all []*armed
	for _, r := range rules {
		a, err := r.arm()
		if err != nil {
			return fmt.Errorf("modems: fault: %w", err)
		}
		all = append(all, a)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.rules)+len(all) > rulesLimit {
		return fmt.Errorf("modems: fault: %d rules and %d more: a modem takes %d", len(m.rules), len(all), rulesLimit)
	}
	for _, a := range all {
		if a.When == eventNow {
			m.bank.count(a.Do)
			a.fault.state(m, a.argument)
			continue
		}
		m.rules = append(m.rules, a)
	}
	return nil
}

// Clear takes all rules off the modem, and it is well again: it reads, is registered at home, and has room, money, its
// SIM and its port.
func (m *Modem) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rules = nil
	m.unhang()
	if m.sim == nil && m.pulled != nil {
		m.insert(m.pulled)
	}
	if m.sim != nil {
		m.sim.pinTries, m.sim.Balance = pinTries, max(m.sim.Balance, 1)
	}
	booting := m.booting
	m.conditions = conditions{barAfter: -1, booting: booting}
	m.register(Home)
	if m.port == nil && !booting {
		m.returnAfter(0)
	}
	m.tellPresent()
}

// lateFor waits with a late answer. Without the lock.
func (v *verdict) lateFor(m *Modem) {
	if v.late > 0 {
		m.sleep(v.late)
	}
}

// sent is the end of a command that sent a message.
func (v *verdict) sent(c *call, err error) error {
	if err != nil || !v.lostReference {
		return err
	}
	c.info = nil
	if v.bareOK {
		return nil
	}
	return errSilent
}

// spoil does to an answer's bytes what the rules say.
func (v *verdict) spoil(answer []byte) []byte {
	if v.inside != "" {
		urc := "\r\n" + v.inside + "\r\n"
		at := 0 // before the answer's end, after its lines if it has any
		if end := bytes.LastIndex(answer, []byte("\r\n\r\n")); end >= 0 {
			at = end + 2
		}
		answer = append(append(append([]byte{}, answer[:at]...), urc...), answer[at:]...)
	}
	if v.doubleCR {
		answer = bytes.ReplaceAll(answer, []byte("\r\n"), []byte("\r\r\n"))
	}
	if v.half {
		answer = answer[:len(answer)/2]
	}
	return answer
}

// spoilPDU makes a message undecodable: it gets a coding that there is not (a reserved group of 3GPP TS 23.038,
// clause 4).
func spoilPDU(s *stored) {
	sender := len(s.pdu) - s.tpdu + 1 // after the message centre and the first octet
	digits := int(s.pdu[sender])
	coding := sender + 2 + (digits+1)/2 + 1 // after the sender's length, type and number, and the protocol
	s.pdu[coding] = 0x84
}
