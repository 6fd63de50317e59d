package dispatch

import (
	"context"
	"errors"
	"strings"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// Heard takes what a tracker said by SMS: what it tells of itself is journaled as if it came over a line, and if it
// answers a command, that has its answer. It may be called again with the same SMS, as after a crash: nothing is done
// twice. An error says that it must be.
func (d *Dispatcher) Heard(ctx context.Context, m fleet.SMS) error {
	device, known := d.config.Registry.Now().DeviceByID(m.Device)
	if !known {
		return nil
	}
	t := d.targetOf(device)
	at := m.Sent
	if at.IsZero() {
		at = m.Created
	}
	read := readText(&t, m.Text, at)
	if err := d.keep(ctx, &t, &m, &read); err != nil {
		return err
	}
	if alarming(read.Positions) { // it says so by itself
		return nil
	}
	return d.answer(ctx, &m, &read, at)
}

// Read gives what an SMS of a device says of it, as JSON in the form of a command's parsed answer; nil for nothing. at
// is when it was sent, for trackers that leave that out.
func (d *Dispatcher) Read(of fleet.DeviceID, text string, at time.Time) []byte {
	device, known := d.config.Registry.Now().DeviceByID(of)
	if !known {
		return nil
	}
	t := d.targetOf(device)
	read := readText(&t, text, at)
	return parsedOf(read.Positions, read.Result.Deferred)
}

// readText reads an SMS in the family's words; what the family has no words for is an answer all the same.
func readText(t *target, text string, at time.Time) protocols.Message {
	var read protocols.Message
	if t.protocol != nil && t.protocol.ReadText != nil {
		read, _ = t.protocol.ReadText(t.Profile(), text, at) // unknown words: the result is there all the same
	}
	if read.Result == nil {
		read.Result = &protocols.Result{}
	}
	read.Result.Text = text
	return read
}

// keep journals what the SMS said of the tracker. The same said again is found to be a duplicate.
func (d *Dispatcher) keep(ctx context.Context, t *target, m *fleet.SMS, read *protocols.Message) error {
	if len(read.Positions) == 0 {
		return nil
	}
	received := m.Created
	if received.IsZero() {
		received = time.Now()
	}
	return d.config.Journal.Append(ctx, fleet.Record{Device: t.ID, Protocol: t.Device.Protocol,
		Received: received.UTC().Truncate(time.Millisecond), Positions: read.Positions, BySMS: true})
}

func alarming(positions []protocols.Position) bool {
	for i := range positions {
		if positions[i].Alarms != 0 {
			return true
		}
	}
	return false
}

// answer gives an SMS to the command that it answers, if there is one.
func (d *Dispatcher) answer(ctx context.Context, m *fleet.SMS, read *protocols.Message, at time.Time) error {
	c, found, err := d.config.Store.CommandFor(ctx, m.Device, at)
	if err != nil || !found {
		return err
	}
	now := answered(&c, read.Result)
	now.Parsed = parsedOf(read.Positions, read.Result.Deferred)
	if c.Answer != "" { // the second of two
		now.Answer = strings.Join([]string{c.Answer, read.Result.Text}, "\n")
	}
	if err := d.config.Store.AnswerCommand(ctx, m.ID, &c, &now, eventOf(&c, &now)); err != nil {
		if errors.Is(err, store.ErrMoved) { // it came further meanwhile, and is found again
			return d.answer(ctx, m, read, at)
		}
		return err
	}
	d.moved(&now)
	return nil
}
