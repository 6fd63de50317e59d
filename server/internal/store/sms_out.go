package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

const smsColumns = `s.id, s.organization_id, s.direction = 'in', coalesce(s.device_id, 0), coalesce(s.command_id, 0),
	coalesce(s.user_id, 0), s.peer, s.text, s.data, s.raw, s.modem, s.iccid, s.state, s.reason, s.plain, s.dangerous,
	s.strict, s.priority, s.attempts, s.due, nullif(s.expires, 'infinity'), s.validity, s.created, s.sent, s.done`

func scanSMS(row pgx.CollectableRow) (m fleet.SMS, err error) {
	return m, scanSMSAnd(row, &m)
}

// scanSMSAnd reads smsColumns, and more behind them.
func scanSMSAnd(row pgx.CollectableRow, m *fleet.SMS, more ...any) error {
	var expires, sent, done *time.Time
	err := row.Scan(append([]any{&m.ID, &m.Organization, &m.In, &m.Device, &m.Command, &m.User, &m.Peer, &m.Text, &m.Data,
		&m.Raw, &m.Modem, &m.ICCID, &m.State, &m.Reason, &m.Plain, &m.Dangerous, &m.Strict, &m.Priority, &m.Attempts,
		&m.Due, &expires, &m.Validity, &m.Created, &sent, &done}, more...)...)
	m.Due, m.Created = m.Due.UTC(), m.Created.UTC()
	m.Expires, m.Sent, m.Done = orZero(expires), orZero(sent), orZero(done)
	return err
}

// stateOfParts is the state of an SMS that follows from those of its parts, $1 being its id: the worst that happened,
// and delivered or sent only if all are.
const stateOfParts = `(SELECT CASE WHEN bool_or(state = 'failed') THEN 'failed'
	WHEN bool_or(state = 'sending') THEN 'sending'
	WHEN bool_or(state = 'unknown') THEN 'unknown' WHEN bool_or(state = 'queued') THEN 'queued'
	WHEN bool_and(state = 'delivered') THEN 'delivered' ELSE 'sent' END FROM drover.sms_out_parts WHERE sms_id = $1)`

// partlyGone says whether some parts of SMS $1 went: the phone joins only those of one sender.
const partlyGone = `EXISTS (SELECT FROM drover.sms_out_parts WHERE sms_id = $1 AND state IN ('sent', 'delivered'))`

// QueueSMS stores an SMS that is to go, with the TPDUs of its parts in order.
func (s *Store) QueueSMS(ctx context.Context, m fleet.SMS, tpdus [][]byte) (fleet.SMS, error) {
	return one(ctx, s.pool, "SMS", scanSMS, `WITH s AS (
			INSERT INTO drover.sms (organization_id, direction, device_id, command_id, user_id, peer, text, iccid, state, reason,
				plain, dangerous, strict, priority, due, expires, validity)
			VALUES ($1, 'out', nullif($2, 0), nullif($3::int8, 0), nullif($4, 0), $5, $6, $7, 'queued', $8, $9, $10, $11, $12,
				coalesce($13, now()), $14, $15) RETURNING *),
		parts AS (INSERT INTO drover.sms_out_parts (sms_id, number, tpdu, peer)
			SELECT s.id, p.number, p.tpdu, s.peer FROM s, unnest($16::bytea[]) WITH ORDINALITY p (tpdu, number))
		SELECT `+smsColumns+` FROM s`,
		m.Organization, m.Device, int64(m.Command), m.User, m.Peer, cleanText(m.Text), m.ICCID, cleanText(m.Reason), m.Plain,
		m.Dangerous, m.Strict, m.Priority, orNull(&m.Due), m.Expires, m.Validity, tpdus)
}

// SMSSender gives the SIM that an SMS to a number should be sent from, "" for any, and whether no other will do: the
// one that the device obeys, or else the one that sent to this number last.
func (s *Store) SMSSender(ctx context.Context, device fleet.DeviceID, peer string) (
	iccid string, only bool, err error,
) {
	var last, set string
	var anyOne bool
	err = s.pool.QueryRow(ctx, `SELECT coalesce((SELECT iccid FROM drover.sms_out_parts
				WHERE peer = $2 AND sent IS NOT NULL AND state <> 'failed' AND iccid <> '' ORDER BY sent DESC LIMIT 1), ''),
			coalesce((SELECT sender FROM drover.devices WHERE id = $1), ''),
			coalesce((SELECT any_sender FROM drover.devices WHERE id = $1), true)`, device, peer).Scan(&last, &set, &anyOne)
	if iccid = set; iccid == "" {
		iccid = last
	}
	return iccid, !anyOne && iccid != "", told(err, "SMS")
}

