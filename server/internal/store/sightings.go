package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// sightingsKept is how many SIMs are noted of a device: one that says ever new ones fills no table.
const sightingsKept = 50

// saveSightings notes which SIMs devices said they have, in the transaction of what said so, takes first ones into the
// inventory, and gives the events of SIMs that are not where they should be. One that its device had the last time as
// well costs no more than the note.
func saveSightings(ctx context.Context, tx pgx.Tx, said []fleet.Sighting) (events []fleet.Event, err error) {
	for len(said) > 0 {
		var round, rest []fleet.Sighting // a device may have changed its SIM within the batch
		inRound := make(map[fleet.DeviceID]bool, len(said))
		for _, s := range said {
			if inRound[s.Device] {
				rest = append(rest, s)
				continue
			}
			inRound[s.Device] = true
			round = append(round, s)
		}
		changed, err := noteSightings(ctx, tx, round)
		if err != nil {
			return nil, err
		}
		v := newVerdicts(changed)
		if err := v.save(ctx, tx); err != nil {
			return nil, err
		}
		events, said = append(events, v.events...), rest
	}
	return events, nil
}

// changedSIM is a SIM that a device says it has.
type changedSIM struct {
	fleet.Sighting
	changed   bool        // the last time it said another, or none
	own       fleet.SIMID // that should be in the device; 0 for none
	ownICCID  string
	ownIMSI   string
	seen      fleet.SIMID // that is in it, in the inventory of its organization; 0 if it is not there
	seenIn    fleet.DeviceID
	seenModem string
	seenICCID string
}

// noteSightings writes down what devices said, each once, and gives those that did not say so the last time, or from
// which the inventory learns something.
func noteSightings(ctx context.Context, tx pgx.Tx, said []fleet.Sighting) ([]changedSIM, error) {
	slices.SortFunc(said, func(a, b fleet.Sighting) int { return cmp.Compare(a.Device, b.Device) }) // no deadlocks
	var devices []int32
	var iccids, imsis []string
	var times []time.Time
	for _, s := range said {
		devices, times = append(devices, int32(s.Device)), append(times, s.Last)
		iccids, imsis = append(iccids, s.ICCID), append(imsis, s.IMSI)
	}
	scan := func(row pgx.CollectableRow) (c changedSIM, err error) {
		return c, row.Scan(&c.Device, &c.ICCID, &c.IMSI, &c.Last, &c.changed, &c.own, &c.ownICCID, &c.ownIMSI,
			&c.seen, &c.seenIn, &c.seenModem, &c.seenICCID)
	}
	// All parts of a statement see what was before it.
	return many(ctx, tx, "sightings of SIMs", scan, `WITH said AS (
			SELECT n.*, d.organization_id FROM unnest($1::int4[], $2::text[], $3::text[], $4::timestamptz[])
				AS n (device_id, iccid, imsi, at) JOIN drover.devices d ON d.id = n.device_id),
		noted AS (INSERT INTO drover.sim_sightings AS k (device_id, iccid, imsi, first, last)
			SELECT device_id, iccid, imsi, at, at FROM said n
			WHERE (SELECT count(*) FROM drover.sim_sightings k WHERE k.device_id = n.device_id) < $5
				OR EXISTS (SELECT FROM drover.sim_sightings k
					WHERE (k.device_id, k.iccid, k.imsi) = (n.device_id, n.iccid, n.imsi))
			ORDER BY device_id
			ON CONFLICT (device_id, iccid, imsi) DO UPDATE SET first = least(k.first, excluded.first),
				last = greatest(k.last, excluded.last)
			RETURNING device_id)
		SELECT n.device_id, n.iccid, n.imsi, n.at, before.same IS NOT TRUE,
			coalesce(own.id, 0), coalesce(own.iccid, ''), coalesce(own.imsi, ''),
			coalesce(seen.id, 0), coalesce(seen.device_id, 0), coalesce(seen.modem, ''), coalesce(seen.iccid, '')
		FROM said n JOIN noted USING (device_id)
		LEFT JOIN drover.sims own ON own.device_id = n.device_id AND own.deleted IS NULL
		LEFT JOIN LATERAL (SELECT m.id, d.id AS device_id, m.modem, m.iccid
			FROM (SELECT * FROM drover.sims WHERE organization_id = n.organization_id AND deleted IS NULL
					AND n.iccid <> '' AND card = left(n.iccid, 19)
				UNION ALL SELECT * FROM drover.sims WHERE organization_id = n.organization_id AND deleted IS NULL
					AND n.iccid = '' AND imsi <> '' AND imsi = n.imsi) m
			LEFT JOIN drover.devices d ON d.id = m.device_id AND d.retired IS NULL
			ORDER BY m.device_id = n.device_id DESC NULLS LAST LIMIT 1) seen ON true
		LEFT JOIN LATERAL (SELECT CASE n.iccid WHEN '' THEN b.imsi = n.imsi
				ELSE b.card = left(n.iccid, 19) END AS same
			FROM drover.sim_sightings b WHERE b.device_id = n.device_id
			AND CASE n.iccid WHEN '' THEN b.imsi <> '' ELSE b.iccid <> '' END ORDER BY b.last DESC, b.first DESC LIMIT 1
		) before ON true
		WHERE before.same IS NOT TRUE OR own.imsi = '' AND n.imsi <> ''
			OR own.id IS NULL AND seen.id IS NOT NULL AND seen.device_id IS NULL
		ORDER BY n.device_id`, devices, iccids, imsis, times, sightingsKept)
}

