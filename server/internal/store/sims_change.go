package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// SIMChange says what to change of a SIM; nil leaves as it is. Its ICCID is what it is.
type SIMChange struct {
	IMSI, MSISDN              *string // "": unknown
	Operator, APN, Plan, Note *string
	State                     *fleet.SIMState
	PIN                       *[]byte         // sealed; empty: none. Either way it is tried again
	Device                    *fleet.DeviceID // 0: none
	BudgetBytes               *int64          // a month; 0: none
	BudgetMessages            *int            // a month; 0: none
}

// UpdateSIM changes a SIM, if it has the revision (0: any): otherwise ErrStale. Another SIM that should be in the
// device is in none from then on.
func (s *Store) UpdateSIM(ctx context.Context, of fleet.Scope, id fleet.SIMID, c SIMChange, revision int) (
	m SIMRow, err error,
) {
	err = s.change(ctx, of, "SIM", func(tx pgx.Tx) (err error) {
		m, err = s.changeSIM(ctx, tx, of, id, c, revision)
		return err
	})
	return m, err
}

func (s *Store) changeSIM(ctx context.Context, tx pgx.Tx, of fleet.Scope, id fleet.SIMID, c SIMChange, revision int) (
	m SIMRow, err error,
) {
	if err := checkSIM(nil, c.IMSI, c.MSISDN, c.State); err != nil {
		return m, err
	}
	if _, err := simNoun().lock(ctx, tx, int32(id), ` IS NULL`); err != nil {
		return m, err
	}
	before, err := simByID(ctx, tx, id)
	if err != nil {
		return m, err
	}
	if c.Device != nil {
		if err := s.freeTray(ctx, tx, of, *c.Device, id); err != nil {
			return m, err
		}
	}
	var pin []byte
	if c.PIN != nil && len(*c.PIN) > 0 {
		pin = *c.PIN
	}
	err = simNoun().revise(ctx, tx, int32(id), revision, `imsi = coalesce($3, imsi), msisdn = coalesce($4, msisdn),
			operator = coalesce($5, operator), apn = coalesce($6, apn), plan = coalesce($7, plan), note = coalesce($8, note),
			state = coalesce($9, state), pin = CASE WHEN $10 THEN $11 ELSE pin END,
			device_id = CASE WHEN $12::int4 IS NULL THEN device_id ELSE nullif($12, 0) END,
			budget_bytes = CASE WHEN $13::int8 IS NULL THEN budget_bytes ELSE nullif($13, 0) END,
			budget_messages = CASE WHEN $14::int4 IS NULL THEN budget_messages ELSE nullif($14, 0) END`,
		c.IMSI, c.MSISDN, cleaned(c.Operator), cleaned(c.APN), cleaned(c.Plan), cleaned(c.Note), c.State,
		c.PIN != nil, pin, (*int32)(c.Device), c.BudgetBytes, c.BudgetMessages)
	if err != nil {
		return m, err
	}
	if m, err = simByID(ctx, tx, id); err != nil {
		return m, err
	}
	return m, s.audit(ctx, tx, of, auditing{"change", "SIM", int64(id), m.ICCID, differences(before.facts(), m.facts())})
}

// freeTray makes sure that a device is there (0 is none) and that no SIM should be in it but the one that stays.
func (s *Store) freeTray(ctx context.Context, tx pgx.Tx, of fleet.Scope, device fleet.DeviceID,
	stays fleet.SIMID,
) error {
	if device == 0 {
		return nil
	}
	_, err := deviceNoun().lock(ctx, tx, int32(device), ` IS NULL`)
	if errors.Is(err, ErrNotFound) {
		return fmt.Errorf("%w device_id: there is no such device", ErrInvalid)
	}
	if err != nil {
		return err
	}
	inside, err := many(ctx, tx, "SIM", pgx.RowTo[fleet.SIMID], `SELECT id FROM drover.sims
		WHERE device_id = $1 AND id <> $2 AND deleted IS NULL`, device, stays)
	if err != nil {
		return err
	}
	none := fleet.DeviceID(0)
	for _, id := range inside {
		if _, err := s.changeSIM(ctx, tx, of, id, SIMChange{Device: &none}, 0); err != nil {
			return err
		}
	}
	return nil
}

// AcceptSIM settles the alarms of a SIM that is in another device than it should be: from then on it should be there,
// and is active. The device gets the number of the SIM, if that is known, for what is sent to it by SMS.
func (s *Store) AcceptSIM(ctx context.Context, of fleet.Scope, id fleet.SIMID, device fleet.DeviceID) (
	m SIMRow, err error,
) {
	active := fleet.SIMActive
	err = s.change(ctx, of, "SIM", func(tx pgx.Tx) error {
		m, err = s.changeSIM(ctx, tx, of, id, SIMChange{Device: &device, State: &active}, 0)
		if err != nil || m.MSISDN == "" || device == 0 {
			return err
		}
		if _, err := s.changeDevice(ctx, tx, of, device, DeviceChange{Phone: &m.MSISDN}, 0); err != nil {
			return err
		}
		m, err = simByID(ctx, tx, id)
		return err
	})
	return m, err
}
