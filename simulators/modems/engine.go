package modems

import (
	"errors"
	"strings"
	"time"
)

// call is one command while it is executed, with the modem's lock held.
type call struct {
	request
	*Modem
	line    *line
	verdict *verdict
	info    []string                  // the answer's lines
	body    func(*call, []byte) error // set: the command wants a body, and goes on with it
	after   []func()                  // done once the answer is out, without the lock
}

// handler executes a command in all its forms. The error is the answer's end, nil is OK.
type handler func(*call) error

func (c *call) say(line string) { c.info = append(c.info, line) }

// says answers one line where the form is one of those given, and refuses the others.
func says(line func(*Modem) string, forms ...form) handler {
	return func(c *call) error {
		for _, f := range forms {
			if c.form == f {
				c.say(line(c.Modem))
				return nil
			}
		}
		return cme(cmeNotSupported)
	}
}

// accepts any form and does nothing.
func accepts(*call) error { return nil }

// wait lets the command last d, without the lock; it is cut short when the modem closes.
func (c *call) wait(d time.Duration) {
	if d <= 0 {
		return
	}
	c.mu.Unlock()
	defer c.mu.Lock()
	c.sleep(d)
}

// execute carries out a command line. It runs on the line's goroutine.
func (l *line) execute(words string) {
	if words == "" {
		return
	}
	if strings.EqualFold(words, "A/") {
		words = l.last
	}
	// A client may have left something before its AT; what has none is noise, which modems do not answer.
	at := strings.Index(strings.ToUpper(words), "AT")
	if at < 0 {
		return
	}
	l.last = words
	requests, ok := parseLine(words[at+2:])
	if !ok {
		l.finish(&call{Modem: l.modem, line: l, verdict: &verdict{}}, errPlain)
		return
	}
	c := &call{Modem: l.modem, line: l, verdict: l.modem.judge(requests)}
	if c.verdict.silent {
		return
	}
	var err error
	for _, r := range requests {
		if err = l.perform(c, r); err != nil || c.body != nil {
			break
		}
	}
	if err == nil && c.body != nil {
		l.prompt(c)
		return
	}
	l.finish(c, err)
}

// perform executes one command of a line.
func (l *line) perform(c *call, r request) error {
	c.request = r
	do, ok := l.modem.bank.commands[r.name]
	l.modem.mu.Lock()
	defer l.modem.mu.Unlock()
	if c.verdict.refusal != nil && r.name != "+CMGS" && r.name != "+CMGW" {
		return c.verdict.refusal // of messages it comes after their PDU
	}
	if !ok {
		return cme(cmeNotSupported)
	}
	return do(c)
}

// prompt asks for a message's body; until it is there, the modem holds back what it has to say unasked.
func (l *line) prompt(c *call) {
	if c.verdict.noPrompt {
		return
	}
	l.open = c
	l.send([]byte("\r\n> "))
}

// bodyDone goes on with the command that asked for a body.
func (l *line) bodyDone(body []byte, state bodyState) {
	c := l.open
	switch {
	case state == bodyGivenUp:
		l.finish(c, nil)
	case state == bodyTooLong:
		l.finish(c, cms(cmsPDU))
	case c.verdict.refusal != nil:
		l.finish(c, c.verdict.refusal)
	default:
		l.modem.mu.Lock()
		err := c.body(c, body)
		l.modem.mu.Unlock()
		l.finish(c, err)
	}
	l.open = nil
	l.releaseURCs()
}

// finish writes the answer and does what comes after it.
func (l *line) finish(c *call, err error) {
	m := l.modem
	m.mu.Lock()
	v, level := m.setting("V") == 1, m.setting("+CMEE")
	quiet := m.setting("Q") == 1
	m.mu.Unlock()
	c.verdict.lateFor(m)
	if !errors.Is(err, errSilent) && !quiet {
		l.send(c.verdict.spoil(frame(c.info, ending(err, level), v)))
	}
	for _, do := range c.after {
		do()
	}
}

// frame is an answer on the wire: with words each line between CR LF (ATV1), else numbers (ATV0; ITU-T V.250, 5.7.1).
func frame(info []string, end string, words bool) []byte {
	var b strings.Builder
	for _, line := range info {
		if words {
			b.WriteString("\r\n")
		}
		b.WriteString(line + "\r\n")
	}
	switch {
	case words:
		b.WriteString("\r\n" + end + "\r\n")
	case end == "OK":
		b.WriteString("0\r")
	default:
		b.WriteString("4\r")
	}
	return []byte(b.String())
}