// verdicts are what follows from SIMs that devices did not have before.
type verdicts struct {
	events  []fleet.Event
	appear  []changedSIM // new to the inventory; it should be in the device if that has none
	install []changedSIM // in the inventory without a device, or without its IMSI: this is it
}

func newVerdicts(changed []changedSIM) *verdicts {
	v := &verdicts{}
	taken := map[fleet.SIMID]bool{}
	for _, c := range changed {
		switch {
		case c.seen != 0 && c.seen == c.own:
			if c.ownIMSI == "" && c.IMSI != "" {
				v.install = append(v.install, c)
			}
		case c.own == 0 && c.seen != 0 && c.seenIn == 0 && c.seenModem == "":
			if !taken[c.seen] { // else two devices say they have it
				taken[c.seen] = true
				v.install = append(v.install, c)
			}
		case !c.changed:
		case c.own != 0:
			v.swapped(&c)
		case c.seen != 0:
			v.elsewhere(&c)
		case c.ICCID != "":
			v.appear = append(v.appear, c)
		}
	}
	return v
}

// swapped is about a device that has another SIM than it should have.
func (v *verdicts) swapped(c *changedSIM) {
	switch {
	case c.ICCID != "":
		v.event(c.Device, c.Last, fleet.EventSwap, "The tracker reports SIM "+c.ICCID+", it should have "+c.ownICCID+".")
	case c.ownIMSI != "":
		v.event(c.Device, c.Last, fleet.EventSwap,
			"The tracker reports a SIM with IMSI "+c.IMSI+", it should have "+c.ownICCID+" with IMSI "+c.ownIMSI+".")
	default:
		return // nothing to compare with
	}
	if c.seen == 0 && c.ICCID != "" {
		v.appear = append(v.appear, *c)
	}
	if c.seen != 0 {
		v.elsewhere(c)
	}
}

// elsewhere is about a SIM that is not in the device, or modem, where it should be. The events name nothing that only
// the other device's group may see.
func (v *verdicts) elsewhere(c *changedSIM) {
	switch {
	case c.seenIn != 0:
		v.event(c.Device, c.Last, fleet.EventElsewhere,
			"The tracker has SIM "+c.seenICCID+", which belongs into another tracker.")
		v.event(c.seenIn, c.Last, fleet.EventElsewhere, "Its SIM "+c.seenICCID+" is in another tracker.")
	case c.seenModem != "":
		v.event(c.Device, c.Last, fleet.EventElsewhere, "The tracker has SIM "+c.seenICCID+", which belongs into a modem.")
	}
}

func (v *verdicts) event(device fleet.DeviceID, at time.Time, kind, text string) {
	v.events = append(v.events, fleet.Event{Device: device, Time: at, Kind: kind, Text: text})
}

// save changes the inventory. What somebody else changed at the same time stays as they left it.
func (v *verdicts) save(ctx context.Context, tx pgx.Tx) error {
	for _, c := range v.appear {
		_, err := tx.Exec(ctx, `INSERT INTO drover.sims (organization_id, iccid, imsi, msisdn, device_id, note)
			SELECT d.organization_id, $2, $3,
				CASE WHEN $4 AND d.phone ~ '^\+[1-9][0-9]{6,14}$' THEN d.phone ELSE '' END, CASE WHEN $4 THEN d.id END, $5
			FROM drover.devices d WHERE d.id = $1 ON CONFLICT DO NOTHING`,
			c.Device, c.ICCID, c.IMSI, c.own == 0, firstSeen(c.Last))
		if err != nil {
			return err
		}
	}
	for _, c := range v.install {
		_, err := tx.Exec(ctx, `UPDATE drover.sims m SET device_id = $2, imsi = coalesce(nullif($3, ''), imsi),
				state = CASE state WHEN 'stock' THEN 'active' ELSE state END, note = coalesce(nullif(note, ''), $4)
			WHERE id = $1 AND deleted IS NULL
			AND NOT EXISTS (SELECT FROM drover.sims o WHERE o.device_id = $2 AND o.id <> $1 AND o.deleted IS NULL)`,
			c.seen, c.Device, c.IMSI, firstSeen(c.Last))
		if err != nil {
			return err
		}
	}
	return nil
}

func firstSeen(at time.Time) string { return "seen first on " + at.UTC().Format(time.DateOnly) }
