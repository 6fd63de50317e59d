package gateway

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// mailSize is how many commands wait for one device.
const mailSize = 16

// Errors of Send.
var (
	ErrNoLine = errors.New("the device has no open line")
	ErrBusy   = errors.New("too many commands wait for the device")
	ErrHungUp = errors.New("the line ended before the device answered")
	ErrBroken = errors.New("the line broke while the command was written: the device may have it or not")
)

// Order is a command on its way.
type Order struct {
	command protocols.Command
	sent    chan error            // nil once the bytes are written
	answer  chan protocols.Result // of the device; closed if the line ended first
	mail    *mail
	wake    func()
}

// Sent waits until the command's bytes are written. ErrHungUp and an error of ctx say that none was, ErrBroken that
// some may have been; any other is of the encoder, which says what the family can not.
func (o *Order) Sent(ctx context.Context) error {
	select {
	case err := <-o.sent:
		return err
	case <-ctx.Done():
		if o.withdraw() {
			return ctx.Err()
		}
		return <-o.sent // it is being written, which has a limit of its own
	}
}

// Answer waits for what the device answers to it.
func (o *Order) Answer(ctx context.Context) (protocols.Result, error) {
	select {
	case r, ok := <-o.answer:
		if !ok {
			return r, ErrHungUp
		}
		return r, nil
	case <-ctx.Done():
		o.GiveUp()
		return protocols.Result{}, ctx.Err()
	}
}

// GiveUp waits no longer for the answer; the next command may go. It may be called at any time.
func (o *Order) GiveUp() { o.withdraw() }

// withdraw says whether the command was still waiting to be written; it will not be then.
func (o *Order) withdraw() bool {
	waited := o.mail.forget(o)
	o.wake()
	return waited
}

// Send puts a command on the device's open line. At most one waits for an answer there; the next are sent in their
// order once it has come or was given up.
func (g *Gateway) Send(device fleet.DeviceID, c protocols.Command) (*Order, error) {
	m, wake := g.lines.postOf(device)
	if m == nil {
		return nil, ErrNoLine
	}
	o := &Order{command: c, sent: make(chan error, 1), answer: make(chan protocols.Result, 1), mail: m, wake: wake}
	if err := m.put(o); err != nil {
		return nil, err
	}
	wake()
	return o, nil
}

// mail is the commands for one conversation. It is safe for concurrent use.
type mail struct {
	mu    sync.Mutex
	queue []*Order
	out   *Order // sent, and not answered yet
	ended bool
}

func (m *mail) put(o *Order) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.ended:
		return ErrNoLine
	case len(m.queue) >= mailSize:
		return ErrBusy
	}
	m.queue = append(m.queue, o)
	return nil
}

// waiting says whether a command can be sent now.
func (m *mail) waiting() bool {
	if m == nil {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.out == nil && len(m.queue) > 0
}

// next gives the command to be sent now, nil if there is none.
func (m *mail) next() *Order {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.out != nil || len(m.queue) == 0 {
		return nil
	}
	m.out, m.queue = m.queue[0], m.queue[1:]
	return m.out
}

// forget takes a command out, and says whether it was still waiting to be sent.
func (m *mail) forget(o *Order) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.out == o {
		m.out = nil
	}
	for i, other := range m.queue {
		if other == o {
			m.queue = append(m.queue[:i:i], m.queue[i+1:]...)
			return true
		}
	}
	return false
}

// answered hands an answer to the command that waits for one. An answer that carries another command's id is nobody's.
func (m *mail) answered(r *protocols.Result) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.out == nil || r.ID != 0 && m.out.command.ID != 0 && r.ID != m.out.command.ID {
		return
	}
	m.out.answer <- *r // has room for the only one
	m.out = nil
}

// end tells all who wait that the conversation is over.
func (m *mail) end() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ended = true
	if m.out != nil {
		close(m.out.answer)
	}
	for _, o := range m.queue {
		o.sent <- ErrHungUp
	}
	m.out, m.queue = nil, nil
}

// mailbox gives the conversation's mail, made at the first use.
func (c *conversation) mailbox() *mail {
	c.mail.CompareAndSwap(nil, new(mail))
	return c.mail.Load()
}

func (c *conversation) answered(r *protocols.Result) {
	if m := c.mail.Load(); m != nil {
		m.answered(r)
	}
}

// deliver encodes the next command and gives it to write.
func (c *conversation) deliver(write func([]byte) error) error {
	m := c.mail.Load()
	if m == nil || c.codec == nil {
		return nil
	}
	o := m.next()
	if o == nil {
		return nil
	}
	var lost error
	data, err := c.codec.Encode(o.command)
	if err == nil && len(data) > 0 { // none: the codec says it with the next reply
		if lost = write(data); lost != nil {
			err = fmt.Errorf("%w: %w", ErrBroken, lost)
		}
	}
	o.sent <- err
	if err != nil {
		m.forget(o)
		return lost
	}
	c.family.counts[c.network].out.Add(float64(len(data)))
	c.carried.out.Add(int64(len(data)))
	c.port.gate.said(c.login, c.network, data)
	return nil
}
