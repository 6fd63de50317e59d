package modemtest

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strings"
)

const (
	ctrlZ  = 0x1a
	escape = 0x1b
)

// run reads what a program says until it hangs up.
func (m *Modem) run(conn net.Conn) {
	var line []byte
	in := bufio.NewReader(conn)
	for m.awake(conn) {
		c, err := in.ReadByte()
		if err != nil {
			return
		}
		switch {
		case c == escape:
			line = line[:0]
			m.prompt(false)
		case c == ctrlZ:
			m.take(conn, strings.TrimSpace(string(line)))
			line = line[:0]
		case c == '\r':
			cmd := strings.TrimSpace(string(line))
			line = line[:0]
			if cmd != "" {
				m.hear(conn, cmd)
			}
		case c != '\n':
			line = append(line, c)
		}
	}
}

// awake waits while the modem hangs, and reports whether this is still its line.
func (m *Modem) awake(conn net.Conn) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for m.hung && m.conn == conn {
		m.changed.Wait()
	}
	return m.conn == conn
}

func (m *Modem) prompt(on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.prompted = on
}

// hear answers one command line.
func (m *Modem) hear(conn net.Conn, line string) {
	m.mu.Lock()
	echo, mute := m.echo, m.mute
	cmd, ok := strings.CutPrefix(strings.ToUpper(line), "AT")
	if ok {
		cmd = line[2:]
	}
	m.commands = append(m.commands, cmd)
	script := m.script(cmd)
	m.mu.Unlock()
	if mute {
		return
	}
	if echo {
		m.write(conn, line+"\n")
	}
	if !ok || script == nil {
		m.write(conn, "\nERROR\n")
		return
	}
	steps := slices.Clone(script(cmd))
	for i, s := range steps {
		if !strings.HasPrefix(s.Text, ">") {
			steps[i].Text = "\n" + s.Text + "\n"
		}
	}
	m.say(conn, steps)
}

// script is the longest that cmd begins with; m.mu is held.
func (m *Modem) script(cmd string) func(string) []Step {
	best := ""
	f := m.scripts[""]
	if cmd != "" {
		f = nil
	}
	for prefix, g := range m.scripts {
		if prefix != "" && len(prefix) > len(best) && strings.HasPrefix(cmd, prefix) {
			best, f = prefix, g
		}
	}
	return f
}

// take takes a message that was given after a prompt.
func (m *Modem) take(conn net.Conn, pdu string) {
	m.mu.Lock()
	prompted, onSend := m.prompted, m.onSend
	m.prompted = false
	if prompted {
		m.sent = append(m.sent, pdu)
	}
	n := len(m.sent)
	m.mu.Unlock()
	switch {
	case !prompted:
	case onSend != nil:
		m.say(conn, onSend(pdu))
	default:
		m.write(conn, fmt.Sprintf("\n+CMGS: %d\n\nOK\n", byte(n)))
	}
}
