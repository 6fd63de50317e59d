package store

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// What follows is for the server itself, which brings every organization's commands on their way.

// SecretsOwner is for whom what is secret of a device is sealed.
func SecretsOwner(id fleet.DeviceID) string { return "device " + strconv.Itoa(int(id)) }

func kindNamed(name string) protocols.CommandKind {
	for _, k := range protocols.CommandKinds() {
		if k.String() == name {
			return k
		}
	}
	return protocols.Custom
}

// WaitingDevices gives the devices for which commands are open.
func (s *Store) WaitingDevices(ctx context.Context) ([]fleet.DeviceID, error) {
	return many(ctx, s.pool, "commands", pgx.RowTo[fleet.DeviceID],
		`SELECT DISTINCT device_id FROM drover.commands WHERE done IS NULL`)
}

// DueDevices gives those of them whose commands are to be looked after now, at most 1000.
func (s *Store) DueDevices(ctx context.Context, now time.Time) ([]fleet.DeviceID, error) {
	return many(ctx, s.pool, "commands", pgx.RowTo[fleet.DeviceID],
		`SELECT DISTINCT device_id FROM drover.commands WHERE done IS NULL AND due <= $1 LIMIT 1000`, now)
}

// OpenCommands gives what is open for a device, the oldest first, and the SMS of which nobody knows whether it went.
func (s *Store) OpenCommands(ctx context.Context, device fleet.DeviceID) ([]fleet.Command, error) {
	return many(ctx, s.pool, "commands", scanCommand, `SELECT `+commandColumns+` FROM drover.commands c
		WHERE device_id = $1 AND (done IS NULL OR state = 'unknown' AND line = 'sms' AND expires > now())
		ORDER BY id`, device)
}

// CountOpen is how many commands are open for a device.
func (s *Store) CountOpen(ctx context.Context, device fleet.DeviceID) (int, error) {
	return one(ctx, s.pool, "commands", pgx.RowTo[int],
		`SELECT count(*) FROM drover.commands WHERE device_id = $1 AND done IS NULL`, device)
}

// MoveCommand brings a command from one state to another: ErrMoved if it is no longer in the first. An event, if there
// is one, is kept with it.
func (s *Store) MoveCommand(ctx context.Context, was, now *fleet.Command, event string) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return moveCommand(ctx, tx, was, now, event) })
	return told(err, "command")
}

func moveCommand(ctx context.Context, tx pgx.Tx, was, now *fleet.Command, event string) error {
	tag, err := tx.Exec(ctx, `UPDATE drover.commands SET line = $5, state = $6, reason = $7, answer = nullif($8, ''),
			answer_data = $9, parsed = $10, sent = $11, delivered = $12, done = $13, attempts = $14, due = $15
		WHERE id = $1 AND state = $2 AND attempts = $3 AND done IS NOT DISTINCT FROM $4`,
		was.ID, was.State, was.Attempts, orNull(&was.Done), now.Line, now.State, cleanText(now.Reason),
		cleanText(now.Answer), now.AnswerData, now.Parsed, orNull(&now.Sent), orNull(&now.Delivered), orNull(&now.Done),
		now.Attempts, now.Due)
	if err == nil && tag.RowsAffected() == 0 {
		return ErrMoved
	}
	if err == nil && event != "" {
		_, err = tx.Exec(ctx, `INSERT INTO drover.events (organization_id, device_id, time, kind, text)
			VALUES ($1, $2, now(), 'command', $3)`, was.Organization, was.Device, cleanText(event))
	}
	return err
}

// PutOff says when a command is looked after again.
func (s *Store) PutOff(ctx context.Context, id fleet.CommandID, due time.Time) error {
	_, err := s.pool.Exec(ctx, `UPDATE drover.commands SET due = $2 WHERE id = $1`, id, due)
	return told(err, "command")
}

// SMSOf gives the latest SMS that a command went as: its state, reason and times. False: there is none.
func (s *Store) SMSOf(ctx context.Context, id fleet.CommandID) (m fleet.SMS, found bool, err error) {
	scan := func(row pgx.CollectableRow) (m fleet.SMS, err error) {
		var sent, done *time.Time
		err = row.Scan(&m.ID, &m.State, &m.Reason, &m.Modem, &m.Text, &sent, &done)
		m.Command, m.Sent, m.Done = id, orZero(sent), orZero(done)
		return m, err
	}
	m, err = one(ctx, s.pool, "SMS", scan, `SELECT id, state, reason, modem, text, sent, done FROM drover.sms
		WHERE command_id = $1 AND direction = 'out' ORDER BY id DESC LIMIT 1`, id)
	if errors.Is(err, ErrNotFound) {
		return m, false, nil
	}
	return m, err == nil, err
}

// CommandFor finds the command that an SMS of a device answers, sent at a time: the newest that went by SMS and may
// still be answered, or of which a second answer is awaited; those that are open go before. False: there is none.
func (s *Store) CommandFor(ctx context.Context, device fleet.DeviceID, at time.Time) (
	c fleet.Command, found bool, err error,
) {
	c, err = one(ctx, s.pool, "command", scanCommand, `SELECT `+commandColumns+` FROM drover.commands c
		WHERE device_id = $1 AND line = 'sms' AND expires > $2 AND created <= $2::timestamptz + interval '10 min'
		AND (state IN ('sending', 'sent', 'delivered', 'unknown') OR state = 'answered' AND parsed->>'deferred' = 'true')
		ORDER BY done IS NULL DESC, id DESC LIMIT 1`, device, at)
	if errors.Is(err, ErrNotFound) {
		return c, false, nil
	}
	return c, err == nil, err
}

// AnswerCommand moves a command because of an SMS, once: if the SMS was an answer already, nothing is done.
func (s *Store) AnswerCommand(ctx context.Context, sms fleet.SMSID, was, now *fleet.Command, event string) error {
	return told(pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE drover.sms SET command_id = $2
			WHERE id = $1 AND direction = 'in' AND command_id IS NULL`, sms, was.ID)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		return moveCommand(ctx, tx, was, now, event)
	}), "command")
}
