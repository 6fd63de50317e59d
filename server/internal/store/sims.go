package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// SIMRow is a SIM as it is listed; its PIN is never read here.
type SIMRow struct {
	fleet.SIM
	HasPIN      bool
	Identity    string          // of its device
	Vehicle     fleet.VehicleID // that its device is in; 0 for none
	VehicleName string
	Month       fleet.Usage // of this month (UTC), Day its first
	Alarms      []string    // fleet.AlarmSwap…
	SeenIn      []SeenSIM   // the latest first, at most 10
	Instead     *OtherSIM   // what its device reports in its place; nil for nothing
	Revision    int
}

// SeenSIM is a device that said it has a SIM.
type SeenSIM struct {
	Device      fleet.DeviceID `json:"device"`
	VehicleName string         `json:"vehicle"` // "" if it is in none
	First       time.Time      `json:"first"`
	Last        time.Time      `json:"last"` // to the hour, while it goes on
}

// OtherSIM is a SIM that a device reports in place of its own.
type OtherSIM struct {
	SIM         fleet.SIMID // 0: it is not in the inventory, or not for the caller to see
	ICCID, IMSI string      // "" what the device does not say
	First       time.Time
}

func simNoun() noun { return noun{"SIM", "drover.sims", "iccid", "deleted"} }

// selectSIMs lists SIMs under a condition on m, d and v; end may be one on alarms.list, an order and a limit.
func selectSIMs(condition, end string) string {
	return `WITH m AS MATERIALIZED (
		SELECT m.*, d.id AS device, d.identity, d.phone, v.id AS vehicle, v.name AS vehicle_name
		FROM drover.sims m LEFT JOIN drover.devices d ON d.id = m.device_id AND d.retired IS NULL
		LEFT JOIN drover.vehicles v ON v.id = d.vehicle_id AND v.deleted IS NULL
		WHERE m.deleted IS NULL ` + condition + `)
	SELECT m.id, m.organization_id, m.iccid, m.imsi, m.msisdn, m.operator, m.apn, m.plan, m.state,
		coalesce(m.device, 0), m.modem, coalesce(m.budget_bytes, 0), coalesce(m.budget_messages, 0), m.note,
		m.pin IS NOT NULL, coalesce(m.identity, ''), coalesce(m.vehicle, 0), coalesce(m.vehicle_name, ''),
		u.day, u.bytes_in, u.bytes_out, u.frames, u.sms_in, u.sms_out,
		alarms.list, seen.list, coalesce(other.id, 0), other.iccid, other.imsi, other.first, m.revision
	FROM m
	CROSS JOIN LATERAL (SELECT date_trunc('month', now() AT TIME ZONE 'UTC')::date AS day,
			coalesce(sum(bytes_in), 0)::int8 AS bytes_in, coalesce(sum(bytes_out), 0)::int8 AS bytes_out,
			coalesce(sum(frames), 0)::int8 AS frames, coalesce(sum(sms_in), 0)::int8 AS sms_in,
			coalesce(sum(sms_out), 0)::int8 AS sms_out
		FROM drover.sim_usage WHERE sim_id = m.id AND day >= date_trunc('month', now() AT TIME ZONE 'UTC')) u
	LEFT JOIN LATERAL (SELECT s.*, (SELECT o.id FROM drover.sims o WHERE o.organization_id = m.organization_id
				AND o.deleted IS NULL AND s.iccid <> '' AND o.card = s.card)
		FROM (SELECT * FROM drover.sim_sightings WHERE device_id = m.device
			ORDER BY iccid <> '' DESC, last DESC LIMIT 1) s
		WHERE CASE s.iccid WHEN '' THEN m.imsi <> '' AND s.imsi <> m.imsi ELSE s.card <> m.card END) other ON true
	LEFT JOIN LATERAL (SELECT s.device_id FROM ` + sightingsOf("m") + `
		ORDER BY s.last DESC LIMIT 1) place ON true
	LEFT JOIN drover.sim_numbers number ON number.device_id = m.device
	CROSS JOIN LATERAL (SELECT array_remove(ARRAY[CASE WHEN other.iccid IS NOT NULL THEN 'swap' END,
		CASE WHEN place.device_id <> coalesce(m.device, 0) AND (m.device IS NOT NULL OR m.modem <> '') THEN 'elsewhere' END,
		CASE WHEN m.msisdn <> '' AND (number.number <> m.msisdn OR m.phone LIKE '+%'
			AND regexp_replace(m.phone, '[^0-9]', '', 'g') <> substr(m.msisdn, 2)) THEN 'msisdn' END,
		CASE WHEN (u.bytes_in + u.bytes_out) * 100 >= m.budget_bytes * 80 THEN 'budget_bytes' END,
		CASE WHEN (u.sms_in + u.sms_out) * 100 >= m.budget_messages::int8 * 80 THEN 'budget_messages' END], NULL) AS list
	) alarms
	CROSS JOIN LATERAL (SELECT coalesce(json_agg(json_build_object('device', s.device_id, 'vehicle', s.name,
			'first', s.first, 'last', s.last) ORDER BY s.last DESC), '[]') AS list
		FROM (SELECT s.device_id, coalesce(v.name, '') AS name, min(s.first) AS first, max(s.last) AS last
			FROM ` + sightingsOf("m") + ` LEFT JOIN drover.vehicles v ON v.id = d.vehicle_id AND v.deleted IS NULL
			GROUP BY s.device_id, v.name ORDER BY max(s.last) DESC LIMIT 10) s) seen
	` + end
}

