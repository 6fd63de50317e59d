package store

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Carried is what a device's lines carried on a UTC day.
type Carried struct {
	Device fleet.DeviceID
	Day    time.Time // its midnight
	fleet.Traffic
}

// AddUsage adds what lines carried to the usage of their devices' SIMs, and says how many bytes were of devices without
// one: those are counted nowhere.
func (s *Store) AddUsage(ctx context.Context, list []Carried) (dropped int64, err error) {
	var devices []int32
	var days []time.Time
	var in, out, frames []int64
	for _, c := range list {
		devices, days = append(devices, int32(c.Device)), append(days, c.Day)
		in, out, frames = append(in, c.In), append(out, c.Out), append(frames, c.Frames)
	}
	err = s.pool.QueryRow(ctx, `WITH carried AS MATERIALIZED (
			SELECT c.*, m.id AS sim_id FROM unnest($1::int4[], $2::date[], $3::int8[], $4::int8[], $5::int8[])
				AS c (device_id, day, bytes_in, bytes_out, frames)
			LEFT JOIN drover.sims m ON m.device_id = c.device_id AND m.deleted IS NULL),
		added AS (INSERT INTO drover.sim_usage AS u (sim_id, day, bytes_in, bytes_out, frames)
			SELECT sim_id, day, sum(bytes_in), sum(bytes_out), sum(frames) FROM carried WHERE sim_id IS NOT NULL
			GROUP BY sim_id, day ORDER BY sim_id, day
			ON CONFLICT (sim_id, day) DO UPDATE SET bytes_in = u.bytes_in + excluded.bytes_in,
				bytes_out = u.bytes_out + excluded.bytes_out, frames = u.frames + excluded.frames)
		SELECT coalesce(sum(bytes_in + bytes_out), 0)::int8 FROM carried WHERE sim_id IS NULL`,
		devices, days, in, out, frames).Scan(&dropped)
	return dropped, told(err, "usage of SIMs")
}

// budgetSteps are the shares of a month's budget at which its SIM's device gets an event, in percent.
func budgetSteps() []int { return []int{80, 100} }

// TellBudgets stores an event for each SIM in a device that reached a step of one of its budgets this month (UTC),
// once; of two steps at once the higher one. It gives how many.
func (s *Store) TellBudgets(ctx context.Context, now time.Time) (count int, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		events, err := reachedBudgets(ctx, tx, now.UTC())
		if err != nil {
			return err
		}
		count = len(events)
		return saveEvents(ctx, tx, events)
	})
	return count, ofTransaction(err, "budgets of SIMs")
}

// reachedBudgets marks what is to be told, and gives it.
func reachedBudgets(ctx context.Context, tx pgx.Tx, now time.Time) ([]fleet.Event, error) {
	scan := func(row pgx.CollectableRow) (fleet.Event, error) {
		var iccid, what string
		var percent int
		var used, budget int64
		e := fleet.Event{Time: now, Kind: fleet.EventBudget}
		err := row.Scan(&e.Device, &iccid, &what, &percent, &used, &budget)
		e.Text = budgetText(iccid, what, percent, used, budget)
		return e, err
	}
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	return many(ctx, tx, "budgets of SIMs", scan, `WITH used AS (
			SELECT m.id, m.iccid, m.device_id, b.* FROM drover.sims m
			CROSS JOIN LATERAL (SELECT coalesce(sum(bytes_in + bytes_out), 0)::int8 AS bytes,
				coalesce(sum(sms_in + sms_out), 0)::int8 AS messages FROM drover.sim_usage u
				WHERE u.sim_id = m.id AND u.day >= $1 AND u.day < $1::date + interval '1 month') u
			CROSS JOIN LATERAL (VALUES ('bytes', u.bytes, m.budget_bytes), ('messages', u.messages, m.budget_messages::int8))
				AS b (what, used, budget)
			WHERE m.deleted IS NULL AND m.device_id IS NOT NULL AND b.budget IS NOT NULL),
		reached AS (SELECT used.*,
				(SELECT max(p) FROM unnest($2::int4[]) p WHERE used.used >= budget * (p / 100.0)) AS percent FROM used),
		marked AS (INSERT INTO drover.sim_budgets_told (sim_id, month, what, percent)
			SELECT id, $1, what, percent FROM reached WHERE percent IS NOT NULL ORDER BY id, what
			ON CONFLICT DO NOTHING RETURNING sim_id, what)
		SELECT r.device_id, r.iccid, r.what, r.percent, r.used, r.budget
		FROM reached r JOIN marked k ON k.sim_id = r.id AND k.what = r.what ORDER BY r.id, r.what`, month, budgetSteps())
}