// QueuedSMS gives what waits to be sent, in the order in which it is.
func (s *Store) QueuedSMS(ctx context.Context) ([]fleet.SMSWaiting, error) {
	return many(ctx, s.pool, "SMS", func(row pgx.CollectableRow) (w fleet.SMSWaiting, err error) {
		return w, row.Scan(&w.ID, &w.Peer, &w.ICCID, &w.Strict, &w.Priority, &w.Due, &w.Expires, &w.Parts)
	}, `SELECT s.id, s.peer, s.iccid, s.strict, s.priority, s.due, s.expires,
			(SELECT count(*) FROM drover.sms_out_parts p WHERE p.sms_id = s.id AND p.state = 'queued')
		FROM drover.sms s WHERE s.direction = 'out' AND s.state = 'queued' ORDER BY s.priority DESC, s.id`)
}

// TakeSMS writes down that a modem is about to be given an SMS, and gives its parts that are to go: their numbers and
// TPDUs. The first of them is noted as being sent, before it is. ErrNotFound if the SMS waits no more.
func (s *Store) TakeSMS(ctx context.Context, id fleet.SMSID, modem, iccid string) (
	m fleet.SMS, numbers []int, tpdus [][]byte, err error,
) {
	m, err = one(ctx, s.pool, "SMS", func(row pgx.CollectableRow) (m fleet.SMS, err error) {
		return m, scanSMSAnd(row, &m, &numbers, &tpdus)
	}, `WITH s AS (
			UPDATE drover.sms SET state = 'sending', modem = $2, iccid = $3, attempts = attempts + 1, reason = ''
			WHERE id = $1 AND direction = 'out' AND state = 'queued' AND expires > now() RETURNING *),
		rest AS (SELECT p.* FROM drover.sms_out_parts p JOIN s ON s.id = p.sms_id WHERE p.state = 'queued'),
		first AS (UPDATE drover.sms_out_parts p SET state = 'sending', iccid = $3, sent = now()
			FROM s WHERE p.sms_id = s.id AND p.number = (SELECT min(number) FROM rest))
		SELECT `+smsColumns+`, (SELECT array_agg(number ORDER BY number) FROM rest),
			(SELECT array_agg(tpdu ORDER BY number) FROM rest) FROM s`, int64(id), modem, iccid)
	return m, numbers, tpdus, err
}

// SettleSMSPart stores what became of a part, notes the next one as being sent, and gives the SMS as it is then.
func (s *Store) SettleSMSPart(ctx context.Context, p fleet.SMSPart) (m fleet.SMS, err error) {
	untried := 0
	if p.Unasked {
		untried = 1
	}
	batch := new(pgx.Batch)
	batch.Queue(`UPDATE drover.sms_out_parts SET state = $3, reference = nullif($4, -1), iccid = $5,
			sent = CASE WHEN $3 IN ('sent', 'unknown') THEN $6::timestamptz END
		WHERE sms_id = $1 AND number = $2 AND state = 'sending'`, int64(p.SMS), p.Number, p.State, p.Reference, p.ICCID, p.At)
	batch.Queue(`UPDATE drover.sms_out_parts SET state = 'sending', iccid = $3, sent = now()
		WHERE sms_id = $1 AND number = $2 AND state = 'queued'`, int64(p.SMS), p.Next, p.ICCID)
	batch.Queue(`UPDATE drover.sms s SET state = `+stateOfParts+`, reason = $2, due = coalesce($3, s.due),
			iccid = CASE WHEN $4 = '' THEN s.iccid ELSE $4 END,
			sent = CASE WHEN $5 IN ('sent', 'unknown') THEN coalesce(s.sent, $6) ELSE s.sent END, attempts = s.attempts - $7,
			strict = s.strict OR $5 = 'queued' AND `+partlyGone+`,
			done = CASE WHEN `+stateOfParts+` = 'failed' THEN now() END
		WHERE s.id = $1 AND s.state = 'sending' RETURNING `+smsColumns,
		int64(p.SMS), cleanText(p.Reason), orNull(&p.Due), p.ICCID, p.State, p.At, untried)
	err = s.settle(ctx, batch, &m)
	return m, err
}

// settle sends a batch in one transaction; its last statement gives the SMS.
func (s *Store) settle(ctx context.Context, batch *pgx.Batch, m *fleet.SMS) error {
	results := s.pool.SendBatch(ctx, batch)
	var err error
	for range batch.Len() - 1 {
		if _, err = results.Exec(); err != nil {
			break
		}
	}
	if err == nil {
		var rows pgx.Rows
		if rows, err = results.Query(); err == nil {
			*m, err = pgx.CollectExactlyOneRow(rows, scanSMS)
		}
	}
	if closed := results.Close(); err == nil {
		err = closed
	}
	return told(err, "SMS")
}
