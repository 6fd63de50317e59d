package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// modemHistoryKept is how long the past of modems is kept.
const modemHistoryKept = 90 * 24 * time.Hour

// ModemRow is a modem as it was last known.
type ModemRow struct {
	Name   string
	State  []byte // JSON, as it was given to SaveModem
	Seen   time.Time
	Paused bool // by a person; it stays so over a restart
}

// SaveModem stores how a modem is, as JSON, and a point of its history unless that is nil.
func (s *Store) SaveModem(ctx context.Context, name string, state []byte, p *fleet.ModemPoint) error {
	batch := new(pgx.Batch)
	batch.Queue(`INSERT INTO drover.modems (name, state, seen) VALUES ($1, $2, now())
		ON CONFLICT (name) DO UPDATE SET state = $2, seen = now()`, name, cleanText(string(state)))
	if p != nil {
		batch.Queue(`INSERT INTO drover.modem_history (modem, time, phase, reason, iccid, registration, plmn, signal_dbm,
				temperature, storage_used, balance)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
			p.Modem, p.Time, p.Phase, cleanText(p.Reason), cleanText(p.ICCID), p.Registration, cleanText(p.PLMN), p.SignalDBM,
			p.Temperature, p.StorageUsed, p.Balance)
	}
	return told(s.pool.SendBatch(ctx, batch).Close(), "modem "+name)
}

// Modems gives all modems that there ever were, by name.
func (s *Store) Modems(ctx context.Context) ([]ModemRow, error) {
	return many(ctx, s.pool, "modems", pgx.RowToStructByPos[ModemRow],
		`SELECT name, state, seen, paused FROM drover.modems ORDER BY name`)
}

// NoteModem writes down what somebody did to a modem: reset, pause, resume, ussd. Pausing and resuming outlast a
// restart.
func (s *Store) NoteModem(ctx context.Context, of fleet.Scope, name, action, detail string) error {
	return s.change(ctx, of, "modem", func(tx pgx.Tx) error {
		if _, err := one(ctx, tx, "modem", pgx.RowTo[string],
			`SELECT name FROM drover.modems WHERE name = $1`, cleanText(name)); err != nil {
			return err
		}
		if action == "pause" || action == "resume" {
			_, err := tx.Exec(ctx, `UPDATE drover.modems SET paused = $2 WHERE name = $1`, name, action == "pause")
			if err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, of, auditing{action, "modem", 0, joined(name, detail), nil})
	})
}

func joined(name, detail string) string {
	if detail == "" {
		return name
	}
	return name + ": " + detail
}

// ModemHistory gives how a modem was from ≤ time < to (zero: open), the oldest first, at most 10,000 points: of longer
// spans the newest.
func (s *Store) ModemHistory(ctx context.Context, of fleet.Scope, name string, from, to time.Time) (
	[]fleet.ModemPoint, error,
) {
	return lookMany(ctx, s, of, "modem", pgx.RowToStructByPos[fleet.ModemPoint], `SELECT * FROM (
			SELECT modem, time, phase, reason, iccid, registration, plmn, signal_dbm, temperature, storage_used, balance::float8
			FROM drover.modem_history WHERE modem = $1 AND ($2::timestamptz IS NULL OR time >= $2)
				AND ($3::timestamptz IS NULL OR time < $3) ORDER BY time DESC LIMIT 10000) p ORDER BY time`,
		cleanText(name), orNull(&from), orNull(&to))
}

// ModemHistoryBegins gives since when there is a history of each modem.
func (s *Store) ModemHistoryBegins(ctx context.Context, of fleet.Scope) (map[string]time.Time, error) {
	type begin struct {
		Modem string
		Time  time.Time
	}
	list, err := lookMany(ctx, s, of, "modem", pgx.RowToStructByPos[begin],
		`SELECT modem, min(time) FROM drover.modem_history GROUP BY modem`)
	begins := map[string]time.Time{}
	for _, b := range list {
		begins[b.Modem] = b.Time.UTC()
	}
	return begins, err
}

// SeeModemSIM writes down which SIM is in a modem. A SIM that nobody has becomes one of the organization that runs the
// server; of one that it has, what is empty is filled in. iccid "" says that there is none.
func (s *Store) SeeModemSIM(ctx context.Context, modem, iccid, imsi, msisdn, operator string) error {
	batch := new(pgx.Batch)
	batch.Queue(`UPDATE drover.sims SET modem = '' WHERE modem = $1 AND card <> left($2, 19)`, modem, iccid)
	if len(iccid) >= 18 && len(iccid) <= 20 {
		batch.Queue(`INSERT INTO drover.sims AS s (organization_id, iccid, imsi, msisdn, operator, modem)
			SELECT min(id), $2, $3, $4, $5, $1 FROM drover.organizations
			ON CONFLICT (organization_id, card) WHERE deleted IS NULL DO UPDATE SET modem = $1,
				imsi = coalesce(nullif(s.imsi, ''), $3), msisdn = coalesce(nullif(s.msisdn, ''), $4),
				operator = coalesce(nullif(s.operator, ''), $5)
			WHERE s.modem <> $1 OR s.imsi = '' AND $3 <> '' OR s.msisdn = '' AND $4 <> '' OR s.operator = '' AND $5 <> ''`,
			modem, iccid, imsi, msisdn, cleanText(operator))
	}
	return told(s.pool.SendBatch(ctx, batch).Close(), "SIM "+iccid)
}

// SIMPIN gives the sealed PIN of a SIM of the organization that runs the server, whose the modems are; nil for none.
func (s *Store) SIMPIN(ctx context.Context, iccid string) (sealed []byte, err error) {
	err = s.pool.QueryRow(ctx, `SELECT (SELECT pin FROM drover.sims WHERE card = left($1, 19) AND deleted IS NULL
		AND organization_id = (SELECT min(id) FROM drover.organizations))`, iccid).Scan(&sealed)
	return sealed, told(err, "PIN")
}

// PINTried says whether the PIN of a SIM was entered and not accepted.
func (s *Store) PINTried(ctx context.Context, key string) (tried bool, err error) {
	err = s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM drover.modem_pins WHERE key = $1)`, key).Scan(&tried)
	return tried, told(err, "PIN")
}

// SavePIN writes down that the PIN of a SIM is about to be entered, or forgets that, once it was accepted.
func (s *Store) SavePIN(ctx context.Context, key string, tried bool) error {
	sql := `DELETE FROM drover.modem_pins WHERE key = $1`
	if tried {
		sql = `INSERT INTO drover.modem_pins (key) VALUES ($1) ON CONFLICT DO NOTHING`
	}
	_, err := s.pool.Exec(ctx, sql, key)
	return told(err, "PIN")
}

func (s *Store) forgetModemHistory(ctx context.Context, now time.Time) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM drover.modem_history WHERE time < $1`, now.Add(-modemHistoryKept))
	return told(err, "modem")
}