// sightingsOf are the sightings s of the SIM m, by ICCID or else by IMSI, and their devices d. A union, since each half
// has its index.
func sightingsOf(m string) string {
	return `(SELECT * FROM drover.sim_sightings WHERE iccid <> '' AND card = ` + m + `.card
		UNION ALL SELECT * FROM drover.sim_sightings WHERE iccid = '' AND ` + m + `.imsi <> '' AND imsi = ` + m + `.imsi) s
		JOIN drover.devices d ON d.id = s.device_id AND d.organization_id = ` + m + `.organization_id AND d.retired IS NULL`
}

func scanSIM(row pgx.CollectableRow) (m SIMRow, err error) {
	var iccid, imsi *string
	var other fleet.SIMID
	var first *time.Time
	u := &m.Month
	err = row.Scan(&m.ID, &m.Organization, &m.ICCID, &m.IMSI, &m.MSISDN, &m.Operator, &m.APN, &m.Plan, &m.State,
		&m.Device, &m.Modem, &m.BudgetBytes, &m.BudgetMessages, &m.Note, &m.HasPIN,
		&m.Identity, &m.Vehicle, &m.VehicleName, &u.Day, &u.BytesIn, &u.BytesOut, &u.Frames, &u.SMSIn, &u.SMSOut,
		&m.Alarms, &m.SeenIn, &other, &iccid, &imsi, &first, &m.Revision)
	u.SIM = m.ID
	if iccid != nil {
		m.Instead = &OtherSIM{SIM: other, ICCID: *iccid, IMSI: *imsi, First: first.UTC()}
	}
	return m, err
}

func (m *SIMRow) facts() []fact {
	return []fact{{"iccid", m.ICCID}, {"imsi", m.IMSI}, {"msisdn", m.MSISDN}, {"operator", m.Operator}, {"apn", m.APN},
		{"plan", m.Plan}, {"state", string(m.State)}, {"has_pin", m.HasPIN}, {"device", m.Identity},
		{"budget_bytes", m.BudgetBytes}, {"budget_messages", int64(m.BudgetMessages)}, {"note", m.Note}}
}

// SIMQuery chooses SIMs.
type SIMQuery struct {
	Page
	Alarms bool // only those that have one; all of the scope are looked at, at some 50 µs each (BenchmarkSightings)
}

// SIMs lists a scope's SIMs by ICCID; next is the After of the next page, "" at the end.
func (s *Store) SIMs(ctx context.Context, of fleet.Scope, q SIMQuery) (list []SIMRow, next string, err error) {
	key, id, err := q.after()
	if err != nil {
		return nil, "", err
	}
	list, err = lookMany(ctx, s, of, "SIMs", scanSIM, selectSIMs(`
		AND ($1::text IS NULL OR (m.iccid, m.id) > ($1, $2::int8))
		AND ($3::text IS NULL OR concat_ws(' ', m.iccid, m.imsi, m.msisdn, m.operator, m.apn, m.plan, m.state, m.modem,
			m.note, d.identity, v.name, v.plate) ILIKE $3)
		ORDER BY m.iccid, m.id LIMIT CASE WHEN $5::bool THEN NULL ELSE $4::int8 END`,
		`WHERE NOT $5 OR alarms.list <> '{}' ORDER BY m.iccid, m.id LIMIT $4`), key, id, q.pattern(), q.limit()+1, q.Alarms)
	if n := q.limit(); err == nil && len(list) > n {
		list = list[:n]
		next = cursor(list[n-1].ICCID, int64(list[n-1].ID))
	}
	return list, next, err
}

// SIM finds one.
func (s *Store) SIM(ctx context.Context, of fleet.Scope, id fleet.SIMID) (m SIMRow, err error) {
	err = s.look(ctx, of, "SIM", func(tx pgx.Tx) (err error) {
		m, err = simByID(ctx, tx, id)
		return err
	})
	return m, err
}

