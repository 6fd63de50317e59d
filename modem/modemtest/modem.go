// Package modemtest is a modem made of a script, for tests: what it answers to a command, when, and what it says
// unasked. It speaks over a pipe in memory, and has just enough of a modem to be one: an echo, memories of messages,
// and the prompt for a message. A Modem's methods may be called from any goroutine.
//
// It is for tests of package modem and of what uses it; it imports neither.
package modemtest

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"time"
)

// Step is one thing that a modem says: Text, each \n as \r\n, After a while.
type Step struct {
	After time.Duration
	Text  string
}

// Modem is a scripted modem. A new one is healthy, registered at home and empty.
type Modem struct {
	mu       sync.Mutex
	changed  *sync.Cond // hung
	scripts  map[string]func(cmd string) []Step
	onSend   func(pdu string) []Step
	memories map[string]map[int]string
	memory   string // chosen by +CPMS
	conn     net.Conn
	echo     bool
	prompted bool
	absent   bool
	hung     bool
	mute     bool
	opened   int
	commands []string
	sent     []string

	writing sync.Mutex
}

// New is a healthy modem.
func New() *Modem {
	m := &Modem{scripts: map[string]func(string) []Step{}, memory: "SM", echo: true,
		memories: map[string]map[int]string{"SM": {}, "ME": {}, "SR": {}}}
	m.changed = sync.NewCond(&m.mu)
	for cmd, text := range healthy {
		m.Answer(cmd, text)
	}
	m.builtIn()
	return m
}

// Open plugs a program in, as modem.Config.Open wants it. A second one takes the modem from the first.
func (m *Modem) Open(context.Context, string) (io.ReadWriteCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.absent {
		return nil, errors.New("modemtest: it is not plugged in")
	}
	if m.conn != nil {
		m.conn.Close()
	}
	ours, theirs := net.Pipe()
	m.conn, m.prompted = ours, false
	m.opened++
	go m.run(ours)
	return theirs, nil
}

// Answer scripts what a command is answered with: lines, the last of which is usually OK. cmd is without AT; every
// command that begins so is meant, and of several scripts the longest. No text: it is never answered.
func (m *Modem) Answer(cmd string, text string) {
	m.Script(cmd, func(string) []Step {
		if text == "" {
			return nil
		}
		return []Step{{Text: text}}
	})
}

// Script is Answer with a function, which is called for each such command; it may call the modem's other methods.
func (m *Modem) Script(cmd string, f func(cmd string) []Step) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.scripts[cmd] = f
}

// OnSend scripts what the modem says to a message, in place of "+CMGS: n" and OK.
func (m *Modem) OnSend(f func(pdu string) []Step) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.onSend = f
}

// Say has the modem say a line unasked. It is lost if nobody has the modem open.
func (m *Modem) Say(text string) {
	m.mu.Lock()
	conn := m.conn
	m.mu.Unlock()
	if conn != nil {
		m.write(conn, "\n"+text+"\n")
	}
}

// Plug plugs the modem in or out.
func (m *Modem) Plug(in bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.absent = !in
	if m.absent && m.conn != nil {
		m.conn.Close()
		m.conn = nil
	}
}

// Hang has it read nothing more, or go on.
func (m *Modem) Hang(on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hung = on
	m.changed.Broadcast()
}

// Mute has it read and answer nothing, or go on.
func (m *Modem) Mute(on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mute = on
}

// Opened is how often the modem was opened.
func (m *Modem) Opened() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.opened
}

// Commands are those that it was given, without AT.
func (m *Modem) Commands() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.commands...)
}

// Asked counts the commands that begin so.
func (m *Modem) Asked(cmd string) int {
	n := 0
	for _, c := range m.Commands() {
		if strings.HasPrefix(c, cmd) {
			n++
		}
	}
	return n
}

// Sent are the messages that were given to it, in hexadecimal.
func (m *Modem) Sent() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.sent...)
}

func (m *Modem) write(conn net.Conn, text string) {
	m.writing.Lock()
	defer m.writing.Unlock()
	_, _ = io.WriteString(conn, strings.ReplaceAll(text, "\n", "\r\n")) // a program that hung up hears nothing
}

func (m *Modem) say(conn net.Conn, steps []Step) {
	for _, s := range steps {
		if s.After > 0 {
			time.AfterFunc(s.After, func() { m.write(conn, s.Text) })
			continue
		}
		m.write(conn, s.Text)
	}
}
