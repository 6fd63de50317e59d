package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// reportMargin is how long after its validity the report of an SMS may still come.
const reportMargin = time.Hour

// ReportSMS stores a delivery report at the part that it was of before, or the newest that it fits, or else at one of
// which only is known that it was tried, and gives the SMS as it is then. ErrNotFound if it fits none; also while the
// SIM sends to this number, since it may be for what is being sent.
func (s *Store) ReportSMS(ctx context.Context, r fleet.SMSReport) (m fleet.SMS, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		id, number, err := reportedPart(ctx, tx, r)
		if err != nil {
			return err
		}
		news, err := tx.Exec(ctx, `UPDATE drover.sms_out_parts SET state = $3, reference = $4, taken = $5
			WHERE sms_id = $1 AND number = $2 AND state IN ('sent', 'unknown')`, id, number, r.State, r.Reference,
			orNull(&r.Taken))
		if err != nil {
			return err
		}
		m, err = one(ctx, tx, "SMS", scanSMS, `UPDATE drover.sms s SET reason = CASE WHEN $3 THEN $2 ELSE reason END,
				state = `+stateOfParts+`,
				done = CASE WHEN `+stateOfParts+` IN ('failed', 'delivered') THEN coalesce(done, now()) END
			WHERE s.id = $1 RETURNING `+smsColumns, id, cleanText(r.Reason),
			news.RowsAffected() > 0)
		return err
	})
	return m, ofTransaction(err, "SMS")
}

// reportedPart finds what a report is of. One that comes again, as when a modem was lost before it was acknowledged, is
// of the same part: it must not be taken for that of an older one to the same number.
func reportedPart(ctx context.Context, tx pgx.Tx, r fleet.SMSReport) (id int64, number int, err error) {
	err = tx.QueryRow(ctx, `SELECT p.sms_id, p.number FROM drover.sms_out_parts p JOIN drover.sms s ON s.id = p.sms_id
		WHERE p.iccid = $1 AND p.reference = $2 AND p.taken = $3 AND right(p.peer, 6) = right($4, 6)
		LIMIT 1 FOR UPDATE OF s`, r.ICCID, r.Reference, orNull(&r.Taken), r.Peer).Scan(&id, &number)
	if !errors.Is(err, pgx.ErrNoRows) {
		return id, number, err
	}
	err = tx.QueryRow(ctx, `SELECT p.sms_id, p.number FROM drover.sms_out_parts p JOIN drover.sms s ON s.id = p.sms_id
		WHERE p.iccid = $1 AND right(p.peer, 6) = right($2, 6) AND p.state IN ('sent', 'unknown') AND p.taken IS NULL
			AND (p.reference = $3 OR p.reference IS NULL AND NOT EXISTS (SELECT FROM drover.sms_out_parts q
				WHERE q.iccid = $1 AND q.state = 'sending' AND right(q.peer, 6) = right($2, 6)))
			AND p.sent + s.validity + $4::interval > now()
		ORDER BY p.reference IS NULL, p.sent DESC LIMIT 1 FOR UPDATE OF s`, r.ICCID, r.Peer, r.Reference, reportMargin).
		Scan(&id, &number)
	return id, number, err
}

// InterruptedSMS makes unknown what was being sent when the server ended: by these modems, or by any longer ago than
// age.
func (s *Store) InterruptedSMS(ctx context.Context, modems []string, age time.Duration) ([]fleet.SMS, error) {
	return many(ctx, s.pool, "SMS", scanSMS, `WITH cut AS (
			UPDATE drover.sms_out_parts p SET state = 'unknown' FROM drover.sms s
			WHERE s.id = p.sms_id AND s.state = 'sending' AND p.state = 'sending'
				AND (s.modem = ANY($1) OR p.sent < now() - $2::interval) RETURNING s.id)
		UPDATE drover.sms s SET state = 'unknown', sent = coalesce(s.sent, now()),
			reason = 'the server ended while a modem was sending it'
		FROM (SELECT DISTINCT id FROM cut) c WHERE s.id = c.id RETURNING `+smsColumns, modems, age)
}

// OverdueSMS looks after what time has settled, and gives what it changed: what waited too long has expired; what went
// and was never reported is done with, as it is; and what may not have gone is queued once more, unless it is
// dangerous, was tried twice, or has expired.
func (s *Store) OverdueSMS(ctx context.Context) ([]fleet.SMS, error) {
	changed, err := many(ctx, s.pool, "SMS", scanSMS, `UPDATE drover.sms s SET state = 'expired', done = now(),
			reason = 'no modem could send it in time'
		WHERE s.direction = 'out' AND s.state = 'queued' AND s.expires <= now() RETURNING `+smsColumns)
	if err != nil {
		return nil, err
	}
	open, err := many(ctx, s.pool, "SMS", pgx.RowToStructByPos[overdueSMS], `SELECT s.id, s.state = 'unknown' AND
			NOT s.dangerous AND s.attempts < 2 AND s.expires > now()
		FROM drover.sms s WHERE s.direction = 'out' AND s.done IS NULL AND s.state IN ('sent', 'unknown')
			AND s.sent + s.validity + $1::interval < now() ORDER BY s.id LIMIT 1000`, reportMargin)
	for _, o := range open {
		m, closeErr := s.closeSMS(ctx, o)
		if closeErr != nil {
			return changed, closeErr
		}
		changed = append(changed, m)
	}
	return changed, err
}

type overdueSMS struct {
	ID    int64
	Again bool // it is worth another try
}

// closeSMS ends the wait for a report.
func (s *Store) closeSMS(ctx context.Context, o overdueSMS) (m fleet.SMS, err error) {
	batch := new(pgx.Batch)
	if o.Again {
		batch.Queue(`UPDATE drover.sms_out_parts SET state = 'queued', reference = NULL, taken = NULL
			WHERE sms_id = $1 AND state = 'unknown'`, o.ID)
		batch.Queue(`UPDATE drover.sms s SET state = 'queued', due = now(), strict = s.strict OR `+partlyGone+`,
				reason = 'no report came: it is sent once more'
			WHERE s.id = $1 AND s.state = 'unknown' RETURNING `+smsColumns, o.ID)
	} else {
		batch.Queue(`UPDATE drover.sms s SET done = now() WHERE s.id = $1 RETURNING `+smsColumns, o.ID)
	}
	err = s.settle(ctx, batch, &m)
	return m, err
}

// SentLately gives what a SIM sent since a time, the oldest first.
func (s *Store) SentLately(ctx context.Context, iccid string, since time.Time) ([]fleet.SMSUse, error) {
	return many(ctx, s.pool, "SMS", func(row pgx.CollectableRow) (u fleet.SMSUse, err error) {
		return u, row.Scan(&u.Peer, &u.At)
	}, `SELECT peer, sent FROM drover.sms_out_parts WHERE iccid = $1 AND sent >= $2 ORDER BY sent`, iccid, since)
}

// CountSent gives how many parts a SIM sent since a time.
func (s *Store) CountSent(ctx context.Context, iccid string, since time.Time) (n int, err error) {
	err = s.pool.QueryRow(ctx, `SELECT count(*) FROM drover.sms_out_parts WHERE iccid = $1 AND sent >= $2`, iccid, since).
		Scan(&n)
	return n, told(err, "SMS")
}
