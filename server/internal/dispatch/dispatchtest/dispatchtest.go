// Package dispatchtest has a dispatcher's surroundings for tests: lines and modems that do what the test says.
package dispatchtest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"drover/protocols"
	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
)

// Wires are lines. They are safe for concurrent use.
type Wires struct {
	mu    sync.Mutex
	lines map[fleet.DeviceID]func(protocols.Command) (protocols.Result, error)
	Heard []protocols.Command // what was sent, in its order
}

// Open gives a device a line on which answer says what comes of a command: dispatch's errors, or that none comes.
func (w *Wires) Open(id fleet.DeviceID, answer func(protocols.Command) (protocols.Result, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lines == nil {
		w.lines = map[fleet.DeviceID]func(protocols.Command) (protocols.Result, error){}
	}
	w.lines[id] = answer
}

// Cut ends a device's line.
func (w *Wires) Cut(id fleet.DeviceID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.lines, id)
}

// Sent gives what was sent so far.
func (w *Wires) Sent() []protocols.Command {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]protocols.Command(nil), w.Heard...)
}

// Reaches is dispatch.Lines's.
func (w *Wires) Reaches(id fleet.DeviceID) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines[id] != nil
}

// Send is dispatch.Lines's.
func (w *Wires) Send(id fleet.DeviceID, c protocols.Command) (dispatch.Order, error) {
	w.mu.Lock()
	answer := w.lines[id]
	if answer != nil {
		w.Heard = append(w.Heard, c)
	}
	w.mu.Unlock()
	if answer == nil {
		return nil, dispatch.ErrNotSent
	}
	result, err := answer(c)
	return order{result, err}, nil
}

// ErrSilent is of a tracker that does not answer.
var ErrSilent = errors.New("no answer comes")

type order struct {
	result protocols.Result
	err    error
}

// Sent is dispatch.Order's.
func (o order) Sent(context.Context) error {
	if errors.Is(o.err, ErrSilent) {
		return nil
	}
	return o.err
}

// Answer is dispatch.Order's.
func (o order) Answer(ctx context.Context) (protocols.Result, error) {
	if o.err != nil {
		<-ctx.Done()
		return o.result, ctx.Err()
	}
	return o.result, nil
}

// GiveUp is dispatch.Order's.
func (o order) GiveUp() {}

// Modems are modems whose SMS stand in a database and move as the test says.
type Modems struct {
	TB       testing.TB
	Pool     *pgxpool.Pool
	Changed  func(fleet.SMS) // as the dispatcher's SMSChanged; nil: nobody is told
	Refuse   error           // of Queue
	mu       sync.Mutex
	messages []fleet.SMS
}

// Queue is dispatch.Texter's.
func (m *Modems) Queue(ctx context.Context, s fleet.SMS, _ time.Duration) (fleet.SMS, error) {
	if m.Refuse != nil {
		return s, m.Refuse
	}
	err := m.Pool.QueryRow(ctx, `INSERT INTO drover.sms
		(organization_id, direction, device_id, command_id, peer, text, state, plain, dangerous, expires)
		VALUES ($1, 'out', $2, $3, $4, $5, 'queued', $6, $7, $8) RETURNING id`, s.Organization,
		s.Device, s.Command, s.Peer, s.Text, s.Plain, s.Dangerous, s.Expires).Scan(&s.ID)
	if err == nil {
		m.mu.Lock()
		m.messages = append(m.messages, s)
		m.mu.Unlock()
	}
	return s, err
}

// Cancel is dispatch.Texter's.
func (m *Modems) Cancel(ctx context.Context, id fleet.SMSID) error {
	tag, err := m.Pool.Exec(ctx, `UPDATE drover.sms SET state = 'cancelled', done = now()
		WHERE id = $1 AND state = 'queued'`, id)
	if err == nil && tag.RowsAffected() == 0 {
		err = errors.New("it has gone")
	}
	return err
}

// Messages gives what was queued so far.
func (m *Modems) Messages() []fleet.SMS {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]fleet.SMS(nil), m.messages...)
}

// Move brings an SMS into a state.
func (m *Modems) Move(s fleet.SMS, state fleet.SMSState, reason string) {
	m.TB.Helper()
	_, err := m.Pool.Exec(m.TB.Context(), `UPDATE drover.sms SET state = $2, reason = $3,
			sent = CASE WHEN $2 IN ('sent', 'delivered') THEN coalesce(sent, now()) ELSE sent END,
			done = CASE WHEN $2 IN ('sent', 'sending') THEN NULL ELSE now() END WHERE id = $1`, s.ID, state, reason)
	if err != nil {
		m.TB.Fatal(err)
	}
	if s.State = state; m.Changed != nil {
		m.Changed(s)
	}
}

// Receive stores an SMS of a device and gives it as the modems would.
func (m *Modems) Receive(d fleet.Device, text string, at time.Time) fleet.SMS {
	m.TB.Helper()
	s := fleet.SMS{Organization: d.Organization, In: true, Device: d.ID, Peer: d.Phone, Text: text,
		State: fleet.SMSReceived, Sent: at, Created: at}
	err := m.Pool.QueryRow(m.TB.Context(), `INSERT INTO drover.sms
		(organization_id, direction, device_id, peer, text, state, sent, created)
		VALUES ($1, 'in', $2, $3, $4, 'received', $5, $5) RETURNING id`, s.Organization, s.Device, s.Peer, text,
		at).Scan(&s.ID)
	if err != nil {
		m.TB.Fatal(err)
	}
	return s
}
