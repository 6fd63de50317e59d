package modem

import (
	"bytes"
	"strings"
	"sync"
)

// eventKind says what a modem said unasked.
type eventKind int

const (
	eventHint   eventKind = iota // there may be messages in a memory: +CMTI, +CDSI, memory full
	eventPDU                     // a message or report itself: +CMT, +CDS
	eventUSSD                    // +CUSD
	eventReboot                  // the modem has started anew and lost its settings
	eventSIM                     // the SIM went or came
)

type event struct {
	kind eventKind
	line string // what announced it
	body string // the PDU in hexadecimal, or the whole text of a +CUSD
}

const (
	tapLine   = 4096 // a longer line is cut: no PDU and no USSD text has as much
	tapEvents = 128
)

// tap sees every line that a modem says, in order, whatever command runs: package at gives an unasked line to the
// running command as well, starts handlers in any order, and keeps only the first line of a +CUSD. feed is for the
// reading goroutine; it never blocks. If nobody takes the events, those beyond tapEvents are lost and overflowed says
// so: all but +CUSD and reports are hints, and a report that is not acknowledged comes again.
type tap struct {
	events chan event

	line    []byte
	pending *event // waits for the line of its PDU, or for its closing quote

	mu       sync.Mutex
	asked    string // prefix of the answer that a running command gives: such a line is no event
	finals   int    // final results seen
	booted   bool   // the modem said that it started anew
	overflow bool
}

func newTap() *tap { return &tap{events: make(chan event, tapEvents)} }

func (t *tap) feed(b []byte) {
	for len(b) > 0 {
		end := bytes.IndexByte(b, '\n')
		if end < 0 {
			t.add(b)
			return
		}
		t.add(b[:end])
		t.take(string(t.line))
		t.line = t.line[:0]
		b = b[end+1:]
	}
}

func (t *tap) add(b []byte) {
	t.line = append(t.line, b[:min(len(b), tapLine-len(t.line))]...)
}

func (t *tap) take(line string) {
	if t.pending != nil && t.goOn(line) {
		return
	}
	switch {
	case line == "":
	case final(line):
		t.mu.Lock()
		t.finals++
		t.mu.Unlock()
	case t.isAnswer(line):
	default:
		t.classify(line)
	}
}

// goOn gives line to the event that waits for it, and reports whether it was taken.
func (t *tap) goOn(line string) bool {
	e := t.pending
	if e.kind == eventPDU {
		if line == "" {
			return true
		}
		e.body = strings.TrimSpace(line)
		t.pending = nil
		t.send(*e)
		return true
	}
	if line != "" { // \r\n arrives as two ends of line
		e.body += "\n" + line
	}
	if strings.Contains(line, `"`) || len(e.body) > tapLine {
		t.pending = nil
		t.send(*e)
	}
	return true
}

func (t *tap) classify(line string) {
	has := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if strings.HasPrefix(line, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("+CMT:", "+CDS:"):
		t.pending = &event{kind: eventPDU, line: line}
	case has("+CUSD:"):
		e := event{kind: eventUSSD, line: line, body: line}
		if strings.Count(line, `"`) == 1 {
			t.pending = &e
			return
		}
		t.send(e)
	case has("+CMTI:", "+CDSI:", "^SMMEMFULL", "%SMMEMFULL"):
		t.send(event{kind: eventHint, line: line})
	case has("+CPIN:", "^SIMST:", "+QUSIM:"):
		t.send(event{kind: eventSIM, line: line})
	case line == "RDY", has("^SYSSTART", "+SYSSTART", "*PSUTTZ: RDY"):
		t.setBooted(true)
		t.send(event{kind: eventReboot, line: line})
	}
}

func (t *tap) send(e event) {
	select {
	case t.events <- e:
	default:
		t.lose()
	}
}

func (t *tap) lose() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.overflow = true
}

// expect says which prefix a running command's answer has; "" for none.
func (t *tap) expect(prefix string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked = prefix
}

func (t *tap) isAnswer(line string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asked != "" && strings.HasPrefix(line, t.asked)
}

// hasBooted reports whether the modem has started anew since setBooted(false).
func (t *tap) hasBooted() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.booted
}

func (t *tap) setBooted(v bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.booted = v
}

func (t *tap) finalsSeen() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.finals
}

// overflowed reports whether events were lost since it was last asked.
func (t *tap) overflowed() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	was := t.overflow
	t.overflow = false
	return was
}

// final reports whether line ends the answer to a command, as package at sees it.
func final(line string) bool {
	coded := strings.HasPrefix(line, "+CME ERROR:") || strings.HasPrefix(line, "+CMS ERROR:")
	return coded || line == "OK" || strings.HasPrefix(line, "ERROR")
}
