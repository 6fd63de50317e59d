package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// SMSRow is an SMS as it is listed.
type SMSRow struct {
	fleet.SMS
	Vehicle fleet.VehicleID // its device is in; 0 for none
	Parts   int
	Seen    time.Time // when somebody looked after it, if it is in the quarantine; zero: nobody did
}

// SMSQuery asks for SMS.
type SMSQuery struct {
	Quarantined bool   // only those that came from nobody's device, or could not be read, and nobody looked after
	Peer        string // only with this number; "" for all
}

const selectSMSRows = `SELECT ` + smsColumns + `, coalesce(w.id, 0),
		greatest(1, (SELECT count(*) FROM drover.sms_out_parts p WHERE p.sms_id = s.id)), s.seen
	FROM drover.sms s LEFT JOIN drover.devices d ON d.id = s.device_id
	LEFT JOIN drover.vehicles w ON w.id = d.vehicle_id AND w.deleted IS NULL `

func scanSMSRow(row pgx.CollectableRow) (r SMSRow, err error) {
	var seen *time.Time
	err = scanSMSAnd(row, &r.SMS, &r.Vehicle, &r.Parts, &seen)
	r.Seen = orZero(seen)
	return r, err
}

// SMS lists a scope's SMS, the newest first; Search of p goes over number and text.
func (s *Store) SMS(ctx context.Context, of fleet.Scope, q SMSQuery, p Page) (list []SMSRow, next string, err error) {
	_, before, err := p.after()
	if err != nil {
		return nil, "", err
	}
	list, err = lookMany(ctx, s, of, "SMS", scanSMSRow, selectSMSRows+`
		WHERE ($1::int8 = 0 OR s.id < $1) AND ($2::text IS NULL OR concat_ws(' ', s.peer, s.text) ILIKE $2)
			AND (NOT $3::bool OR s.state IN ('quarantined', 'unreadable') AND s.seen IS NULL) AND ($4 = '' OR s.peer = $4)
		ORDER BY s.id DESC LIMIT $5`, before, p.pattern(), q.Quarantined, cleanText(q.Peer), p.limit()+1)
	if n := p.limit(); err == nil && len(list) > n {
		list = list[:n]
		next = cursor("", int64(list[n-1].ID))
	}
	return list, next, err
}

// SMSByID gives one of them.
func (s *Store) SMSByID(ctx context.Context, of fleet.Scope, id fleet.SMSID) (SMSRow, error) {
	return lookOne(ctx, s, of, "SMS", scanSMSRow, selectSMSRows+` WHERE s.id = $1`, int64(id))
}

// NoteSMS writes down that somebody is about to send an SMS.
func (s *Store) NoteSMS(ctx context.Context, of fleet.Scope, to, text string) error {
	return s.change(ctx, of, "SMS", func(tx pgx.Tx) error {
		return s.audit(ctx, tx, of, auditing{"send", "sms", 0, to + ": " + text, nil})
	})
}

// CancelSMS takes back an SMS that no modem has yet; ErrHeld if one has, or if it carries a command.
func (s *Store) CancelSMS(ctx context.Context, of fleet.Scope, id fleet.SMSID) error {
	return s.change(ctx, of, "SMS", func(tx pgx.Tx) error {
		m, err := s.endSMS(ctx, tx, id)
		if err == nil && m.Command != 0 {
			err = fmt.Errorf("%w: it carries command %d; cancel that", ErrHeld, m.Command)
		}
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"cancel", "sms", int64(id), m.Peer + ": " + m.Text, nil})
	})
}

// EndSMS is CancelSMS for the server itself, which may also take back what carries a command.
func (s *Store) EndSMS(ctx context.Context, id fleet.SMSID) (m fleet.SMS, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		m, err = s.endSMS(ctx, tx, id)
		return err
	})
	return m, ofTransaction(err, "SMS")
}

func (s *Store) endSMS(ctx context.Context, tx pgx.Tx, id fleet.SMSID) (fleet.SMS, error) {
	before, err := one(ctx, tx, "SMS", scanSMS, `SELECT `+smsColumns+` FROM drover.sms s
		WHERE s.id = $1 AND s.direction = 'out' FOR UPDATE`, int64(id))
	if err != nil {
		return before, err
	}
	if before.State != fleet.SMSQueued {
		return before, fmt.Errorf("SMS %d: %w: it is %s", id, ErrHeld, before.State)
	}
	return one(ctx, tx, "SMS", scanSMS, `UPDATE drover.sms s SET state = 'cancelled', done = now(), reason = ''
		WHERE s.id = $1 RETURNING `+smsColumns, int64(id))
}

// NoteSMSSeen writes down that somebody looked after an SMS of the quarantine.
func (s *Store) NoteSMSSeen(ctx context.Context, of fleet.Scope, id fleet.SMSID) error {
	return s.change(ctx, of, "SMS", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE drover.sms SET seen = coalesce(seen, now())
			WHERE id = $1 AND state IN ('quarantined', 'unreadable')`, int64(id))
		if err == nil && tag.RowsAffected() == 0 {
			err = ErrNotFound
		}
		return err
	})
}
