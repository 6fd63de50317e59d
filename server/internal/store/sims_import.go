package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// NewSIM is a SIM to be taken into the inventory or changed; what is empty stays as it is.
type NewSIM struct {
	fleet.SIM        // its Device is not looked at
	Identity  string // of the device that it should be in; "" for none
}

// ImportSIMs takes in the SIMs that are not there and changes those that are, in one transaction; what a row leaves
// empty stays as it is. Rows that fail are listed, the others kept. A try says what would become of them, and changes
// nothing.
func (s *Store) ImportSIMs(ctx context.Context, of fleet.Scope, list []NewSIM, try bool) (Imported, error) {
	return importRows(ctx, s, of, list, try, s.importSIM)
}

func (s *Store) importSIM(ctx context.Context, tx pgx.Tx, of fleet.Scope, n NewSIM) (updated bool, err error) {
	if err := checkSIM(&n.ICCID, nil, nil, nil); err != nil {
		return false, err
	}
	if n.Identity != "" {
		n.Device, err = one(ctx, tx, "device", pgx.RowTo[fleet.DeviceID], `SELECT id FROM drover.devices
			WHERE identity = $1 AND retired IS NULL`, cleanText(n.Identity))
		if errors.Is(err, ErrNotFound) {
			return false, fmt.Errorf("%w device: there is no such device", ErrInvalid)
		}
		if err != nil {
			return false, err
		}
	}
	known, err := many(ctx, tx, "SIM", scanSIM, selectSIMs(`AND m.card = left($1, 19)`, ``), n.ICCID)
	if err != nil {
		return false, err
	}
	if len(known) == 0 {
		_, err = s.insertSIM(ctx, tx, of, n.SIM)
		return false, err
	}
	m := &known[0]
	c := SIMChange{IMSI: given(n.IMSI, m.IMSI), MSISDN: given(n.MSISDN, m.MSISDN), Operator: given(n.Operator, m.Operator),
		APN: given(n.APN, m.APN), Plan: given(n.Plan, m.Plan), Note: given(n.Note, m.Note),
		State: given(n.State, m.State), Device: given(n.Device, m.Device),
		BudgetBytes: given(n.BudgetBytes, m.BudgetBytes), BudgetMessages: given(n.BudgetMessages, m.BudgetMessages)}
	if len(n.PIN) > 0 {
		c.PIN = &n.PIN
	}
	if c == (SIMChange{}) {
		return true, nil
	}
	_, err = s.changeSIM(ctx, tx, of, m.ID, c, 0)
	return true, err
}