func budgetText(iccid, what string, percent int, used, budget int64) string {
	begin := "SIM " + iccid + " has used " + strconv.Itoa(percent) + " % of the month's "
	if what == "bytes" {
		return begin + "data: " + megabytes(used) + " of " + megabytes(budget) + " MB."
	}
	return begin + "SMS: " + strconv.FormatInt(used, 10) + " of " + strconv.FormatInt(budget, 10) + "."
}

// megabytes are millions of bytes with two decimals.
func megabytes(bytes int64) string { return strconv.FormatFloat(float64(bytes)/1e6, 'f', 2, 64) }

// SIMUsage gives what a SIM carried on each UTC day from ≤ day < to (zero: open), the days on which it carried
// anything.
func (s *Store) SIMUsage(ctx context.Context, of fleet.Scope, id fleet.SIMID, from, to time.Time) (
	days []fleet.Usage, err error,
) {
	scan := func(row pgx.CollectableRow) (u fleet.Usage, err error) {
		return u, row.Scan(&u.SIM, &u.Day, &u.BytesIn, &u.BytesOut, &u.Frames, &u.SMSIn, &u.SMSOut)
	}
	err = s.look(ctx, of, "SIM", func(tx pgx.Tx) error {
		if _, err := simByID(ctx, tx, id); err != nil {
			return err
		}
		days, err = many(ctx, tx, "usage of SIMs", scan, `SELECT sim_id, day, bytes_in, bytes_out, frames, sms_in, sms_out
			FROM drover.sim_usage WHERE sim_id = $1 AND ($2::timestamptz IS NULL OR day >= ($2 AT TIME ZONE 'UTC')::date)
			AND ($3::timestamptz IS NULL OR day < $3 AT TIME ZONE 'UTC') ORDER BY day`, id, orNull(&from), orNull(&to))
		return err
	})
	return days, err
}

// SIMHeardFrom notes which number an SMS of a device came from. If that is not the number of the SIM that should be in
// it, nor where there is none the device's own, there is an event, once for each change.
//
// A device is found by the number of its SMS, so that a mismatch shows where an SMS names its sender otherwise (an IMEI
// in its text), or where the device's phone is not its SIM's number.
func (s *Store) SIMHeardFrom(ctx context.Context, device fleet.DeviceID, number string) error {
	number, ok := fleet.NormalMSISDN(number)
	if !ok {
		return nil // a short code or a name: nobody's number
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		own, err := many(ctx, tx, "device", pgx.RowTo[string], `SELECT coalesce(nullif(m.msisdn, ''), d.phone)
			FROM drover.devices d LEFT JOIN drover.sims m ON m.device_id = d.id AND m.deleted IS NULL WHERE d.id = $1`, device)
		if err != nil || len(own) == 0 {
			return err
		}
		if normal, known := fleet.NormalMSISDN(own[0]); !known || normal == number {
			_, err := tx.Exec(ctx, `DELETE FROM drover.sim_numbers WHERE device_id = $1`, device)
			return err
		}
		changed, err := many(ctx, tx, "number", pgx.RowTo[string], `INSERT INTO drover.sim_numbers AS n
				(device_id, number, time)
			VALUES ($1, $2, now()) ON CONFLICT (device_id) DO UPDATE SET number = excluded.number, time = excluded.time
			WHERE n.number <> excluded.number RETURNING number`, device, number)
		if err != nil || len(changed) == 0 {
			return err
		}
		return saveEvents(ctx, tx, []fleet.Event{{Device: device, Time: time.Now(), Kind: fleet.EventMSISDN,
			Text: "An SMS of the tracker came from " + number + ", its SIM should have " + own[0] + "."}})
	})
	return ofTransaction(err, "number of a SIM")
}

// forgetSIMs removes what is older than before of what SIMs did.
func (s *Store) forgetSIMs(ctx context.Context, before time.Time) error {
	for _, sql := range []string{
		`DELETE FROM drover.sim_sightings WHERE last < $1`,
		`DELETE FROM drover.sim_usage WHERE day < $1`,
		`DELETE FROM drover.sim_budgets_told WHERE month < $1::timestamptz - interval '1 month'`,
	} {
		if _, err := s.pool.Exec(ctx, sql, before); err != nil {
			return told(err, "old usage of SIMs")
		}
	}
	return nil
}
