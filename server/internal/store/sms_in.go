package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// PhoneOf is a number by which a device may be known: its own, or that of its SIM.
type PhoneOf struct {
	Device       fleet.DeviceID
	Organization fleet.OrganizationID
	Phone        string // as people wrote it
}

// PhonesLike gives the devices' numbers that end as this one does; whether they are the same is the caller's to see.
func (s *Store) PhonesLike(ctx context.Context, number string) ([]PhoneOf, error) {
	return many(ctx, s.pool, "devices", pgx.RowToStructByPos[PhoneOf], `
		SELECT id, organization_id, phone FROM drover.devices WHERE retired IS NULL AND phone <> ''
			AND right(regexp_replace(phone, '\D', '', 'g'), 6) = right(regexp_replace($1, '\D', '', 'g'), 6)
		UNION SELECT d.id, d.organization_id, s.msisdn FROM drover.sims s JOIN drover.devices d ON d.id = s.device_id
		WHERE s.deleted IS NULL AND d.retired IS NULL AND s.msisdn <> ''
			AND right(regexp_replace(s.msisdn, '\D', '', 'g'), 6) = right(regexp_replace($1, '\D', '', 'g'), 6)`, number)
}

// KeepSMS stores an SMS that came, once for each Key. Without an organization it is that of whoever runs the server.
func (s *Store) KeepSMS(ctx context.Context, m fleet.SMS) error {
	_, err := s.pool.Exec(ctx, insertIncoming, incoming(m)...)
	return told(err, "SMS")
}

const insertIncoming = `INSERT INTO drover.sms (organization_id, direction, device_id, peer, text, data, raw, key,
		modem, iccid, state, reason, created, sent)
	VALUES (coalesce(nullif($1, 0), (SELECT min(id) FROM drover.organizations)), 'in', nullif($2, 0), $3, $4, $5, $6,
		$7, $8, $9, $10, $11, $12, $13) ON CONFLICT (key) DO NOTHING RETURNING id`

func incoming(m fleet.SMS) []any {
	return []any{m.Organization, m.Device, cleanText(m.Peer), cleanText(m.Text), m.Data, m.Raw, m.Key, m.Modem, m.ICCID,
		m.State, cleanText(m.Reason), m.Created, orNull(&m.Sent)}
}

// KeepSMSPart stores a part of an SMS that came, once for each Key, and gives all parts of its set that wait, by
// number, the newest of each first.
func (s *Store) KeepSMSPart(ctx context.Context, p fleet.SMSPiece) (set []fleet.SMSPiece, err error) {
	batch := new(pgx.Batch)
	batch.Queue(`INSERT INTO drover.sms_in_parts
			(key, modem, iccid, peer, reference, number, total, text, data, sent, arrived)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (key) DO NOTHING`, p.Key, p.Modem, p.ICCID,
		cleanText(p.Peer), p.Reference, p.Number, p.Total, cleanText(p.Text), p.Data, p.Sent, p.Arrived)
	batch.Queue(selectPieces+` AND (iccid, peer, reference, total) = ($1, $2, $3, $4) ORDER BY number, arrived DESC`,
		p.ICCID, cleanText(p.Peer), p.Reference, p.Total).
		Query(func(rows pgx.Rows) (err error) {
			set, err = pgx.CollectRows(rows, scanPiece)
			return err
		})
	return set, told(s.pool.SendBatch(ctx, batch).Close(), "SMS")
}

const selectPieces = `SELECT key, modem, iccid, peer, text, data, reference, number, total, sent, arrived
	FROM drover.sms_in_parts p WHERE p.sms_id IS NULL`

func scanPiece(row pgx.CollectableRow) (p fleet.SMSPiece, err error) {
	err = row.Scan(&p.Key, &p.Modem, &p.ICCID, &p.Peer, &p.Text, &p.Data, &p.Reference, &p.Number, &p.Total, &p.Sent,
		&p.Arrived)
	return p, err
}

// DueSMSParts gives the parts of sets that are complete, and of those of which one has waited since before a time, by
// set and number, the newest of each number first; at most 1,000.
func (s *Store) DueSMSParts(ctx context.Context, before time.Time) ([]fleet.SMSPiece, error) {
	return many(ctx, s.pool, "SMS", scanPiece, selectPieces+` AND EXISTS (SELECT FROM drover.sms_in_parts q
			WHERE q.sms_id IS NULL AND (q.iccid, q.peer, q.reference, q.total) = (p.iccid, p.peer, p.reference, p.total)
			HAVING count(DISTINCT q.number) = p.total OR min(q.arrived) < $1)
		ORDER BY iccid, peer, reference, total, number, arrived DESC LIMIT 1000`, before)
}

// JoinSMSParts stores the whole of some parts, in one transaction with their leaving the wait. It may be called twice
// at the same time: the whole is stored once.
func (s *Store) JoinSMSParts(ctx context.Context, m fleet.SMS, keys []string) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var id int64
		err := tx.QueryRow(ctx, insertIncoming, incoming(m)...).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			err = tx.QueryRow(ctx, `SELECT id FROM drover.sms WHERE key = $1`, m.Key).Scan(&id)
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE drover.sms_in_parts SET sms_id = $1 WHERE key = ANY($2) AND sms_id IS NULL`, id, keys)
		return err
	})
	return told(err, "SMS")
}

// UnheardSMS gives SMS of devices that came and were not acted on, the oldest first, behind one of them (0: from the
// first), at most 100.
func (s *Store) UnheardSMS(ctx context.Context, after fleet.SMSID) ([]fleet.SMS, error) {
	return many(ctx, s.pool, "SMS", scanSMS, `SELECT `+smsColumns+` FROM drover.sms s
		WHERE s.direction = 'in' AND s.done IS NULL AND s.state = 'received'
			AND s.id > $1 ORDER BY s.id LIMIT 100`, int64(after))
}

// HeardSMS writes down that an SMS was acted on.
func (s *Store) HeardSMS(ctx context.Context, id fleet.SMSID, reason string) error {
	_, err := s.pool.Exec(ctx, `UPDATE drover.sms SET done = now(), reason = $2 WHERE id = $1 AND direction = 'in'`,
		int64(id), cleanText(reason))
	return told(err, "SMS")
}

// inPartsKept is how long the keys of joined parts stay, so that a part which a SIM still has is known.
const inPartsKept = 30 * 24 * time.Hour

// forgetSMS drops SMS that are older than the retention, and parts that were joined long ago.
func (s *Store) forgetSMS(ctx context.Context, now time.Time) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM drover.sms WHERE created < $1`, now.Add(-s.retention))
	if err == nil {
		_, err = s.pool.Exec(ctx, `DELETE FROM drover.sms_in_parts WHERE sms_id IS NOT NULL AND arrived < $1`,
			now.Add(-inPartsKept))
	}
	return told(err, "SMS")
}