func simByID(ctx context.Context, tx pgx.Tx, id fleet.SIMID) (SIMRow, error) {
	return one(ctx, tx, "SIM", scanSIM, selectSIMs(`AND m.id = $1`, ``), id)
}

// checkSIM brings the numbers of a SIM into their normal forms; nil are let be.
func checkSIM(iccid, imsi, msisdn *string, state *fleet.SIMState) error {
	for _, c := range []struct {
		name, want string
		value      *string
		normal     func(string) (string, bool)
		optional   bool
	}{
		{"iccid", "it has 18 to 20 digits, the first are 89", iccid, fleet.NormalICCID, false},
		{"imsi", "it has 6 to 15 digits", imsi, fleet.NormalIMSI, true},
		{"msisdn", "it is + and 7 to 15 digits, the country's first", msisdn, fleet.NormalMSISDN, true},
	} {
		if c.value == nil || *c.value == "" && c.optional {
			continue
		}
		normal, ok := c.normal(*c.value)
		if !ok {
			return fmt.Errorf("%w %s: %s", ErrInvalid, c.name, c.want)
		}
		*c.value = normal
	}
	states := []fleet.SIMState{fleet.SIMStock, fleet.SIMActive, fleet.SIMSuspended, fleet.SIMEnded}
	if state != nil && !slices.Contains(states, *state) {
		return fmt.Errorf("%w state: it is stock, active, suspended or ended", ErrInvalid)
	}
	return nil
}

// CreateSIM takes a SIM into the inventory; State "" is active in a device, else in stock. ErrExists if the
// organization has it already. Another SIM that should be in the device is in none from then on.
func (s *Store) CreateSIM(ctx context.Context, of fleet.Scope, m fleet.SIM) (made SIMRow, err error) {
	err = s.change(ctx, of, "SIM", func(tx pgx.Tx) (err error) {
		made, err = s.insertSIM(ctx, tx, of, m)
		return err
	})
	return made, err
}

func (s *Store) insertSIM(ctx context.Context, tx pgx.Tx, of fleet.Scope, m fleet.SIM) (made SIMRow, err error) {
	if m.State == "" {
		m.State = fleet.SIMStock
		if m.Device != 0 {
			m.State = fleet.SIMActive
		}
	}
	if err := checkSIM(&m.ICCID, &m.IMSI, &m.MSISDN, &m.State); err != nil {
		return made, err
	}
	if err := s.freeTray(ctx, tx, of, m.Device, 0); err != nil {
		return made, err
	}
	// Two statements, since a policy does not see what its own statement writes.
	var id fleet.SIMID
	err = tx.QueryRow(ctx, `INSERT INTO drover.sims (organization_id, iccid, imsi, msisdn, operator, apn, plan, state, pin,
			device_id, budget_bytes, budget_messages, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10::int4, 0), nullif($11::int8, 0), nullif($12::int4, 0), $13)
		RETURNING id`,
		of.Organization, m.ICCID, m.IMSI, m.MSISDN, cleanText(m.Operator), cleanText(m.APN), cleanText(m.Plan), m.State,
		m.PIN, m.Device, m.BudgetBytes, m.BudgetMessages, cleanText(m.Note)).Scan(&id)
	if err != nil {
		return made, told(err, "SIM "+m.ICCID)
	}
	if made, err = simByID(ctx, tx, id); err != nil {
		return made, err
	}
	return made, s.audit(ctx, tx, of, auditing{"create", "SIM", int64(id), made.ICCID, differences(nil, made.facts())})
}

// DeleteSIM marks a SIM as deleted.
func (s *Store) DeleteSIM(ctx context.Context, of fleet.Scope, id fleet.SIMID, revision int) error {
	return s.remove(ctx, of, simNoun(), int32(id), revision, nil)
}

// RestoreSIM brings a deleted SIM back, into the device if that has no other by now; ErrExists if it was taken into the
// inventory anew.
func (s *Store) RestoreSIM(ctx context.Context, of fleet.Scope, id fleet.SIMID) (m SIMRow, err error) {
	err = s.change(ctx, of, "SIM", func(tx pgx.Tx) error {
		err := s.restore(ctx, tx, of, simNoun(), int32(id), func() error {
			_, err := tx.Exec(ctx, `UPDATE drover.sims m SET device_id = NULL WHERE id = $1 AND EXISTS (
				SELECT FROM drover.sims o WHERE o.device_id = m.device_id AND o.deleted IS NULL)`, id)
			return err
		})
		if err != nil {
			return err
		}
		m, err = simByID(ctx, tx, id)
		return err
	})
	return m, err
}
